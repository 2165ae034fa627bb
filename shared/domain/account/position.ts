import type { EpochMs } from '../../kernel/clock.ts';
import type { Instrument, InstrumentName, Ticks } from '../instrument/instrument.ts';
import { money, type Money } from '../money/money.ts';
import type { AccountName } from './account.ts';

/** An average price in ten-thousandths of a tick: averages lie between ticks, prices do not. */
export type AverageTicksE4 = number;

export interface Position {
  readonly account: AccountName;
  readonly instrument: InstrumentName;
  /** Signed contracts: positive long, negative short, never zero (a flat position is absent). */
  readonly quantity: number;
  /** The broker's average entry price; null while it was not reported. */
  readonly averageTicksE4: AverageTicksE4 | null;
  readonly updatedAt: EpochMs;
}

/** Open P&L of a position at a mark, from the broker's average price; rounds to the ten-thousandth. */
export function openProfit(
  position: Pick<Position, 'quantity' | 'averageTicksE4'>,
  mark: Ticks,
  instrument: Pick<Instrument, 'tickValue'>,
): Money | null {
  if (position.averageTicksE4 === null) return null;
  const distanceE4 = mark * 10_000 - position.averageTicksE4;
  return money(Math.round((distanceE4 * position.quantity * instrument.tickValue) / 10_000));
}
