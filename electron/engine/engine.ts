import type { Clock, Timers } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import type { Log } from '../../shared/kernel/log.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { FlattenDoor } from '../../shared/domain/flatten/record.ts';
import type { FlattenRun } from '../../shared/domain/flatten/run.ts';
import type { JournalEntry } from '../../shared/domain/journal/record.ts';
import type { RiskBook } from '../../shared/domain/journal/risk-fold.ts';
import type {
  ChartView,
  DeskPatch,
  DeskView,
  ProofView,
  ScopeView,
} from '../../shared/protocol/ipc/views.ts';
import type { CommandOutcome } from './effects.ts';
import type { GuardKeeper } from './guard-keeper.ts';
import type {
  BarStore,
  FlattenDesk,
  FlattenPort,
  FlattenTicket,
  JournalPort,
  LinkListener,
  PlatformLink,
  RiskDesk,
  RiskDoor,
  RiskOverview,
  RiskPort,
  SnapshotPort,
  StoreHealth,
} from './ports.ts';

export interface EngineDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Log;
  readonly journal: JournalPort;
  /** Absent: every start folds the whole journal. */
  readonly snapshots?: SnapshotPort;
  readonly bars: BarStore;
  readonly mode: DeskView['mode'];
  readonly version: string;
  /** Makes the flatten service; gets the runs that a crash or a restart left behind. */
  readonly createFlatten: (desk: FlattenDesk, recovered: readonly FlattenRun[]) => FlattenPort;
  /** Makes the service that judges the accounts by their rules. */
  readonly createRisk: (desk: RiskDesk, recovered: RiskBook) => RiskPort;
}

/** The limits and locks that the AddOn enforces alone: what is wanted, and whether it holds them. */
export type GuardDoor = Omit<GuardKeeper, 'onFact' | 'keepHouse' | 'stop'>;

/** The desk without a window: facts come in, decisions and views go out. */
export interface Engine {
  readonly listener: LinkListener;
  /** Gives the engine its way out; before that every command ends in `NO_LINK`. */
  attach(link: PlatformLink): void;
  view(): DeskView;
  /** Returns the function that ends the subscription. */
  onPatch(listener: (patch: DeskPatch) => void): () => void;
  flatten(scope: ScopeView, door: FlattenDoor): FlattenTicket;
  disarm(flattenId: string): boolean;
  proof(flattenId: string): ProofView | null;
  chart(instrument: string): ChartView;
  send(command: Command): CommandOutcome;
  readonly guard: GuardDoor;
  readonly risk: RiskDoor & RiskOverview;
  /** Writes a decision that was made outside the desk, such as a changed setting. */
  record(entry: Extract<JournalEntry, { kind: 'setting.changed' }>): void;
  storeHealth(): StoreHealth;
  /** Last sequence number of the session whose facts are on disk; 0 when that is not known. */
  durableSeq(sessionId: string): number;
  state(): DeskState;
  stop(reason: string): void;
}
