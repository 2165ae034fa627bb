import type { KeptRisk } from './record.ts';

/** Whether two states remember the same but for the account's figures: peaks, locks, failures, days and trades. */
export function remembersSame(a: KeptRisk, b: KeptRisk): boolean {
  return (
    a.runs.length === b.runs.length &&
    a.book.days.length === b.book.days.length &&
    a.book.today.day === b.book.today.day &&
    a.book.gap === b.book.gap &&
    a.rules.length === b.rules.length &&
    a.rules.every((rule, index) => isSame(rule, b.rules[index]))
  );
}

/** Whether a lock or a failure is another one than before. */
export function latchesSame(a: KeptRisk, b: KeptRisk): boolean {
  return a.rules.every(({ lock, failure }, index) => {
    const other = b.rules[index];
    return isSame(lock, other?.lock) && isSame(failure, other?.failure);
  });
}

/** Plain data compared by what it holds. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [first, second] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  if (first.length !== Object.keys(second).length) return false;
  return first.every(([key, value]) => isSame(value, second[key]));
}
