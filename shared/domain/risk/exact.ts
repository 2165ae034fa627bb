import { money, type Money } from '../money/money.ts';
import { WHOLE, type Share } from './rule-parts.ts';

/** Amounts beyond this (100 million units of currency) are refused, so that no sum of days leaves the safe integers. */
export const MAX_AMOUNT = 1_000_000_000_000;

/** Ten-thousandths in a cent: required totals are told in whole cents. */
export const CENT = 100;

const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * a · b / c, rounded towards minus infinity, without loss on the way; c is above 0. What lies beyond the safe integers
 * becomes the last of them.
 */
export function mulDivFloor(a: number, b: number, c: number): number {
  const product = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  const quotient = product / divisor;
  const floor = product % divisor < 0n ? quotient - 1n : quotient;
  return Number(floor > MOST ? MOST : floor < -MOST ? -MOST : floor);
}

/** a · b / c, rounded towards plus infinity; c is above 0. */
export function mulDivCeil(a: number, b: number, c: number): number {
  return 0 - mulDivFloor(-a, b, c);
}

/** The sign of a · b − c · d. */
export function compareProducts(a: number, b: number, c: number, d: number): number {
  const difference = BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** A share of an amount, rounded down: a limit is never too wide. */
export function shareOf(amount: Money, share: Share): Money {
  return money(mulDivFloor(amount, share, WHOLE));
}

export function plus(a: Money, b: Money): Money {
  return money(a + b);
}

export function minus(a: Money, b: Money): Money {
  return money(a - b);
}

export function higher(a: Money, b: Money): Money {
  return a > b ? a : b;
}

export function lower(a: Money, b: Money): Money {
  return a < b ? a : b;
}
