import type { LedgerFill } from './platform.ts';

/** Ten-thousandths of the currency, as the desk counts. */
const SCALE = 10_000;

/**
 * Realized P&L after commissions: what was sold minus what was bought, from the broker's fills alone and with none of
 * the app's own arithmetic. Holds for a flat account, where it does not matter which fill closed which.
 * @param pointValue what one point of one contract is worth
 */
export function netRealized(fills: readonly LedgerFill[], pointValue: number): number {
  let cashPoints = 0;
  let cost = 0;
  for (const { side, quantity, price, commission } of fills) {
    cashPoints += side === 'sell' ? price * quantity : -price * quantity;
    cost += commission;
  }
  return Math.round(cashPoints * pointValue * SCALE) - Math.round(cost * SCALE);
}
