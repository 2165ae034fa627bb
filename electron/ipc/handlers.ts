import type { IpcReply } from '../../shared/protocol/ipc/contract.ts';
import type { RiskAnswerView } from '../../shared/protocol/ipc/risk-calls.ts';
import type { AboutApp, DeskPort, SettingsPort, ShortcutPort, TextFilePort } from './desk-port.ts';
import type { Handlers } from './gate.ts';

interface Parts {
  readonly desk: DeskPort;
  readonly settings: SettingsPort;
  readonly shortcut: ShortcutPort;
  readonly about: AboutApp;
  readonly files: TextFilePort;
}

/** Passes each call of the window on; what to do about it is decided in the engine and never here. */
export function createHandlers({ desk, settings, shortcut, about, files }: Parts): Handlers {
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
    'risk.readOwnRules': (question) => done(desk.risk.ownRules(question)),
    'risk.ownRules': (wish) => done(desk.risk.chooseOwnRules(wish)),
    'risk.importDays': ({ account }) =>
      taken(files, `Earlier days of ${account}`, (text) => desk.risk.importDays(account, text)),
    'news.read': () => done(desk.risk.news()),
    'news.import': () => taken(files, 'News calendar', (text) => desk.risk.importNews(text)),
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

/** Takes in a file that the trader chooses; what is wrong with it is answered with its name. */
async function taken(
  files: TextFilePort,
  title: string,
  take: (text: string) => RiskAnswerView,
): Promise<IpcReply<RiskAnswerView | null>> {
  const picked = await files.pick(title);
  if (!picked.ok) return done({ outcome: 'refused', from: null, message: picked.error });
  if (picked.value === null) return done(null);
  const { name, text } = picked.value;
  const answer = take(text);
  return done({ ...answer, message: `${name}: ${answer.message}` });
}
