/** U+2212: as wide as the plus sign in tabular figures, and read aloud as "minus". */
export const MINUS = '\u2212';

/** Stands where a figure is unknown; the word "not reported" stands beside or behind it. */
export const UNKNOWN = '\u2014';

const SYMBOLS: Readonly<Record<string, string>> = { USD: '$', EUR: '\u20ac', GBP: '\u00a3' };

/** Writes an amount in ten-thousandths with two decimals, halves rounded away from zero. */
export function moneyText(tenThousandths: number, currency: string): string {
  return signed(tenThousandths, currency, '');
}

/** The same with a plus sign before a gain; an amount that rounds to nothing carries no sign. */
export function profitText(tenThousandths: number, currency: string): string {
  return signed(tenThousandths, currency, '+');
}

function signed(tenThousandths: number, currency: string, plus: string): string {
  const cents = Math.floor((Math.abs(tenThousandths) + 50) / 100);
  const sign = cents === 0 ? '' : tenThousandths < 0 ? MINUS : plus;
  const units = grouped(String(Math.floor(cents / 100)));
  const amount = `${units}.${String(cents % 100).padStart(2, '0')}`;
  const symbol = SYMBOLS[currency];
  return symbol === undefined ? `${sign}${amount} ${currency}`.trim() : `${sign}${symbol}${amount}`;
}

/** Puts commas between thousands. */
export function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
