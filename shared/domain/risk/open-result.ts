import { money, type Money } from '../money/money.ts';

/** An open position with the quotes that value it; prices in 1e-8 of a point, rates in 1e-8. */
export interface Leg {
  /** Signed contracts. */
  readonly quantity: number;
  readonly averageE8: number;
  readonly bidE8: number;
  readonly askE8: number;
  /** Currency of the quote per point of one contract, in whole units. */
  readonly pointValue: number;
  /** The account's currency for one unit of the quote's; null when they are the same. */
  readonly fx: { readonly bidE8: number; readonly askE8: number } | null;
}

const E8 = 100_000_000n;
const TEN_THOUSANDTHS = 10_000n;

/**
 * The open result at the side at which it could be closed: the bid for longs, the ask for shorts. A profit in a
 * foreign currency is worth the rate's bid, a loss costs its ask. Rounded down to the ten-thousandth.
 */
export function openInAccount(legs: readonly Leg[]): Money {
  return money(legs.reduce((sum, leg) => sum + Number(openOfLeg(leg)), 0));
}

function openOfLeg({ quantity, averageE8, bidE8, askE8, pointValue, fx }: Leg): bigint {
  const exit = quantity > 0 ? bidE8 : askE8;
  const points = BigInt(exit - averageE8) * BigInt(quantity) * BigInt(pointValue);
  const rate = fx === null ? E8 : BigInt(points < 0n ? fx.askE8 : fx.bidE8);
  return floorDiv(points * rate * TEN_THOUSANDTHS, E8 * E8);
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
