import { priceDecimals, priceFromTicks } from '../../../shared/domain/instrument/instrument.ts';
import type { GuardLimits } from '../../../shared/domain/guard/limits.ts';
import type { Instrument } from '../../../shared/domain/instrument/instrument.ts';

/** An amount of ten-thousandths as people write it, for sentences only: `-1,250.50`. */
export function moneyText(tenThousandths: number): string {
  const cents = Math.round(Math.abs(tenThousandths) / 100);
  const units = grouped(String(Math.floor(cents / 100)));
  const sign = tenThousandths < 0 && cents > 0 ? '-' : '';
  return `${sign}${units}.${String(cents % 100).padStart(2, '0')}`;
}

/** The same with its currency, as the window writes it: `−$1,250.50`, `1,250.50 EUR`. */
export function currencyText(tenThousandths: number, currency: string): string {
  const text = moneyText(Math.abs(tenThousandths));
  const sign = moneyText(tenThousandths).startsWith('-') ? '\u2212' : '';
  return currency === 'USD' ? `${sign}$${text}` : `${sign}${text} ${currency}`;
}

/** Limits of the guard in a few words, its times in UTC. */
export function guardText(limits: GuardLimits): string {
  const { entriesLocked, lockedUntil, reason, maxContracts, hardFloor, flattenAtFloor } = limits;
  const end = lockedUntil === null ? 'until cleared' : `until ${utcText(lockedUntil)}`;
  const why = reason === '' ? '' : ` (${reason})`;
  const parts = [
    ...(entriesLocked ? [`entries locked ${end}${why}`] : []),
    ...(maxContracts === null ? [] : [`at most ${maxContracts} contracts`]),
    ...(hardFloor === null ? [] : [`floor ${moneyText(hardFloor)}`]),
    ...(hardFloor !== null && flattenAtFloor ? ['flatten at the floor'] : []),
  ];
  return parts.join(', ');
}

function utcText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
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
