import type { Result } from '../../shared/kernel/result.ts';
import type { Clock, EpochMs, Timers } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { ChangeSet } from '../../shared/domain/desk/reduction.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { Fact, Stamp } from '../../shared/domain/desk/fact.ts';
import type { FlattenDoor, FlattenRecord } from '../../shared/domain/flatten/record.ts';
import type { FlattenRun, Observation } from '../../shared/domain/flatten/run.ts';
import type { FlattenScope } from '../../shared/domain/flatten/scope.ts';
import type { GuardLimits } from '../../shared/domain/guard/limits.ts';
import type { WantedLimits } from '../../shared/domain/guard/record.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import type { JournalEntry, JournalRecord } from '../../shared/domain/journal/record.ts';
import type { RiskEntry } from '../../shared/domain/journal/risk-fold.ts';
import type { DeskMode } from '../../shared/domain/risk/protection/permission.ts';
import type { Bar } from '../../shared/domain/market/quote.ts';
import type { DayQuestion, EquityView, TimelineView } from '../../shared/protocol/ipc/risk-day.ts';
import type {
  OwnRulesQuestion,
  OwnRulesView,
  OwnRulesWish,
} from '../../shared/protocol/ipc/own-rules.ts';
import type {
  NewsView,
  ProtectionWish,
  RecordWish,
  RiskAnswerView,
  RulesWish,
  TemplatesView,
  UnlockWish,
  WhatIfQuestion,
  WhatIfView,
} from '../../shared/protocol/ipc/risk-calls.ts';
import type { RiskView } from '../../shared/protocol/ipc/views.ts';

/** What became of a command at the edge: on its way, or why not. */
export type SendOutcome = Result<
  { readonly sentAt: number },
  { readonly code: 'NO_LINK' | 'SLOW_PEER' | 'NOT_EXPRESSIBLE' }
>;

export interface LinkStatus {
  readonly state: 'starting' | 'waiting' | 'connected' | 'stale' | 'lost' | 'failed';
  readonly detail: string;
  readonly port: number | null;
  readonly sessionId: string | null;
  readonly peer: {
    readonly platform: string;
    readonly platformVersion: string;
    readonly addonVersion: string;
  } | null;
  readonly connectedAt: EpochMs | null;
  readonly heardAt: EpochMs | null;
  readonly messagesPerSecond: number;
  readonly latencyMs: number | null;
  readonly gaps: number;
  readonly refused: number;
  readonly reconnects: number;
}

/** The platform at the far end of the bridge. */
export interface PlatformLink {
  send(command: Command): SendOutcome;
  status(): LinkStatus;
}

/** What the bridge calls on the engine; both calls are synchronous and must not throw. */
export interface LinkListener {
  onFact(fact: Fact, stamp: Stamp): void;
  onStatus(status: LinkStatus): void;
}

export interface StoreHealth {
  readonly state: 'ok' | 'failing' | 'readOnly' | 'full';
  readonly detail: string;
  readonly pending: number;
}

export interface AppendItem {
  readonly entry: JournalEntry;
  readonly stamp: Stamp;
  readonly correlationId: string | null;
  readonly causationId: string | null;
}

/** The append-only journal. */
export interface JournalPort {
  /** Queues for the next batch (a few milliseconds); survives a killed process once `flush` returned. */
  append(item: AppendItem): void;
  /** Writes everything queued and this item with a full sync before it returns. */
  appendDurably(
    item: AppendItem,
  ): Result<{ readonly seq: number }, { readonly code: 'STORE_FAILED'; readonly detail: string }>;
  flush(): Result<null, { readonly code: 'STORE_FAILED'; readonly detail: string }>;
  /** Every record in order; used by start-up, which is crash recovery. */
  read(fromSeq: number): Iterable<JournalRecord>;
  health(): StoreHealth;
  onHealth(listener: (health: StoreHealth) => void): void;
}

/** The end of a batch of the journal, with the hash that seals everything up to it. */
export interface JournalSeal {
  readonly seq: number;
  readonly batch: number;
  readonly hash: string;
}

/** A kept form of the folded journal. */
export interface KeptSnapshot {
  /** Last journal row that went into it. */
  readonly seq: number;
  readonly version: number;
  /** Whether this very journal has its seal where the snapshot was made. */
  readonly isOfThisJournal: boolean;
  /** Its parts as JSON in their order, and at the end whether they are what was written. */
  parts(): Generator<string, boolean>;
}

/** Caches of the folded journal, kept beside it. Nothing here throws; what fails is as if it were not there. */
export interface SnapshotPort {
  /** Where the journal ends on disk; null when it has no batch or cannot be read. */
  sealed(): JournalSeal | null;
  newestFirst(): readonly KeptSnapshot[];
  /** Writes a snapshot in short steps; true when it was kept. An unfinished one counts as not written. */
  keep(
    at: { readonly seal: JournalSeal; readonly version: number },
    parts: Iterable<string>,
  ): Generator<void, boolean>;
}

/** What the engine offers to whoever carries out flattens. */
export interface FlattenDesk {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly link: Pick<PlatformLink, 'send'>;
  readonly linkUp: () => boolean;
  /** The desk's present picture of a scope. */
  readonly look: (scope: FlattenScope) => Observation;
  /** Never throws and never waits for the store. */
  readonly journal: (record: FlattenRecord, stamp: Stamp) => void;
  /** Has the store write what it was given, now; called after the command is on its way. */
  readonly flush: () => void;
  readonly onChange: (run: FlattenRun) => void;
  /** Told of a part that threw and that the flatten went on without. */
  readonly onBug: (part: string, cause: unknown) => void;
}

/** Carries out flattens; the one handler behind every door. */
export interface FlattenPort {
  request(scope: FlattenScope, door: FlattenDoor): FlattenTicket;
  /** Has everything that is asked for within leave before the store is made to write any of it. */
  together(ask: () => void): void;
  disarm(flattenId: string): boolean;
  /** Called after the desk took the fact in. */
  onFact(fact: Fact): void;
  /** Running flattens and the last ended one of each scope, newest first. */
  runs(): readonly FlattenRun[];
  stop(): void;
}

export interface FlattenTicket {
  readonly flattenId: string;
  readonly outcome: 'started' | 'joined' | 'waiting';
}

/** What a trader may ask of the rules; every call is synchronous. */
export interface RiskDoor {
  templates(): TemplatesView;
  assign(wish: RulesWish): RiskAnswerView;
  settings(wish: ProtectionWish): RiskAnswerView;
  unlock(wish: UnlockWish): RiskAnswerView;
  /** Takes what only the trader knows: payouts, resets, earlier days. */
  record(wish: RecordWish): RiskAnswerView;
  whatIf(question: WhatIfQuestion): WhatIfView;
  /** Today's course of one account. */
  equity(question: DayQuestion): EquityView;
  /** Today's changes of its verdicts. */
  timeline(question: DayQuestion): TimelineView;
  /** Takes earlier days of an account from the text of a file. */
  importDays(account: string, text: string): RiskAnswerView;
  /** The trader's own rules of an account, as they are written. */
  ownRules(question: OwnRulesQuestion): OwnRulesView;
  chooseOwnRules(wish: OwnRulesWish): RiskAnswerView;
  news(): NewsView;
  /** Replaces the calendar of releases by that in the text of a file. */
  importNews(text: string): RiskAnswerView;
}

/** What the engine offers to whoever judges the accounts. */
export interface RiskDesk {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly mode: DeskMode;
  readonly state: () => DeskState;
  readonly linkState: () => LinkStatus['state'];
  readonly flatten: (scope: FlattenScope) => void;
  /** Has all flattens that are asked for within leave before any of them is written. */
  readonly together: (ask: () => void) => void;
  /** A command that only reduces risk goes out before it is written. */
  readonly send: (command: Command) => void;
  readonly guard: {
    readonly wanted: () => readonly WantedLimits[];
    /** Gives a code when the limits cannot be wanted. */
    readonly set: (limits: GuardLimits) => Result<unknown, { readonly code: string }>;
    readonly clear: (account: AccountName) => void;
  };
  /** Never throws and never waits for the store. */
  readonly keep: (entry: RiskEntry, stamp: Stamp) => void;
  /** On disk, or an error, when it returns. */
  readonly keepDurably: (
    entry: RiskEntry,
    stamp: Stamp,
  ) => Result<unknown, { readonly detail: string }>;
  /** What the account shows has changed; urgent when it must not wait for the next patch. */
  readonly onChange: (account: AccountName, isUrgent: boolean) => void;
  /** Told of a part that threw and that the guard went on without. */
  readonly onBug: (part: string, cause: unknown) => void;
}

/** What a fact changed, as far as the rules look at it. */
export interface TakenFact {
  readonly fact: Fact;
  readonly changed: ChangeSet;
  readonly entries: readonly JournalEntry[];
}

/** Every account that rules were chosen for, whether the platform has told of it or not. */
export interface RiskOverview {
  judged(): readonly { readonly account: AccountName; readonly risk: RiskView }[];
  /** How far the account is from its limits. */
  view(account: AccountName): RiskView;
}

/** Judges every account by its rules. */
export interface RiskPort extends RiskDoor, RiskOverview {
  /** Called after the desk took the fact in; acts before it returns. */
  onFact(taken: TakenFact, stamp: Stamp): void;
  onFlatten(run: FlattenRun): void;
  /** Called when the link's state has changed. */
  onLink(): void;
  /** Called once a second. */
  keepHouse(): void;
  stop(): void;
}

/** One-minute bars kept for charts; a convenience, never a source of decisions. */
export interface BarStore {
  put(bar: Bar): void;
  latest(instrument: InstrumentName, limit: number): readonly Bar[];
}
