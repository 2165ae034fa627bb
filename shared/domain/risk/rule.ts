import type { Money } from '../money/money.ts';
import type { FlatByRule } from '../session/flat-by.ts';
import type { Zone } from '../session/zone.ts';
import type {
  BreachOperator,
  ContractWeights,
  DayClock,
  DayWindow,
  LockTrigger,
  Lots,
  RuleHead,
  Share,
  SnapshotClock,
  Tiers,
  WallSpan,
  WeekClock,
} from './rule-parts.ts';

/** Floor that follows the peak at every event. */
export interface IntradayTrailingRule extends RuleHead {
  readonly kind: 'intraday-trailing';
  readonly start: Money;
  readonly amount: Money;
  /** Where the floor stops; null trails for ever. */
  readonly cap: Money | null;
  readonly lockOn: readonly LockTrigger[];
  /** `balance`: the peak counts closed profit only. The floor is tested against equity either way. */
  readonly peakBasis: 'equity' | 'balance';
  readonly operator: BreachOperator;
}

/**
 * Floor that follows the highest balance at the snapshots and is tested against live equity.
 * With a daily clock at midnight this is also "highest midnight balance less a fixed amount".
 */
export interface EndOfDayTrailingRule extends RuleHead {
  readonly kind: 'end-of-day-trailing';
  readonly start: Money;
  readonly amount: Money;
  readonly cap: Money | null;
  readonly lockOn: readonly LockTrigger[];
  readonly snapshot: SnapshotClock;
  readonly operator: BreachOperator;
}

/** Floor that never moves. */
export interface StaticFloorRule extends RuleHead {
  readonly kind: 'static-floor';
  readonly floor: Money;
  /** The room at the start, for the share used. */
  readonly amount: Money;
  readonly operator: BreachOperator;
}

export type LossLimit =
  | { readonly kind: 'fixed'; readonly amount: Money }
  | { readonly kind: 'tiered'; readonly tiers: Tiers<Money> }
  /** Of the reference that was taken at the reset. */
  | { readonly kind: 'share-of-reference'; readonly share: Share }
  /** Of the profit at the reset; no limit below `from`. */
  | { readonly kind: 'share-of-profit'; readonly share: Share; readonly from: Money };

export interface DailyLossRule extends RuleHead {
  readonly kind: 'daily-loss';
  /** For the profit of tiers and shares. */
  readonly start: Money;
  /** What is taken as the reference when the clock strikes: the cash balance, or the higher of balance and equity. */
  readonly reference: 'balance' | 'higher-of-balance-and-equity';
  readonly limit: LossLimit;
  /** False tests closed profit alone. */
  readonly includesOpen: boolean;
  readonly reset: DayClock;
  readonly operator: BreachOperator;
}

export interface PeriodLossRule extends RuleHead {
  readonly kind: 'period-loss';
  readonly limit: Money;
  readonly includesOpen: boolean;
  readonly reset: WeekClock;
  readonly operator: BreachOperator;
}

export type ConsistencyFormula =
  /** best / total of all days, against the share. */
  | { readonly kind: 'share-of-total' }
  /** best / sum of the winning days. */
  | { readonly kind: 'share-of-winning-days' }
  /** best against a share of the target; above it the required total is best / share. */
  | { readonly kind: 'share-of-target'; readonly target: Money }
  /** required total = max(target, best / share). */
  | { readonly kind: 'raises-target'; readonly target: Money };

export interface ConsistencyRule extends RuleHead {
  readonly kind: 'consistency';
  readonly formula: ConsistencyFormula;
  /** Before the first payout, and after it unless `byPayout` says otherwise. */
  readonly share: Share;
  /** After each payout in turn, the last one for all further; empty keeps `share`. */
  readonly byPayout: readonly Share[];
  /** `<=`: exactly the share passes. `<`: it does not. */
  readonly operator: '<=' | '<';
  readonly window: DayWindow;
}

export type DayPredicate =
  | { readonly kind: 'any-fill' }
  | { readonly kind: 'trade-opened' }
  | { readonly kind: 'net'; readonly amount: Money; readonly operator: '>=' | '>' }
  /** Profit of trades closed on the day, whatever the balance did otherwise. */
  | { readonly kind: 'closed-profit'; readonly amount: Money }
  /** At least `amount`, and at least this share of the best counted day so far. */
  | { readonly kind: 'share-of-best'; readonly amount: Money; readonly share: Share };

export interface TradingDaysRule extends RuleHead {
  readonly kind: 'trading-days';
  readonly predicate: DayPredicate;
  readonly required: number;
  readonly window: DayWindow;
  /** `fold`: a half-day does not count by itself, its trading belongs to the next full day. */
  readonly halfDays: 'count' | 'fold';
}

export type ContractLimit =
  | { readonly kind: 'fixed'; readonly lots: Lots }
  /** By the profit at the last snapshot; fixed for the session. */
  | { readonly kind: 'tiered'; readonly tiers: Tiers<Lots>; readonly start: Money };

export interface ContractCapRule extends RuleHead {
  readonly kind: 'contract-cap';
  readonly limit: ContractLimit;
  readonly weights: ContractWeights;
  /** Milliseconds that an excess may stand before it counts; 0 for none. */
  readonly grace: number;
  /** When a tier changes. Not used by a fixed limit. */
  readonly reset: DayClock;
}

/** Open loss of one trade against a share of the profit at the day's start. */
export interface AdverseExcursionRule extends RuleHead {
  readonly kind: 'adverse-excursion';
  readonly start: Money;
  readonly share: Share;
  /** From this profit at the day's start on, the raised share counts. */
  readonly raised: { readonly from: Money; readonly share: Share } | null;
  /** What counts while the day began with less than `below`; null leaves the formula alone. */
  readonly early: { readonly below: Money; readonly limit: Money } | null;
  readonly reset: DayClock;
}

export interface ProfitTargetRule extends RuleHead {
  readonly kind: 'profit-target';
  readonly start: Money;
  readonly target: Money;
  /** `balance` counts closed profit alone. */
  readonly basis: 'balance' | 'equity';
}

/** What may be withdrawn. */
export interface PayoutRule extends RuleHead {
  readonly kind: 'payout';
  /** The balance that must remain; the least of it while that is not known. */
  readonly keeps: Money;
  /** The most of the balance that one payout may take; null is no such limit. */
  readonly share: Share | null;
  /** The balance needed for a request; null when none is. */
  readonly minBalance: Money | null;
  readonly minRequest: Money;
  /** The most of each payout in turn, the last one for all further; empty is no cap. */
  readonly caps: readonly Money[];
  readonly maxCount: number | null;
  /** What the firm may demand and nobody knows: no figure of a payout rests on its absence. */
  readonly unknown: readonly PayoutPart[];
}

export type PayoutPart = 'keeps' | 'share' | 'minBalance' | 'maxCount';

/** Stops the day when profit melts from its peak. */
export interface GiveBackRule extends RuleHead {
  readonly kind: 'give-back';
  /** Day's peak profit from which the rule is awake. */
  readonly from: Money;
  /** How much of the peak may be lost again. */
  readonly allowed:
    | { readonly kind: 'share'; readonly share: Share }
    | { readonly kind: 'amount'; readonly amount: Money };
  readonly reset: DayClock;
}

/** Stops the day when its profit is reached. */
export interface DayProfitLockRule extends RuleHead {
  readonly kind: 'day-profit-lock';
  readonly profit: Money;
  readonly includesOpen: boolean;
  readonly reset: DayClock;
}

export interface TradeCountRule extends RuleHead {
  readonly kind: 'trade-count';
  readonly max: number;
  readonly reset: DayClock;
}

/** A pause after losses in a row; `max` 1 is a cool-down after every loss. */
export interface LossStreakRule extends RuleHead {
  readonly kind: 'loss-streak';
  readonly max: number;
  /** Milliseconds of pause; null pauses until the reset. */
  readonly pause: number | null;
  readonly reset: DayClock;
}

/** Every open position needs working stops for its whole size. */
export interface StopRequiredRule extends RuleHead {
  readonly kind: 'stop-required';
  /** Milliseconds after the position opened or grew. */
  readonly grace: number;
}

/** Entries only within these times. */
export interface TradingWindowRule extends RuleHead {
  readonly kind: 'trading-window';
  readonly zone: Zone;
  readonly spans: readonly WallSpan[];
}

export interface FlatByDeadlineRule extends RuleHead {
  readonly kind: 'flat-by';
  readonly deadline: FlatByRule;
  /** Whether working orders have to be gone, too. */
  readonly includesOrders: boolean;
}

export interface NewsWindowRule extends RuleHead {
  readonly kind: 'news-window';
  /** Milliseconds before and after a release. */
  readonly before: number;
  readonly after: number;
  /** Which releases count, by the name of their class in the imported calendar. */
  readonly classes: readonly string[];
  /** Root symbols concerned; empty is all. */
  readonly roots: readonly string[];
  /** `flat`: no position and no order. `no-entries`: positions may stay. */
  readonly demands: 'flat' | 'no-entries';
}

/** Own accounts must not hold opposite sides of one group of products. */
export interface HedgingRule extends RuleHead {
  readonly kind: 'hedging';
  /** Each group lists root symbols that count as one product. A root in no group is a group of its own. */
  readonly groups: readonly (readonly string[])[];
}

/** The most that all own accounts together may hold on one side of a group. */
export interface CorrelatedExposureRule extends RuleHead {
  readonly kind: 'correlated-exposure';
  readonly groups: readonly (readonly string[])[];
  readonly max: Lots;
  readonly weights: ContractWeights;
}

export type BreakerMeasure =
  /** Loss of the day as a share of the day's first balance. */
  | { readonly kind: 'day-loss'; readonly share: Share }
  /** Fall from the highest equity as a share of it. */
  | { readonly kind: 'drawdown'; readonly share: Share }
  /** Winning trades among the last `window` ones, judged from `sample` trades on. */
  | {
      readonly kind: 'win-rate';
      readonly share: Share;
      readonly sample: number;
      readonly window: number;
    }
  /** Mean quality of the last `window` signals. */
  | {
      readonly kind: 'signal-quality';
      readonly share: Share;
      readonly sample: number;
      readonly window: number;
    };

/** The trader's own circuit breaker. */
export interface CircuitBreakerRule extends RuleHead {
  readonly kind: 'circuit-breaker';
  readonly measure: BreakerMeasure;
  /** Milliseconds of pause after a trip; null pauses until the reset. */
  readonly pause: number | null;
  readonly reset: DayClock;
}

/** A trade at least every so many calendar days; holidays count. */
export interface InactivityRule extends RuleHead {
  readonly kind: 'inactivity';
  readonly maxDays: number;
}

/** A rule of a firm or of the trader, with everything that its evaluation needs. */
export type Rule =
  | IntradayTrailingRule
  | EndOfDayTrailingRule
  | StaticFloorRule
  | DailyLossRule
  | PeriodLossRule
  | ConsistencyRule
  | TradingDaysRule
  | ContractCapRule
  | AdverseExcursionRule
  | ProfitTargetRule
  | PayoutRule
  | GiveBackRule
  | DayProfitLockRule
  | TradeCountRule
  | LossStreakRule
  | StopRequiredRule
  | TradingWindowRule
  | FlatByDeadlineRule
  | NewsWindowRule
  | HedgingRule
  | CorrelatedExposureRule
  | CircuitBreakerRule
  | InactivityRule;

export type RuleKind = Rule['kind'];

/** All rules of one account. */
export interface Rulebook {
  /** Root symbol whose exchange calendar names trading days, half-days and holidays. */
  readonly calendarRoot: string;
  /** When a trading day of the firm begins; days of consistency and of counts are these. */
  readonly roll: DayClock;
  readonly rules: readonly Rule[];
}
