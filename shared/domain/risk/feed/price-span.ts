import { hasPassed, type MonoMs } from '../../../kernel/clock.ts';
import { money, type Money } from '../../money/money.ts';

interface Range {
  readonly low: Money;
  readonly high: Money;
}

/** The open results by the prices of a while, and of the while before it: what is older is forgotten. */
export interface PriceSpan extends Range {
  readonly since: MonoMs;
  readonly before: Range | null;
}

/** Takes in a new open result; the one before it was in force until now. A while is `whileMs` long. */
export function spanWith(
  span: PriceSpan | null,
  { from, to }: { readonly from: Money; readonly to: Money },
  whileMs: number,
  now: MonoMs,
): PriceSpan {
  const low = money(Math.min(from, to));
  const high = money(Math.max(from, to));
  if (span === null || hasPassed(span.since, 2 * whileMs, now)) {
    return { since: now, low, high, before: null };
  }
  if (hasPassed(span.since, whileMs, now)) {
    return { since: now, low, high, before: { low: span.low, high: span.high } };
  }
  return { ...span, low: money(Math.min(low, span.low)), high: money(Math.max(high, span.high)) };
}

/** Where open results have been within the last while, and at most within the last three. */
export function rangeOf(
  span: PriceSpan | null,
  open: Money,
  whileMs: number,
  now: MonoMs,
): { readonly low: number; readonly high: number } {
  if (span === null || hasPassed(span.since, 2 * whileMs, now)) return { low: open, high: open };
  const before = hasPassed(span.since, whileMs, now) ? null : span.before;
  return {
    low: Math.min(open, span.low, before?.low ?? open),
    high: Math.max(open, span.high, before?.high ?? open),
  };
}
