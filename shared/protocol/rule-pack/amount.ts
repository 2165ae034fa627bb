import type { Amount } from './values.ts';

/** An amount in units of currency; null when it is none, unknown, or a share of something that is not known ahead. */
export function amountIn(
  amount: Amount | 'none' | 'unknown',
  startBalance: number | 'unknown',
): number | null {
  if (typeof amount === 'number') return amount;
  if (typeof amount === 'string' || amount.of !== 'startBalance') return null;
  return startBalance === 'unknown' ? null : (startBalance * amount.percent) / 100;
}
