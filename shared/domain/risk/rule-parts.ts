import type { Brand } from '../../kernel/brand.ts';
import type { Money } from '../money/money.ts';
import type { FlatByRule } from '../session/flat-by.ts';
import type { Zone } from '../session/zone.ts';

/** A share in parts per million: 50 % is 500_000. */
export type Share = Brand<number, 'Share'>;

export const WHOLE = 1_000_000;

/** Contracts in 2520ths of a mini, so that every micro ratio from 1:1 to 1:10 is an exact integer. */
export type Lots = Brand<number, 'Lots'>;

/** One mini contract in `Lots`. */
export const LOT = 2_520;

/** `<=`: touching the limit breaches it. `<`: it must be crossed. */
export type BreachOperator = '<=' | '<';

/**
 * What follows when a rule is broken.
 * `hard`: the account has failed, for good. `soft`: flatten, cancel and no entries until the rule's reset.
 * `lock`: no entries until then, what is open may stay. `refuse`: the order or the entry is refused while the rule stands. `delay`: a pass or a payout waits.
 * `warn`: nothing but a warning.
 */
export type Effect = 'hard' | 'soft' | 'lock' | 'refuse' | 'delay' | 'warn';

/** Where a rule's figures come from. */
export interface RuleSource {
  /** The firm's page, or `own` for a limit that the trader set. */
  readonly name: string;
  /** The date on which a person read it, `YYYY-MM-DD`; null when it was never checked. */
  readonly checkedOn: string | null;
  readonly confidence: 'high' | 'medium' | 'low';
}

/** What every rule carries. */
export interface RuleHead {
  /** Unique within the rulebook; verdicts, locks and vectors refer to it. */
  readonly id: string;
  /** What the trader calls a rule of their own. */
  readonly title?: string;
  readonly effect: Effect;
  readonly source: RuleSource;
}

/** Begins the id of every rule that the trader made, and of no rule of a firm. */
export const OWN_RULE = 'own.';

export function isOwnRule(id: string): boolean {
  return id.startsWith(OWN_RULE);
}

/** A daily instant on a zone's wall clock. */
export interface DayClock {
  readonly zone: Zone;
  /** Seconds after midnight. */
  readonly time: number;
  /**
   * `trading`: only where a trading day of the rulebook's product begins (never on a weekend or holiday).
   * `calendar`: every date.
   */
  readonly days: 'trading' | 'calendar';
  /** Trading days whose beginning does not count as a reset; the day before then goes on. */
  readonly skips: readonly 'half-day'[];
}

/** When the end-of-day balance is taken; on an early close the product's close of that day. */
export type SnapshotClock =
  | { readonly kind: 'deadline'; readonly deadline: FlatByRule }
  | { readonly kind: 'daily'; readonly clock: DayClock };

export interface WeekClock {
  readonly period: 'week' | 'month';
  readonly zone: Zone;
  /** Seconds after midnight. The week begins at this time on Sunday, the month on the eve of its first day. */
  readonly time: number;
}

/** A value by profit; the last tier whose threshold is met counts, and the first one below all thresholds. */
export interface Tiers<T> {
  /** Rising thresholds of profit over the start balance. */
  readonly steps: readonly { readonly profit: Money; readonly value: T }[];
  /** `>=`: a profit equal to the threshold is in the tier. `>`: it is still in the lower one. */
  readonly operator: '>=' | '>';
  /** `up-only`: a tier once reached is kept although the profit falls. */
  readonly moves: 'both' | 'up-only';
}

/** What freezes a trailing floor at its cap. */
export type LockTrigger =
  /** The peak itself, by the cap in the formula. */
  | { readonly on: 'peak' }
  /** As `peak`, but it counts as locked only from this realized profit on. */
  | { readonly on: 'realized'; readonly profit: Money }
  /** Raises the floor to the cap at once. */
  | { readonly on: 'payout-request' }
  | { readonly on: 'first-payout' };

/** Weights of contracts in minis. A root that is not named counts as one mini. */
export interface ContractWeights {
  readonly byRoot: Readonly<Record<string, Lots>>;
}

/** Times of a wall clock in seconds after midnight; `to` before `from` runs over midnight. */
export interface WallSpan {
  readonly from: number;
  readonly to: number;
  /** 0 is Sunday; the weekday on which the span begins. */
  readonly weekdays: readonly number[];
}

/** The window of the rules that look at days. */
export type DayWindow = 'since-start' | 'since-payout';
