const AMOUNT = /^(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,4}))?$/;

/** An amount that a person typed, in ten-thousandths; null when it is not one. A currency sign before it is allowed. */
export function parsedMoney(text: string): number | null {
  const match = AMOUNT.exec(text.trim().replace(/^[$\u20ac\u00a3]\s?/, ''));
  if (match === null) return null;
  const [, units = '', decimals = ''] = match;
  return Number(units.replaceAll(',', '')) * 10_000 + Number(decimals.padEnd(4, '0'));
}
