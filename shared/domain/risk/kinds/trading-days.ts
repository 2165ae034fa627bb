import { money, type Money } from '../../money/money.ts';
import type { ClosedDay } from '../event.ts';
import { compareProducts } from '../exact.ts';
import { WHOLE } from '../rule-parts.ts';
import type { DayPredicate, TradingDaysRule } from '../rule.ts';
import { count } from '../verdict.ts';
import { noMemory, type NoMemory, type RuleModule } from './module.ts';
import { areDaysKnown, daysIn, todayIn } from './window.ts';

/** Counts the days that qualify. The running day counts with what it has closed so far. */
export const tradingDays: RuleModule<TradingDaysRule, NoMemory> = {
  start: noMemory,
  judge(rule, _memory, { book }) {
    const today = todayIn(book, rule.window);
    const days = [...daysIn(book, rule.window), ...(today === null ? [] : [today])];
    const full = rule.halfDays === 'fold' ? folded(days) : days;
    const counted = countDays(rule.predicate, full);
    const shape = { unit: 'count', limit: rule.required, basis: 'days that qualify' } as const;
    if (counted === null) {
      const reason = 'The result of a day is not known.';
      return { ...shape, severity: 'unknown', used: null, left: null, reason, readings: {} };
    }
    const left = Math.max(0, rule.required - counted);
    if (left > 0 && !areDaysKnown(book, rule.window)) {
      const reason = 'The days before the desk watched are not known; more may qualify.';
      const readings = { days: count(counted) };
      return { ...shape, severity: 'unknown', used: counted, left: null, reason, readings };
    }
    return {
      ...shape,
      severity: left === 0 ? 'ok' : 'notice',
      used: counted,
      left,
      reason: left === 0 ? 'Enough days qualify.' : 'More qualifying days are needed.',
      readings: { days: count(counted) },
    };
  },
};

/** A half-day's trading is added to the next full day. */
function folded(days: readonly ClosedDay[]): readonly ClosedDay[] {
  const full: ClosedDay[] = [];
  let carried: ClosedDay | null = null;
  for (const day of days) {
    const whole: ClosedDay = carried === null ? day : joined(carried, day);
    carried = day.kind === 'half' ? whole : null;
    if (day.kind === 'full') full.push(whole);
  }
  return full;
}

function joined(half: ClosedDay, day: ClosedDay): ClosedDay {
  return {
    ...day,
    net: half.net === null || day.net === null ? null : money(half.net + day.net),
    closed: money(half.closed + day.closed),
    fills: half.fills + day.fills,
    opened: half.opened + day.opened,
  };
}

function countDays(predicate: DayPredicate, days: readonly ClosedDay[]): number | null {
  let counted = 0;
  let best = money(0);
  for (const day of days) {
    const qualifies = isCounted(predicate, day, best);
    if (qualifies === null) return null;
    if (!qualifies) continue;
    counted += 1;
    if (day.closed > best) best = day.closed;
  }
  return counted;
}

function isCounted(predicate: DayPredicate, day: ClosedDay, best: Money): boolean | null {
  switch (predicate.kind) {
    case 'any-fill':
      return day.fills > 0;
    case 'trade-opened':
      return day.opened > 0;
    case 'net':
      if (day.net === null) return null;
      return predicate.operator === '>=' ? day.net >= predicate.amount : day.net > predicate.amount;
    case 'closed-profit':
      return day.closed >= predicate.amount;
    case 'share-of-best':
      return (
        day.closed >= predicate.amount &&
        compareProducts(day.closed, WHOLE, best, predicate.share) >= 0
      );
  }
}
