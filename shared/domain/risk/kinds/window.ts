import type { Money } from '../../money/money.ts';
import { closedToday, type AccountBook } from '../book.ts';
import type { ClosedDay } from '../event.ts';
import type { DayWindow } from '../rule-parts.ts';

/** The running day as if it closed now; null while it has no trading or lies outside the window. */
export function todayIn(book: AccountBook, window: DayWindow): ClosedDay | null {
  if (window === 'since-payout' && book.windowFrom > book.days.length) return null;
  const { day, kind, closed, fills, opened, trades } = book.today;
  const net = closedToday(book);
  if (net === 0 && fills === 0 && trades === 0) return null;
  return { day, kind, net, closed, fills, opened };
}

/** The finished days that a rule looks at. */
export function daysIn(book: AccountBook, window: DayWindow): readonly ClosedDay[] {
  return window === 'since-start' ? book.days : book.days.slice(book.windowFrom);
}

/** Whether all of those days are known: a payout begins a window that the desk has seen whole. */
export function areDaysKnown(book: AccountBook, window: DayWindow): boolean {
  return book.isHistoryKnown || (window === 'since-payout' && book.payouts > 0);
}

/** The net results of days; null when one of them is not known. */
export function netsOf(days: readonly ClosedDay[]): readonly Money[] | null {
  const nets: Money[] = [];
  for (const { net } of days) {
    if (net === null) return null;
    nets.push(net);
  }
  return nets;
}
