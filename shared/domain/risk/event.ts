import type { EpochMs } from '../../kernel/clock.ts';
import type { Money } from '../money/money.ts';
import type { TradingDay } from '../session/trading-day.ts';
import type { Share } from './rule-parts.ts';

/** Contracts held of one root symbol, with its working stops. */
export interface HeldPosition {
  readonly root: string;
  /** Signed contracts. */
  readonly quantity: number;
  /** Contracts that working protective stops would close. */
  readonly stopped: number;
}

export interface WorkingOrder {
  readonly root: string;
  /** Signed contracts that can still fill. */
  readonly quantity: number;
  /** An order that can only reduce a position. Exits never count against a cap. */
  readonly isExit: boolean;
}

export interface OwnPosition {
  readonly account: string;
  readonly root: string;
  readonly quantity: number;
}

export interface NewsRelease {
  readonly at: EpochMs;
  readonly class: string;
  readonly name: string;
}

export type DayKind = 'full' | 'half';

/** A finished trading day of the firm. */
export interface ClosedDay {
  readonly day: string;
  readonly kind: DayKind;
  /** Net of fees, without payouts and adjustments; null when the balance was unknown at either end. */
  readonly net: Money | null;
  /** Sum of the net results of the trades closed on the day. */
  readonly closed: Money;
  readonly fills: number;
  readonly opened: number;
  /** The balance at its beginning, kept only while the one at its end is not known. */
  readonly reference?: Money;
}

/** What the clocks of rules strike for. */
export type StrikeRole = 'deadline' | 'snapshot' | 'day' | 'week' | 'month';

/** Something that can change a verdict. */
export type RiskEvent = Happening & {
  /** Its place among the events of its instant, from 1, where their order is known; absent where it is not. */
  readonly turn?: number;
};

type Happening =
  /**
   * The account's figures, read together. `open` is valued at the tradable side, `fees` are those not yet in the
   * balance. `high` and `low` are the equity's extremes within a sample.
   */
  | {
      readonly kind: 'mark';
      readonly at: EpochMs;
      readonly balance: Money | null;
      readonly open: Money | null;
      readonly fees: Money;
      readonly high: Money | null;
      readonly low: Money | null;
      /** Open result of the worst open trade; null takes the whole open result. */
      readonly worstTrade: Money | null;
      /** `degraded`: converted at an old rate of exchange. */
      readonly quality: 'fresh' | 'degraded';
    }
  | { readonly kind: 'figures-lost'; readonly at: EpochMs }
  /** A boundary named by hand, for every clock of the role; calendars find the others. */
  | {
      readonly kind: 'clock';
      readonly at: EpochMs;
      readonly role: StrikeRole;
      /** The trading day that begins, or that the snapshot closes. */
      readonly day: string;
      readonly dayKind: DayKind;
      /** The broker's balance at the boundary; null takes the last one known. */
      readonly balance: Money | null;
    }
  /** The broker's end-of-day balance, when the snapshot itself was missed. */
  | { readonly kind: 'snapshot-report'; readonly at: EpochMs; readonly balance: Money }
  /**
   * The account is flat and has the cash that it had when its figures were lost: nothing was traded in between, so
   * the balance was this one at every boundary that passed.
   */
  | { readonly kind: 'nothing-traded'; readonly at: EpochMs; readonly balance: Money }
  /** `balance` null: the amount is added to the last balance. */
  | {
      readonly kind: 'cash';
      readonly at: EpochMs;
      readonly reason: 'payout' | 'deposit' | 'adjustment';
      /** Signed: a payout is negative. */
      readonly amount: Money;
      readonly balance: Money | null;
      /** Nobody said so: it was found in the broker's cash. */
      readonly isAssumed?: true;
    }
  /** Cash that was found and cash that the trader has told of are one move: nothing moves again. */
  | {
      readonly kind: 'cash-named';
      readonly at: EpochMs;
      /** When it was counted. */
      readonly movedAt: EpochMs;
      readonly reason: 'payout' | 'deposit' | 'adjustment';
      readonly amount: Money;
      readonly balance: Money | null;
    }
  /** What was taken for cash was a result of trading. */
  | {
      readonly kind: 'cash-withdrawn';
      readonly at: EpochMs;
      readonly movedAt: EpochMs;
      readonly amount: Money;
      readonly balance: Money | null;
    }
  | { readonly kind: 'payout-request'; readonly at: EpochMs }
  | {
      readonly kind: 'fill';
      readonly at: EpochMs;
      readonly root: string;
      /** Opens a position that was flat. */
      readonly opens: boolean;
    }
  /** A round trip that was closed. `balance` null: the net result is added to the last balance. */
  | {
      readonly kind: 'trade';
      readonly at: EpochMs;
      readonly gross: Money;
      readonly fees: Money;
      readonly balance: Money | null;
    }
  | {
      readonly kind: 'exposure';
      readonly at: EpochMs;
      readonly positions: readonly HeldPosition[];
      readonly orders: readonly WorkingOrder[];
    }
  /** Everything that the trader's accounts hold, this one among them. */
  | {
      readonly kind: 'own-accounts';
      readonly at: EpochMs;
      readonly positions: readonly OwnPosition[];
    }
  /** Null: no calendar reaches this day. */
  | {
      readonly kind: 'news';
      readonly at: EpochMs;
      readonly releases: readonly NewsRelease[] | null;
    }
  | { readonly kind: 'signal'; readonly at: EpochMs; readonly quality: Share }
  | { readonly kind: 'broker-floor'; readonly at: EpochMs; readonly floor: Money | null }
  /** The highest equity or balance that counted before the desk watched. */
  | { readonly kind: 'peak-told'; readonly at: EpochMs; readonly peak: Money }
  /** Days that were traded before the desk watched. */
  | { readonly kind: 'history'; readonly at: EpochMs; readonly days: readonly ClosedDay[] }
  /** The firm has reset the account. */
  | { readonly kind: 'restart'; readonly at: EpochMs; readonly balance: Money }
  | {
      readonly kind: 'unlock';
      readonly at: EpochMs;
      readonly rule: string;
      readonly isPermitted: boolean;
    }
  /** Time passes. */
  | { readonly kind: 'tick'; readonly at: EpochMs };

/** A rule's clock at an instant: by its key when a calendar found it, every clock of the role when named by hand. */
export interface Strike {
  readonly at: EpochMs;
  readonly role: StrikeRole;
  readonly key: string | null;
  readonly day: TradingDay;
  readonly dayKind: DayKind;
  readonly balance: Money | null;
}

/** Events of one instant are taken in this order, whatever order they arrived in. */
const ORDER: readonly RiskEvent['kind'][] = [
  'clock',
  'restart',
  'history',
  'snapshot-report',
  'nothing-traded',
  'broker-floor',
  'peak-told',
  'news',
  'own-accounts',
  'exposure',
  'cash',
  'cash-named',
  'cash-withdrawn',
  'payout-request',
  'fill',
  'trade',
  'signal',
  'mark',
  'figures-lost',
  'tick',
  'unlock',
];

const ROLES: readonly StrikeRole[] = ['deadline', 'snapshot', 'day', 'week', 'month'];

/**
 * The events of an instant with a further one in its place: clock first, then cash and trades, then marks from high to
 * low, which is the worst order for a trailing floor.
 */
export function withEvent(events: readonly RiskEvent[], event: RiskEvent): readonly RiskEvent[] {
  const index = events.findLastIndex((other) => compareEvents(other, event) <= 0) + 1;
  return events.toSpliced(index, 0, event);
}

export function compareStrikes(a: Strike, b: Strike): number {
  if (a.at !== b.at) return a.at - b.at;
  return ROLES.indexOf(a.role) - ROLES.indexOf(b.role);
}

/** Events that no rule of the order parts stand in the order of their text, so that arrival never decides. */
function compareEvents(a: RiskEvent, b: RiskEvent): number {
  const byWeight = compareWeights(a, b);
  if (byWeight !== 0) return byWeight;
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareWeights(a: RiskEvent, b: RiskEvent): number {
  const byKind = ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);
  if (byKind !== 0) return byKind;
  if (a.kind === 'clock' && b.kind === 'clock')
    return ROLES.indexOf(a.role) - ROLES.indexOf(b.role);
  if (a.kind === 'mark' && b.kind === 'mark') return equityOf(b) - equityOf(a);
  if (a.kind === 'exposure' && b.kind === 'exposure') return sizeOf(a) - sizeOf(b);
  return 0;
}

type Mark = Extract<RiskEvent, { kind: 'mark' }>;
type Exposure = Extract<RiskEvent, { kind: 'exposure' }>;

function equityOf({ balance, open, fees }: Mark): number {
  return balance === null || open === null ? Number.MAX_SAFE_INTEGER : balance + open - fees;
}

function sizeOf({ positions, orders }: Exposure): number {
  return [...positions, ...orders].reduce((sum, { quantity }) => sum + Math.abs(quantity), 0);
}
