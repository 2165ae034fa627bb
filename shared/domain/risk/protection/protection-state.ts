import type { EpochMs, MonoMs } from '../../../kernel/clock.ts';
import type { AccountName } from '../../account/account.ts';
import type { Stamp } from '../../desk/fact.ts';
import type { InstrumentName } from '../../instrument/instrument.ts';
import type { TradingDay } from '../../session/trading-day.ts';
import type { LiveOrder, OpenPosition, RuleSummary } from './account-reading.ts';
import type { Holding, OrderClass } from './bypass.ts';
import type { Deadline, DeadlineProgress } from './deadline.ts';
import { NO_FIGURE, type FigureTrust } from './figure-trust.ts';
import { NO_LOCKS, type LockBook } from './lock.ts';
import type { Step } from './own-ladder.ts';
import { NO_SESSION, type SessionFacts } from './session-facts.ts';
import { startTime, type TimeTrust } from './time-trust.ts';

/** Rules as they were judged, with the trading day of their judging. */
export interface JudgedRules {
  readonly rules: readonly RuleSummary[];
  readonly day: TradingDay | null;
}

/** An order as it was first seen. */
export interface KnownOrder {
  readonly first: OrderClass;
  /** First seen while entries were locked. */
  readonly isWhileLocked: boolean;
  /** Since when it would open or add; null while it would not. */
  readonly entrySince: MonoMs | null;
  readonly instrument: InstrumentName | null;
  /** Signed contracts that could still fill when it was last live; null when no start has seen it yet. */
  readonly quantity: number | null;
  /** When it was first seen, or last made larger: its place among those that ask for room under a cap. */
  readonly sizedAt: MonoMs | null;
  /** When it last became smaller, as by a fill; null when it did not. */
  readonly shrunkAt: MonoMs | null;
  /** Since when it does not fit under a cap; null while it does. */
  readonly overSince: MonoMs | null;
  /** When its cancel was asked for; null when it was not. */
  readonly cancelAskedAt: MonoMs | null;
  /** When it was found to be no longer live; null while it is. */
  readonly goneAt: MonoMs | null;
}

export interface AskedReduction {
  readonly keep: number;
  readonly held: number;
  readonly at: MonoMs;
}

/** What is not known of an order that only the kept state of an earlier run names. */
export const UNSEEN_ORDER = {
  instrument: null,
  quantity: null,
  sizedAt: null,
  shrunkAt: null,
  entrySince: null,
  overSince: null,
  cancelAskedAt: null,
  goneAt: null,
} as const satisfies Omit<KnownOrder, 'first' | 'isWhileLocked'>;

/** The flatten that protection itself has asked for. */
export type AskedFlatten =
  | { readonly kind: 'none' }
  | { readonly kind: 'asked'; readonly at: MonoMs }
  /** It ended without proof; the next one waits. */
  | { readonly kind: 'failed'; readonly at: MonoMs };

/** All that protection knows of one account. Plain data: it can be kept and compared as text. */
export interface ProtectionState {
  readonly account: AccountName;
  readonly time: TimeTrust;
  readonly session: SessionFacts;
  readonly figure: FigureTrust;
  readonly brokerRoom: FigureTrust;
  /** Null: not known. */
  readonly positions: readonly OpenPosition[] | null;
  readonly orders: readonly LiveOrder[];
  /** Of the newest reading; they count once its figure may be acted on. */
  readonly heard: JudgedRules | null;
  readonly accepted: JudgedRules | null;
  /** By rule. */
  readonly steps: Readonly<Record<string, Step>>;
  readonly isRestored: boolean;
  readonly book: LockBook;
  /** Counter of the book that was last given out to be kept. */
  readonly keptCounter: number;
  /** What may stay of the positions while entries are locked; null while free or not known. */
  readonly allowed: Holding | null;
  readonly flatten: AskedFlatten;
  readonly reductions: Readonly<Record<string, AskedReduction>>;
  readonly deadlines: readonly Deadline[];
  /** By id and day of the deadline. */
  readonly progress: Readonly<Record<string, DeadlineProgress>>;
  readonly known: Readonly<Record<string, KnownOrder>>;
  /** Newest last. */
  readonly fills: readonly string[];
  /** Attempts to get around the present locks. */
  readonly attempts: number;
  /** Conditions that the trader has been told of and that still stand, sorted. */
  readonly told: readonly string[];
}

/** The state at a start. Entries are closed until the locks were restored and the account was read. */
export function startProtection(
  account: AccountName,
  keptTime: EpochMs | null,
  at: Stamp,
): ProtectionState {
  return {
    account,
    time: startTime(keptTime, at),
    session: NO_SESSION,
    figure: NO_FIGURE,
    brokerRoom: NO_FIGURE,
    positions: null,
    orders: [],
    heard: null,
    accepted: null,
    steps: {},
    isRestored: false,
    book: NO_LOCKS,
    keptCounter: NO_LOCKS.counter,
    allowed: null,
    flatten: { kind: 'none' },
    reductions: {},
    deadlines: [],
    progress: {},
    known: {},
    fills: [],
    attempts: 0,
    told: [],
  };
}
