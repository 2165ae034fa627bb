import type { AboutApp, DeskPort, SettingsPort, ShortcutPort } from './desk-port.ts';
import type { Handlers } from './gate.ts';

interface Parts {
  readonly desk: DeskPort;
  readonly settings: SettingsPort;
  readonly shortcut: ShortcutPort;
  readonly about: AboutApp;
}

/** Passes each call of the window on; what to do about it is decided in the engine and never here. */
export function createHandlers({ desk, settings, shortcut, about }: Parts): Handlers {
  return {
    'desk.snapshot': () => done(desk.view()),
    'flatten.request': ({ scope, door }) => done(desk.flatten(scope, door)),
    'flatten.disarm': ({ flattenId }) => done({ disarmed: desk.disarm(flattenId) }),
    'flatten.proof': ({ flattenId }) => done(desk.proof(flattenId)),
    'chart.read': ({ instrument }) => done(desk.chart(instrument)),
    'risk.templates': () => done(desk.risk.templates()),
    'risk.assign': (wish) => done(desk.risk.assign(wish)),
    'risk.settings': (wish) => done(desk.risk.settings(wish)),
    'risk.unlock': (wish) => done(desk.risk.unlock(wish)),
    'risk.record': (wish) => done(desk.risk.record(wish)),
    'risk.whatIf': (question) => done(desk.risk.whatIf(question)),
    'risk.equity': (question) => done(desk.risk.equity(question)),
    'risk.timeline': (question) => done(desk.risk.timeline(question)),
    'settings.read': () => done(settings.read()),
    'settings.change': (change) => {
      const next = settings.change(change);
      return done({ settings: next, shortcut: shortcut.use(next.flattenShortcut) });
    },
    'app.info': () => done({ ...about, shortcut: shortcut.view }),
  };
}

function done<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}
