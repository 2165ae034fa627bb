import { dayNumber, weekdayOf } from '../session/civil-day.ts';
import { ZERO_MONEY, type Money } from '../money/money.ts';
import type { AccountBook } from './book.ts';
import { keyOf, resetClock } from './calendar.ts';
import { startRules } from './engine.ts';
import { minus } from './exact.ts';
import type { Beginning } from './kinds/module.ts';
import { followRule } from './modules.ts';
import type { RuleState } from './rule-state.ts';
import type { PeriodLossRule, Rule, Rulebook } from './rule.ts';

/**
 * The state of a rule of the trader's own that joins an account while it is judged. It knows of the running day, week
 * and month what the book knows; peaks count from now on.
 */
export function joinedRule(rulebook: Rulebook, rule: Rule, book: AccountBook): RuleState | null {
  const reference = referenceOf(rulebook, rule, book);
  const { equity } = book.figures;
  const beginning: Beginning = {
    isFresh: false,
    isDayWhole: book.today.reference !== null,
    references: reference === null ? {} : { [rule.id]: reference },
    peaks: equity === null ? {} : { [rule.id]: equity },
  };
  const [started] = startRules({ ...rulebook, rules: [rule] }, beginning, book);
  return started === undefined ? null : { ...started, memory: withTrades(rule, started, book) };
}

/** The state of a rule whose figures were changed: what it has counted and locked stays. */
export function changedRule(
  rulebook: Rulebook,
  { next, before }: { readonly next: Rule; readonly before: Rule },
  state: RuleState,
  book: AccountBook,
): RuleState | null {
  const joined = joinedRule(rulebook, next, book);
  if (joined === null || shapeOf(next) !== shapeOf(before)) {
    return joined === null ? null : { ...joined, lock: state.lock };
  }
  if (next.kind !== 'daily-loss' && next.kind !== 'contract-cap') return state;
  // These remember their limit, which is another one now; what the day is counted from is not.
  const reference = state.memory !== null && 'reference' in state.memory ? state.memory : null;
  const known = reference?.reference ?? null;
  const references = known === null ? {} : { [next.id]: known };
  const beginning: Beginning = { isFresh: false, references, peaks: {} };
  const [renewed] = startRules({ ...rulebook, rules: [next] }, beginning, book);
  return renewed === undefined ? null : { ...state, memory: renewed.memory };
}

/** What a memory belongs to: another clock or measure has another one. */
function shapeOf(rule: Rule): string {
  const measure = rule.kind === 'circuit-breaker' ? rule.measure.kind : '';
  return JSON.stringify([rule.kind, measure, 'reset' in rule ? rule.reset : null]);
}

function referenceOf({ roll }: Rulebook, rule: Rule, book: AccountBook): Money | null {
  if (rule.kind === 'period-loss') return roll.days === 'trading' ? ofPeriod(rule, book) : null;
  const isOfRoll = keyOf(resetClock(rule, roll)) === keyOf({ role: 'day', clock: roll });
  return isOfRoll ? book.today.reference : null;
}

/** The balance at the beginning of the week or month: what the days since have made is taken back. */
function ofPeriod({ reset }: PeriodLossRule, book: AccountBook): Money | null {
  const { today, days, isHistoryKnown } = book;
  const number = dayNumber(today.day);
  if (!number.ok || today.reference === null) return null;
  const since = number.value - ((weekdayOf(number.value) + 6) % 7);
  const isWithin = (day: string): boolean => {
    if (reset.period === 'month') return day.slice(0, 7) >= today.day.slice(0, 7);
    const other = dayNumber(day);
    return !other.ok || other.value >= since;
  };
  const isWhole = isHistoryKnown || days.some(({ day }) => !isWithin(day));
  if (!isWhole) return null;
  return days
    .filter(({ day }) => isWithin(day))
    .reduce<Money | null>(
      (from, { net }) => (from === null || net === null ? null : minus(from, net)),
      today.reference,
    );
}

/** Trades of the day that were closed before. */
function withTrades(rule: Rule, { memory }: RuleState, book: AccountBook): RuleState['memory'] {
  if (rule.kind !== 'trade-count' && rule.kind !== 'loss-streak') return memory;
  const { trades, today, at } = book;
  return trades.slice(Math.max(0, trades.length - today.trades)).reduce((known, gross) => {
    const event = { kind: 'trade', at, gross, fees: ZERO_MONEY, balance: null } as const;
    return followRule(rule, known, book, event);
  }, memory);
}
