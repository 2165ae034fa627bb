import type { EpochMs, Timers } from '../../shared/kernel/clock.ts';
import type {
  CallInput,
  CallKey,
  CallOutput,
  DeskApi,
  FlattenTicket,
  IpcReply,
  PushKey,
  PushPayload,
} from '../../shared/protocol/ipc/contract.ts';
import type {
  AccountView,
  AppInfoView,
  ChartView,
  DeskView,
  FlattenView,
  SettingsView,
  ShortcutView,
} from '../../shared/protocol/ipc/views.ts';
import { diffDesk } from './fake/desk-diff.ts';
import { walkBars } from './fake/fake-bars.ts';
import { fakeCourse, fakeTimeline } from './fake/fake-day.ts';
import { PROOF } from './fake/flatten-scenes.ts';
import { RISK_ANSWERS } from './fake/risk-answers.ts';
import { flatten as flattenView } from './fake/view-parts.ts';

interface FakeWorld {
  readonly view: DeskView;
  readonly timers: Timers;
  readonly wall: () => EpochMs;
  readonly theme?: SettingsView['theme'];
}

interface Recorded {
  readonly key: CallKey;
  readonly input: unknown;
}

type Patch = PushPayload<'desk.patch'>;

/** How long after a press each state of a fake flatten is reached, in milliseconds. */
const COURSE = { sent: 20, accepted: 90, verifying: 900, confirmed: 10_900 } as const;

const INFO: AppInfoView = {
  version: '0.1.0',
  electron: '45.4.1',
  platform: 'Windows 11 x64',
  demo: false,
  dataFolder: 'C:\\Users\\trader\\AppData\\Local\\Enigma Apex',
  pairingFile: 'C:\\Users\\trader\\AppData\\Local\\Enigma Apex\\pairing.json',
  shortcut: { accelerator: 'Ctrl+Alt+Shift+F', state: 'registered' },
};

/** A desk without an engine: one view that tests move, and a flatten that runs its course. */
export class FakeDesk implements DeskApi {
  readonly calls: Recorded[] = [];
  /** Calls that fail from now on, with the message they fail with. */
  readonly failing = new Map<CallKey, string>();
  /** Calls that are never answered from now on. */
  readonly mute = new Set<CallKey>();
  /** The next call of a kind is answered once its promise is kept. */
  readonly late = new Map<CallKey, Promise<void>>();
  #view: DeskView;
  #settings: SettingsView;
  #shortcut: ShortcutView = INFO.shortcut;
  readonly #world: FakeWorld;
  readonly #listeners = new Set<(patch: Patch) => void>();

  constructor(world: FakeWorld) {
    this.#world = world;
    this.#view = world.view;
    this.#settings = {
      theme: world.theme ?? 'dark',
      flattenShortcut: INFO.shortcut.accelerator,
      bridgePort: 8765,
      closeToTrayExplained: true,
    };
  }

  get view(): DeskView {
    return this.#view;
  }

  listen<K extends PushKey>(_key: K, listener: (payload: PushPayload<K>) => void): () => void {
    // The contract has one push; a second one would make this cast a lie, and its tests fail.
    const take = listener as unknown as (patch: Patch) => void;
    this.#listeners.add(take);
    return () => this.#listeners.delete(take);
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** Changes the view and tells the window what changed. */
  change(next: (view: DeskView) => DeskView): void {
    const before = this.#view;
    const after = { ...next(before), at: this.#world.wall() };
    const patch = diffDesk(before, after);
    this.#view = { ...after, rev: patch.rev };
    this.send(patch);
  }

  /** Hands the window a patch as it is, also one that does not fit. */
  send(patch: Patch): void {
    for (const listener of this.#listeners) listener(patch);
  }

  async call<K extends CallKey>(key: K, input: CallInput<K>): Promise<IpcReply<CallOutput<K>>> {
    this.calls.push({ key, input });
    const message = this.failing.get(key);
    if (message !== undefined) return { ok: false, error: { code: 'INTERNAL', message } };
    if (this.mute.has(key)) return new Promise(() => undefined);
    const wait = this.late.get(key);
    this.late.delete(key);
    await wait;
    const answers: { [Key in CallKey]: (input: CallInput<Key>) => CallOutput<Key> } = {
      'desk.snapshot': () => this.#view,
      'flatten.request': (request) => this.#flatten(request.scope, request.door),
      'flatten.disarm': ({ flattenId }) => this.#disarm(flattenId),
      'flatten.proof': ({ flattenId }) => (flattenId === PROOF.flattenId ? PROOF : null),
      'chart.read': ({ instrument }) => this.#chart(instrument),
      ...RISK_ANSWERS,
      'risk.equity': ({ account }) =>
        this.#day(account, fakeCourse) ?? { account, day: null, points: [] },
      'risk.timeline': ({ account }) =>
        this.#day(account, fakeTimeline) ?? { account, day: null, moments: [] },
      'settings.read': () => this.#settings,
      'settings.change': (change) => this.#changeSettings(change as Partial<SettingsView>),
      'app.info': () => ({ ...INFO, demo: this.#view.mode === 'demo', shortcut: this.#shortcut }),
    };
    return { ok: true, value: answers[key](input) };
  }

  #flatten(scope: FlattenView['scope'], door: string): FlattenTicket {
    const joined = this.#view.flattens.find(({ state }) =>
      ['requested', 'sent', 'accepted', 'verifying'].includes(state),
    );
    if (joined !== undefined) {
      this.#setRun(joined.id, { presses: joined.presses + 1 });
      return { flattenId: joined.id, outcome: 'joined' };
    }
    const at = this.#world.wall();
    const isDown = this.#view.bridge.state !== 'connected';
    const run = flattenView(`flat-${String(this.#view.flattens.length + 1)}`, {
      scope,
      door,
      requestedAt: at,
      changedAt: at,
      ...(isDown && {
        state: 'unresolved',
        code: 'LINK_DOWN',
        armed: true,
        message: 'The link to NinjaTrader is down. Flatten in NinjaTrader by hand now.',
      }),
    });
    this.change((view) => ({ ...view, flattens: [run, ...view.flattens] }));
    if (!isDown) this.#runCourse(run.id);
    return { flattenId: run.id, outcome: isDown ? 'waiting' : 'started' };
  }

  #runCourse(id: string): void {
    const { timers, wall } = this.#world;
    timers.after(COURSE.sent, () => this.#setRun(id, { state: 'sent' }));
    timers.after(COURSE.accepted, () => this.#setRun(id, { state: 'accepted' }));
    timers.after(COURSE.verifying, () => {
      this.change((view) => ({
        ...view,
        accounts: view.accounts.map((one) => ({ ...one, positions: [], orders: [] })),
      }));
      this.#setRun(id, { state: 'verifying', verifiesAt: wall() + 10_000 });
    });
    timers.after(COURSE.confirmed, () =>
      this.#setRun(id, { state: 'confirmed', verifiesAt: null }),
    );
  }

  /** The day of an account up to the view that the window began with. */
  #day<T>(name: string, of: (account: AccountView, at: number) => T): T | null {
    const found = this.#view.accounts.find((account) => account.name === name);
    return found === undefined ? null : of(found, this.#world.view.at);
  }

  #setRun(id: string, change: Partial<FlattenView>): void {
    const changedAt = this.#world.wall();
    this.change((view) => ({
      ...view,
      flattens: view.flattens.map((run) =>
        run.id === id ? { ...run, changedAt, ...change } : run,
      ),
    }));
  }

  #disarm(flattenId: string): { disarmed: boolean } {
    const isAlarmed = this.#view.flattens.some(
      ({ id, state }) => id === flattenId && state === 'unresolved',
    );
    if (isAlarmed) this.#setRun(flattenId, { state: 'disarmed', armed: false });
    return { disarmed: isAlarmed };
  }

  #chart(instrument: string): ChartView {
    const terms = this.#view.instruments.find(({ name }) => name === instrument);
    if (terms?.last === undefined || terms.last === null)
      return { instrument, bars: [], fills: [] };
    const endsAt = Math.floor((terms.quotedAt ?? 0) / 60_000) * 60_000;
    const bars = walkBars({ seed: terms.tickValue, count: 180, last: terms.last, endsAt });
    const fills = [
      { id: 'f1', account: 'Sim101', side: 'buy' as const, quantity: 1, back: 41 },
      { id: 'f2', account: 'Sim101', side: 'sell' as const, quantity: 1, back: 29 },
      { id: 'f3', account: 'APEX-114203', side: 'buy' as const, quantity: 1, back: 8 },
      { id: 'f4', account: 'APEX-114203', side: 'buy' as const, quantity: 1, back: 8 },
    ].map(({ back, ...fill }) => ({
      ...fill,
      at: endsAt - back * 60_000 + 12_000,
      price: bars.at(-1 - back)?.close ?? 0,
    }));
    return { instrument, bars, fills };
  }

  #changeSettings(change: Partial<SettingsView>): {
    settings: SettingsView;
    shortcut: ShortcutView;
  } {
    this.#settings = { ...this.#settings, ...change };
    const accelerator = this.#settings.flattenShortcut;
    const state =
      accelerator === null ? 'off' : accelerator === 'Ctrl+Alt+T' ? 'taken' : 'registered';
    this.#shortcut = { accelerator, state };
    return { settings: this.#settings, shortcut: this.#shortcut };
  }
}
