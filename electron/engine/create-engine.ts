import type { Cancel } from '../../shared/kernel/clock.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { Fact, Stamp } from '../../shared/domain/desk/fact.ts';
import { reduceDesk } from '../../shared/domain/desk/reduce.ts';
import type { ChangeSet } from '../../shared/domain/desk/reduction.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { FlattenDoor } from '../../shared/domain/flatten/record.ts';
import { recoverFlattens } from '../../shared/domain/flatten/recovery.ts';
import type { FlattenScope } from '../../shared/domain/flatten/scope.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import type { JournalEntry } from '../../shared/domain/journal/record.ts';
import { tradingDayOf } from '../../shared/domain/session/trading-day.ts';
import type {
  ChartView,
  DeskPatch,
  DeskView,
  ProofView,
  ScopeView,
} from '../../shared/protocol/ipc/views.ts';
import { deskSource } from './desk-source.ts';
import { Effects, type CommandOutcome } from './effects.ts';
import { GuardKeeper, type GuardKeeperDeps } from './guard-keeper.ts';
import { observe } from './observation.ts';
import type {
  FlattenDesk,
  FlattenPort,
  FlattenTicket,
  LinkListener,
  LinkStatus,
  PlatformLink,
  StoreHealth,
} from './ports.ts';
import { chartView } from './projections/desk-parts.ts';
import type { Feed } from './projections/feed.ts';
import { proofView } from './projections/flatten-view.ts';
import { Publisher } from './publisher.ts';
import type { Engine, EngineDeps } from './engine.ts';
import { recoverDesk } from './recovery.ts';
import { SnapshotKeeper } from './snapshot-keeper.ts';
import { Subscriptions } from './subscriptions.ts';

/** Creates the engine. Its start is its recovery: the journal is read and nothing in it counts as confirmed. */
export function createEngine(deps: EngineDeps): Engine {
  return new DeskEngine(deps);
}

const HOUSEKEEPING_MS = 1_000;

const NO_LINK_YET: LinkStatus = {
  state: 'starting',
  detail: 'The bridge is starting.',
  port: null,
  sessionId: null,
  peer: null,
  connectedAt: null,
  heardAt: null,
  messagesPerSecond: 0,
  latencyMs: null,
  gaps: 0,
  refused: 0,
  reconnects: 0,
};

class DeskEngine implements Engine {
  readonly listener: LinkListener;
  readonly guard: GuardKeeper;
  readonly #deps: EngineDeps;
  readonly #feed: Feed;
  readonly #effects: Effects;
  readonly #publisher: Publisher;
  readonly #flattens: FlattenPort;
  readonly #subscriptions: Subscriptions;
  readonly #snapshots: SnapshotKeeper;
  readonly #stopHousekeeping: Cancel;
  #state: DeskState;
  #link: PlatformLink | null = null;
  #status: LinkStatus = NO_LINK_YET;
  #day: string;
  #taken = { sessionId: '', seq: 0, durable: 0 };

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    const { clock, timers, ids, mode, journal } = deps;
    const recovered = recoverDesk(deps);
    this.#snapshots = new SnapshotKeeper(deps, recovered);
    this.#state = recovered.folded.desk;
    this.#feed = recovered.feed;
    this.#day = tradingDayOf(clock.wall());
    this.#effects = new Effects({
      clock,
      journal,
      link: () => this.#link,
      guard: () => this.guard.wanted().accounts,
      onEntry: (entry, stamp) => this.#told(entry, stamp),
    });
    this.#publisher = new Publisher({
      clock,
      timers,
      mode,
      source: this.#source(),
      onBug: (part, cause) => this.#bug(part, cause),
    });
    this.guard = new GuardKeeper(this.#guardDesk(), recovered.folded.guard);
    this.#subscriptions = new Subscriptions({
      timers,
      ids,
      send: (command) => this.#effects.toLink(command),
    });
    this.#flattens = deps.createFlatten(
      this.#flattenDesk(),
      recoverFlattens(recovered.folded.flattens, this.#stamp()),
    );
    this.listener = {
      onFact: (fact, stamp) => this.#onFact(fact, stamp),
      onStatus: (status) => this.#onStatus(status),
    };
    journal.onHealth(() => this.#onHealth());
    this.#markAll();
    this.#keep({ kind: 'engine.started', version: deps.version, mode }, this.#stamp());
    this.#stopHousekeeping = timers.every(HOUSEKEEPING_MS, () => this.#keepHouse());
  }

  attach(link: PlatformLink): void {
    this.#link = link;
    this.#onStatus(link.status());
  }

  view(): DeskView {
    return this.#publisher.view();
  }

  onPatch(listener: (patch: DeskPatch) => void): () => void {
    return this.#publisher.onPatch(listener);
  }

  flatten(scope: ScopeView, door: FlattenDoor): FlattenTicket {
    return this.#flattens.request(scope as FlattenScope, door);
  }

  disarm(flattenId: string): boolean {
    return this.#flattens.disarm(flattenId);
  }

  proof(flattenId: string): ProofView | null {
    const run = this.#flattens.runs().find(({ id }) => id === flattenId);
    return run === undefined ? null : proofView(run);
  }

  chart(name: string): ChartView {
    const instrument = this.#state.instruments.get(name as InstrumentName);
    if (instrument === undefined) return { instrument: name, bars: [], fills: [] };
    return chartView(this.#state, this.#deps.bars, instrument);
  }

  send(command: Command): CommandOutcome {
    return this.#effects.send(command);
  }

  record(entry: Extract<JournalEntry, { kind: 'setting.changed' }>): void {
    this.#keep(entry, this.#stamp());
    this.#publisher.schedule('urgent');
  }

  storeHealth(): StoreHealth {
    return this.#deps.journal.health();
  }

  durableSeq(sessionId: string): number {
    if (sessionId !== this.#taken.sessionId) return 0;
    if (this.#deps.journal.flush().ok) this.#taken.durable = this.#taken.seq;
    return this.#taken.durable;
  }

  state(): DeskState {
    return this.#state;
  }

  stop(reason: string): void {
    this.#stopHousekeeping();
    this.#flattens.stop();
    this.#subscriptions.stop();
    this.guard.stop();
    this.#publisher.stop();
    this.#keep({ kind: 'engine.stopped', reason }, this.#stamp());
    this.#deps.journal.flush();
    this.#snapshots.stop();
  }

  /** The one way in for facts. A bug in here must not take the bridge down with it. */
  #onFact(fact: Fact, stamp: Stamp): void {
    try {
      this.#take(fact, stamp);
    } catch (cause) {
      this.#bug(fact.kind, cause);
      this.#doubt(fact, stamp);
    }
  }

  #bug(part: string, cause: unknown): void {
    const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    this.#deps.log.error('engine.bug', { part, detail });
  }

  /** A fact that was not taken in is a message that could not be read: it leaves the desk in doubt. */
  #doubt(fact: Fact, stamp: Stamp): void {
    if (fact.kind === 'link.refused') return;
    const seq = 'seq' in fact ? { seq: fact.seq } : {};
    const refusal = {
      kind: 'link.refused',
      type: fact.kind,
      code: 'INTERNAL',
      detail: '',
    } as const;
    this.#onFact({ ...refusal, ...seq }, stamp);
  }

  #take(fact: Fact, stamp: Stamp): void {
    if (fact.kind === 'bar.reported') {
      this.#deps.bars.put(fact.bar);
      return;
    }
    const { state, entries, changed } = reduceDesk(this.#state, fact, stamp);
    this.#state = state;
    for (const entry of entries) this.#keep(entry, stamp, correlationOf(fact));
    this.#flattens.onFact(fact);
    this.#subscriptions.onFact(fact);
    this.guard.onFact(fact, stamp);
    this.#noteSeq(fact);
    this.#mark(changed);
  }

  #onStatus(status: LinkStatus): void {
    const isTurn = status.state !== this.#status.state;
    this.#status = status;
    this.#publisher.mark('bridge');
    if (isTurn) this.#markAll();
    this.#publisher.schedule(isTurn ? 'urgent' : 'calm');
  }

  #onHealth(): void {
    this.#publisher.mark('store');
    this.#publisher.schedule('urgent');
  }

  /** What changes by the mere passing of time: the trading day, doubts that stand, the store's backlog. */
  #keepHouse(): void {
    const day = tradingDayOf(this.#deps.clock.wall());
    if (day !== this.#day) this.#markAll();
    this.#day = day;
    this.#markAccounts();
    this.#publisher.mark('store');
    this.#publisher.schedule('calm');
    this.guard.keepHouse();
    this.#snapshots.keepHouse();
  }

  #mark(changed: ChangeSet): void {
    if (changed.touchesAll) this.#markAll();
    for (const name of changed.accounts) this.#publisher.markAccount(name);
    for (const instrument of changed.instruments) {
      this.#publisher.markInstrument(instrument);
      for (const [name, account] of this.#state.accounts) {
        if (account.positions.get(instrument)?.position) this.#publisher.markAccount(name);
      }
    }
    this.#publisher.schedule(changed.isUrgent ? 'urgent' : 'calm');
  }

  #markAccounts(): void {
    for (const name of this.#state.accounts.keys()) this.#publisher.markAccount(name);
  }

  #markAll(): void {
    this.#markAccounts();
    for (const name of this.#state.instruments.keys()) this.#publisher.markInstrument(name);
  }

  /** What is remembered and told must not keep what follows, a flatten above all, from seeing the fact. */
  #keep(entry: JournalEntry, stamp: Stamp, correlationId: string | null = null): void {
    try {
      this.#deps.journal.append({ entry, stamp, correlationId, causationId: null });
      this.#told(entry, stamp);
    } catch (cause) {
      this.#bug(entry.kind, cause);
    }
  }

  #told(entry: JournalEntry, stamp: Stamp): void {
    if (this.#feed.note(this.#state, entry, stamp)) this.#publisher.schedule('urgent');
  }

  #noteSeq(fact: Fact): void {
    if (fact.kind === 'link.opened') {
      this.#taken = { sessionId: fact.sessionId, seq: 0, durable: 0 };
    } else if ('seq' in fact && typeof fact.seq === 'number') {
      this.#taken.seq = Math.max(this.#taken.seq, fact.seq);
    }
  }

  #source(): ReturnType<typeof deskSource> {
    return deskSource({
      mode: this.#deps.mode,
      feed: this.#feed,
      state: () => this.#state,
      now: () => this.#stamp(),
      link: () => this.#status,
      store: () => this.#deps.journal.health(),
      flattens: () => this.#flattens.runs(),
      guard: (account) => this.guard.verdict(account, this.#deps.clock.wall()),
    });
  }

  #guardDesk(): GuardKeeperDeps {
    const { clock, timers, ids, journal } = this.#deps;
    return {
      clock,
      timers,
      ids,
      send: (command) => this.#effects.send(command),
      keep: (entry, stamp) => this.#keep(entry, stamp),
      keepDurably: (entry, stamp) => {
        const item = { entry, stamp, correlationId: null, causationId: null };
        const recorded = journal.appendDurably(item);
        if (recorded.ok) this.#told(entry, stamp);
        return recorded;
      },
      onChange: () => {
        this.#markAccounts();
        this.#publisher.schedule('urgent');
      },
    };
  }

  #flattenDesk(): FlattenDesk {
    const { clock, timers, ids } = this.#deps;
    return {
      clock,
      timers,
      ids,
      link: { send: (command) => this.#effects.toLink(command) },
      linkUp: () => this.#state.link.isOpen,
      look: (scope) => observe(this.#state, scope),
      journal: (record, stamp) => this.#keep(record, stamp, record.flattenId),
      flush: () => void this.#deps.journal.flush(),
      onChange: () => {
        this.#publisher.mark('flattens');
        this.#publisher.schedule('urgent');
      },
      onBug: (part, cause) => this.#bug(`flatten ${part}`, cause),
    };
  }

  #stamp(): Stamp {
    return { wall: this.#deps.clock.wall(), mono: this.#deps.clock.mono() };
  }
}

function correlationOf(fact: Fact): string | null {
  return 'commandId' in fact ? fact.commandId : null;
}
