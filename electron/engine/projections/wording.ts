import { priceDecimals, priceFromTicks } from '../../../shared/domain/instrument/instrument.ts';
import type { Instrument } from '../../../shared/domain/instrument/instrument.ts';

/** An amount of ten-thousandths as people write it, for sentences only: `-1,250.50`. */
export function moneyText(tenThousandths: number): string {
  const cents = Math.round(Math.abs(tenThousandths) / 100);
  const units = grouped(String(Math.floor(cents / 100)));
  const sign = tenThousandths < 0 && cents > 0 ? '-' : '';
  return `${sign}${units}.${String(cents % 100).padStart(2, '0')}`;
}

/** A price in the decimals of its instrument; in ticks when its terms are unknown. */
export function priceText(instrument: Instrument | undefined, ticks: number): string {
  if (instrument === undefined) return `${ticks} ticks`;
  const { tickSizeE8 } = instrument;
  const text = priceFromTicks(tickSizeE8, ticks).toFixed(priceDecimals(tickSizeE8));
  const [units = '', decimals] = text.split('.');
  return decimals === undefined ? grouped(units) : `${grouped(units)}.${decimals}`;
}

/** Thousands set apart, as the window does it. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
