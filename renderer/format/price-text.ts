import { grouped, MINUS } from './money-text.ts';

/** Decimals needed to write every price of the instrument in full (a tick of 0.25 needs 2). */
export function tickDecimals(tickSizeE8: number): number {
  return String(tickSizeE8).padStart(9, '0').slice(-8).replace(/0+$/, '').length;
}

/** Writes a price given in ticks, exactly. */
export function priceText(ticks: number, tickSizeE8: number): string {
  return decimalText(BigInt(ticks) * BigInt(tickSizeE8), 8, tickDecimals(tickSizeE8));
}

/** Writes an average price given in ten-thousandths of a tick, with up to two decimals more than a price. */
export function averageText(ticksE4: number, tickSizeE8: number): string {
  const least = tickDecimals(tickSizeE8);
  const full = decimalText(BigInt(ticksE4) * BigInt(tickSizeE8), 12, least + 2);
  const trimmable = /0{1,2}$/.exec(full)?.[0].length ?? 0;
  const text = trimmable === 0 ? full : full.slice(0, -trimmable);
  return text.endsWith('.') ? text.slice(0, -1) : text;
}

/** Writes a distance given in ten-thousandths of a tick: sign, one decimal where needed, unit. */
export function ticksText(ticksE4: number): string {
  const tenths = Math.floor((Math.abs(ticksE4) + 500) / 1000);
  const sign = tenths === 0 ? '' : ticksE4 < 0 ? MINUS : '+';
  const fraction = tenths % 10 === 0 ? '' : `.${String(tenths % 10)}`;
  const unit = tenths === 10 ? 'tick' : 'ticks';
  return `${sign}${grouped(String(Math.floor(tenths / 10)))}${fraction} ${unit}`;
}

/** Signed contracts: `+2` long, `\u22121` short. */
export function contractsText(quantity: number): string {
  return `${quantity < 0 ? MINUS : '+'}${String(Math.abs(quantity))}`;
}

/** `value` counts units of 10^-scale; the result has `decimals` decimals, halves rounded away from zero. */
function decimalText(value: bigint, scale: number, decimals: number): string {
  const size = value < 0n ? -value : value;
  const divisor = 10n ** BigInt(Math.max(0, scale - decimals));
  const rounded = (size + divisor / 2n) / divisor;
  const digits = rounded.toString().padStart(decimals + 1, '0');
  const units = grouped(digits.slice(0, digits.length - decimals));
  const sign = value < 0n && rounded > 0n ? MINUS : '';
  return decimals === 0 ? `${sign}${units}` : `${sign}${units}.${digits.slice(-decimals)}`;
}
