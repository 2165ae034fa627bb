import type { Brand } from '../../kernel/brand.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

/** An amount in integer ten-thousandths of the account's currency (12.50 USD = 125000). */
export type Money = Brand<number, 'Money'>;

export type MoneyError = { readonly code: 'NOT_FINITE' | 'OUT_OF_RANGE' };

/** Ten-thousandths in one unit of currency. */
export const MONEY_SCALE = 10_000;

export const ZERO_MONEY = 0 as Money;

/** Asserts that an integer count of ten-thousandths is one; a fraction here is a bug, not an input. */
export function money(tenThousandths: number): Money {
  if (!Number.isSafeInteger(tenThousandths)) {
    throw new RangeError(`Not an integer amount of ten-thousandths: ${tenThousandths}`);
  }
  // Adding 0 turns -0 into 0, which would otherwise reach the screen as a loss of nothing.
  return (tenThousandths + 0) as Money;
}

/** Converts a decimal amount in units of currency, rounding halves away from zero to the ten-thousandth. */
export function moneyFromDecimal(units: number): Result<Money, MoneyError> {
  if (!Number.isFinite(units)) return err({ code: 'NOT_FINITE' });
  const scaled = Math.sign(units) * Math.round(Math.abs(units) * MONEY_SCALE);
  return Number.isSafeInteger(scaled) ? ok(money(scaled)) : err({ code: 'OUT_OF_RANGE' });
}

/** Adds amounts of one currency. */
export function addMoney(...amounts: readonly Money[]): Money {
  return money(amounts.reduce((sum, amount) => sum + amount, 0));
}
