import { money, type Money } from '../../money/money.ts';
import { mulDivFloor } from '../exact.ts';
import type { OpenPosition, RuleSummary } from './account-reading.ts';

const THOUSAND = 1_000;

export type SafetyName = 'conservative' | 'balanced' | 'aggressive';

/** Parts per thousand of the firm's room that may be used; the lower number is the safer one. */
export const SAFETY: Readonly<Record<SafetyName, number>> = {
  conservative: 500,
  balanced: 700,
  aggressive: 850,
};

/** What is kept for the way from the decision to the fill. The largest of its terms counts. */
export interface ReservePolicy {
  readonly amount: Money;
  /** For every open contract. */
  readonly ticks: number;
  /** Stands for a volatility that is not known, in ticks. */
  readonly assumedTicks: number;
}

export interface OwnLimitPolicy {
  /** Parts per thousand of the firm's room, 1 to 1000. */
  readonly safety: number;
  readonly reserve: ReservePolicy;
}

export interface Reserve {
  readonly amount: Money;
  /** The part that rests on no assumption: what is measured, and the least of everything else. */
  readonly sure: Money;
  /** True when a volatility was not known and the policy's figure stands for it. */
  readonly isAssumed: boolean;
}

/** The trader's own limit inside one rule of the firm. */
export type OwnLimit =
  | {
      readonly kind: 'known';
      readonly rule: string;
      /** May be lost from the rule's reference on; 0 when the reserve takes all of it. */
      readonly limit: Money;
      readonly used: Money;
      /** May be lost from now on until the limit is used up; a profit above the reference is lost first. */
      readonly left: Money;
      readonly reserve: Money;
      readonly isReserveAssumed: boolean;
      /** The reserve takes all of the limit, of which the loss alone would leave some. */
      readonly isSizeDriven: boolean;
    }
  | { readonly kind: 'unknown'; readonly rule: string };

/** The slippage reserve of what is open; null while it is not known what is open. */
export function reserveOf(
  positions: readonly OpenPosition[] | null,
  { amount, ticks, assumedTicks }: ReservePolicy,
): Reserve | null {
  if (positions === null) return null;
  const least = Math.max(
    amount,
    worth(positions, () => ticks),
  );
  const moved = (unknown: number): number =>
    worth(positions, ({ adverseTicks }) => adverseTicks ?? unknown);
  return {
    amount: money(Math.max(least, moved(assumedTicks))),
    sure: money(Math.max(least, moved(0))),
    isAssumed: positions.some(({ adverseTicks }) => adverseTicks === null),
  };
}

/**
 * safety * the firm's limit - the reserve, never below 0 and never above the firm's limit. What is used is
 * measured from the rule's own reference, so profit of the day adds room where the rule says so. While it is not
 * known what is open, a limit is known only when it is used up even without a reserve for that.
 */
export function ownLimit(
  { rule, limit, left }: Pick<RuleSummary, 'rule' | 'limit' | 'left'>,
  reserve: Reserve | null,
  policy: OwnLimitPolicy,
): OwnLimit {
  if (limit === null || left === null) return { kind: 'unknown', rule };
  const share = Math.min(THOUSAND, Math.max(1, policy.safety));
  const budget = mulDivFloor(Math.max(0, limit), share, THOUSAND);
  const kept = keptFrom(budget, reserve, policy.reserve);
  const own = money(Math.max(0, budget - kept));
  const used = money(Math.max(0, limit - left));
  if (reserve === null && used < own) return { kind: 'unknown', rule };
  const isSizeDriven = own === 0 && used < budget;
  return {
    kind: 'known',
    rule,
    limit: own,
    used,
    left: money(own - limit + left),
    reserve: kept,
    isReserveAssumed: reserve?.isAssumed ?? false,
    isSizeDriven,
  };
}

/**
 * What an assumption adds takes at most half of what is left without it: a size alone is too large by what is known
 * of it, never by what is not.
 */
function keptFrom(
  budget: number,
  reserve: Reserve | null,
  { amount: least }: ReservePolicy,
): Money {
  if (reserve === null) return least;
  const { amount, sure } = reserve;
  const half = Math.floor(Math.max(0, budget - sure) / 2);
  return money(sure + Math.min(amount - sure, half));
}

function worth(
  positions: readonly OpenPosition[],
  ticks: (position: OpenPosition) => number,
): number {
  return positions.reduce(
    (total, position) => total + Math.abs(position.quantity) * position.tickValue * ticks(position),
    0,
  );
}
