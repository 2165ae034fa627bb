import type { Cancel } from '../../shared/kernel/clock.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { Fact, Stamp } from '../../shared/domain/desk/fact.ts';
import { reduceDesk } from '../../shared/domain/desk/reduce.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { FlattenDoor } from '../../shared/domain/flatten/record.ts';
import type { FlattenRun } from '../../shared/domain/flatten/run.ts';
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
import { DeskMarks } from './desk-marks.ts';
import { DeskRecords } from './desk-records.ts';
import { deskSource } from './desk-source.ts';
import { DurableMark } from './durable-mark.ts';
import { Effects, type CommandOutcome } from './effects.ts';
import { flattenDesk } from './flatten-desk.ts';
import { guardDesk } from './guard-desk.ts';
import { GuardKeeper } from './guard-keeper.ts';
import { NO_LINK_YET } from './link-status.ts';
import type {
  FlattenPort,
  FlattenTicket,
  LinkListener,
  LinkStatus,
  PlatformLink,
  RiskPort,
  StoreHealth,
} from './ports.ts';
import { chartView } from './projections/desk-parts.ts';
import type { Feed } from './projections/feed.ts';
import { proofView } from './projections/flatten-view.ts';
import { Publisher } from './publisher.ts';
import type { Engine, EngineDeps } from './engine.ts';
import { recoverDesk, type RecoveredDesk } from './recovery.ts';
import { riskDesk } from './risk-desk.ts';
import { SnapshotKeeper } from './snapshot-keeper.ts';
import { Subscriptions } from './subscriptions.ts';

/** Creates the engine. Its start is its recovery: the journal is read and nothing in it counts as confirmed. */
export function createEngine(deps: EngineDeps): Engine {
  return new DeskEngine(deps);
}

const HOUSEKEEPING_MS = 1_000;

class DeskEngine implements Engine {
  readonly listener: LinkListener;
  readonly guard: GuardKeeper;
  readonly risk: RiskPort;
  readonly #deps: EngineDeps;
  readonly #feed: Feed;
  readonly #effects: Effects;
  readonly #publisher: Publisher;
  readonly #marks: DeskMarks;
  readonly #records: DeskRecords;
  readonly #durable: DurableMark;
  readonly #flattens: FlattenPort;
  readonly #subscriptions: Subscriptions;
  readonly #snapshots: SnapshotKeeper;
  readonly #stopHousekeeping: Cancel;
  #state: DeskState;
  #link: PlatformLink | null = null;
  #status: LinkStatus = NO_LINK_YET;
  #day: string;
  #isBuilt = false;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    const { clock, timers, ids, mode, journal, log } = deps;
    const recovered = recoverDesk(deps);
    this.#snapshots = new SnapshotKeeper(deps, recovered);
    this.#state = recovered.folded.desk;
    this.#feed = recovered.feed;
    this.#day = tradingDayOf(clock.wall());
    const state = (): DeskState => this.#state;
    this.#durable = new DurableMark(journal);
    this.#records = new DeskRecords({
      journal,
      feed: recovered.feed,
      log,
      state,
      onLine: () => this.#publisher.schedule('urgent'),
    });
    this.#effects = new Effects({
      clock,
      journal,
      link: () => this.#link,
      guard: () => this.guard.wanted().accounts,
      onEntry: (entry, stamp) => this.#records.told(entry, stamp),
    });
    this.#publisher = new Publisher({
      clock,
      timers,
      mode,
      source: this.#source(),
      onBug: (part, cause) => this.#records.bug(part, cause),
    });
    this.#marks = new DeskMarks(this.#publisher, state);
    this.guard = this.#openGuard(recovered);
    this.#subscriptions = new Subscriptions({
      timers,
      ids,
      send: (command) => this.#effects.toLink(command),
    });
    this.#flattens = this.#openFlattens(recovered);
    this.risk = this.#openRisk(recovered);
    this.#isBuilt = true;
    this.listener = {
      onFact: (fact, stamp) => this.#onFact(fact, stamp),
      onStatus: (status) => this.#onStatus(status),
    };
    journal.onHealth(() => this.#onHealth());
    this.#marks.all();
    this.#records.keep({ kind: 'engine.started', version: deps.version, mode }, this.#stamp());
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
    this.#records.keep(entry, this.#stamp());
    this.#publisher.schedule('urgent');
  }

  storeHealth(): StoreHealth {
    return this.#deps.journal.health();
  }

  durableSeq(sessionId: string): number {
    return this.#durable.of(sessionId);
  }

  state(): DeskState {
    return this.#state;
  }

  stop(reason: string): void {
    this.#stopHousekeeping();
    this.#flattens.stop();
    this.#subscriptions.stop();
    this.guard.stop();
    this.risk.stop();
    this.#publisher.stop();
    this.#records.keep({ kind: 'engine.stopped', reason }, this.#stamp());
    this.#deps.journal.flush();
    this.#snapshots.stop();
  }

  /** The one way in for facts. A bug in here must not take the bridge down with it. */
  #onFact(fact: Fact, stamp: Stamp): void {
    try {
      this.#take(fact, stamp);
    } catch (cause) {
      this.#records.bug(fact.kind, cause);
      this.#doubt(fact, stamp);
    }
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
    for (const entry of entries) this.#records.keep(entry, stamp, correlationOf(fact));
    this.#flattens.onFact(fact);
    this.#subscriptions.onFact(fact);
    this.guard.onFact(fact, stamp);
    this.risk.onFact({ fact, changed, entries }, stamp);
    this.#durable.note(fact);
    this.#marks.changed(changed);
  }

  #onStatus(status: LinkStatus): void {
    const isTurn = status.state !== this.#status.state;
    this.#status = status;
    this.#publisher.mark('bridge');
    if (isTurn) {
      this.#marks.all();
      this.risk.onLink();
    }
    this.#publisher.schedule(isTurn ? 'urgent' : 'calm');
  }

  /** Runs that a restart took up again change before there is anyone to tell. */
  #onRun(run: FlattenRun): void {
    if (this.#isBuilt) this.risk.onFlatten(run);
  }

  #onHealth(): void {
    this.#publisher.mark('store');
    this.#publisher.schedule('urgent');
  }

  /** What changes by the mere passing of time: the trading day, doubts that stand, the store's backlog. */
  #keepHouse(): void {
    const day = tradingDayOf(this.#deps.clock.wall());
    if (day !== this.#day) this.#marks.all();
    this.#day = day;
    this.#marks.accounts();
    this.#publisher.mark('store');
    this.#publisher.schedule('calm');
    this.#records.keepHouse(this.#stamp());
    this.guard.keepHouse();
    this.risk.keepHouse();
    this.#snapshots.keepHouse();
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
      risk: (account) => this.risk.view(account),
    });
  }

  #openGuard({ folded }: RecoveredDesk): GuardKeeper {
    const onChange = (): void => {
      this.#marks.accounts();
      this.#publisher.schedule('urgent');
    };
    const parts = { effects: this.#effects, records: this.#records, onChange };
    return new GuardKeeper(guardDesk({ ...this.#deps, ...parts }), folded.guard);
  }

  #openFlattens({ folded }: RecoveredDesk): FlattenPort {
    const desk = flattenDesk({
      ...this.#deps,
      state: () => this.#state,
      effects: this.#effects,
      records: this.#records,
      publisher: this.#publisher,
      onRun: (run) => this.#onRun(run),
    });
    return this.#deps.createFlatten(desk, recoverFlattens(folded.flattens, this.#stamp()));
  }

  #openRisk({ folded }: RecoveredDesk): RiskPort {
    const desk = riskDesk({
      ...this.#deps,
      state: () => this.#state,
      link: () => this.#status,
      effects: this.#effects,
      records: this.#records,
      publisher: this.#publisher,
      flattens: this.#flattens,
      guard: this.guard,
    });
    return this.#deps.createRisk(desk, folded.risk);
  }

  #stamp(): Stamp {
    return { wall: this.#deps.clock.wall(), mono: this.#deps.clock.mono() };
  }
}

function correlationOf(fact: Fact): string | null {
  return 'commandId' in fact ? fact.commandId : null;
}
