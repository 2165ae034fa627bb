import { describe, expect, it } from 'vitest';
import { dollars, freshOpening, head, rulesOf, START_AT } from '../../testing/risk-rules.ts';
import { NEW_YORK } from '../session/zone.ts';
import type { AccountBook } from './book.ts';
import { openAccount, verdictsOf, type RiskState } from './engine.ts';
import type { ClosedDay } from './event.ts';
import { changedRule, joinedRule } from './joined-rule.ts';
import type { RuleState } from './rule-state.ts';
import type { PeriodLossRule, Rule } from './rule.ts';
import type { Verdict } from './verdict.ts';

const ROLL = rulesOf([]).rulebook.roll;

/** A Thursday that began with 50,000 and stands at 50,400, after so many trades. */
function bookOf(change: Partial<AccountBook> = {}): AccountBook {
  const { book } = openAccount(rulesOf([]), { ...freshOpening, balance: dollars(50_400) });
  const today = { ...book.today, day: '2026-11-19', reference: dollars(50_000) };
  return { ...book, today, ...change };
}

function closed(day: string, net: number | null): ClosedDay {
  const made = net === null ? null : dollars(net);
  return { day, kind: 'full', net: made, closed: dollars(0), fills: 0, opened: 0 };
}

function judged(rule: Rule, book: AccountBook, state: RuleState | null): Verdict | undefined {
  if (state === null) throw new Error('no state');
  const rules = rulesOf([rule]);
  const core = { book, rules: [state], runs: [] };
  const whole: RiskState = { ...core, before: core, instant: [] };
  return verdictsOf(rules, whole)[0];
}

function joined(rule: Rule, book: AccountBook): Verdict | undefined {
  return judged(rule, book, joinedRule(rulesOf([rule]).rulebook, rule, book));
}

function period(kind: 'week' | 'month'): PeriodLossRule {
  const reset = { period: kind, zone: NEW_YORK, time: 18 * 3_600 };
  return {
    ...head('own.period', 'lock'),
    ...{ kind: 'period-loss', limit: dollars(1_000), includesOpen: true, operator: '<=', reset },
  };
}

const day: Rule = {
  ...head('own.day', 'lock'),
  ...{ kind: 'daily-loss', start: dollars(0), reference: 'balance', includesOpen: true },
  ...{ limit: { kind: 'fixed', amount: dollars(500) }, reset: ROLL, operator: '<=' },
};

describe('a rule that joins in the middle of a day', () => {
  it('counts the result of the day from its beginning', () => {
    expect(joined(day, bookOf())).toMatchObject({ severity: 'ok', left: dollars(900) });
  });

  it('does not know the day of another clock, nor one whose beginning is not known', () => {
    const other = { ...day, reset: { ...ROLL, time: 0 } };
    expect(joined(other, bookOf())?.severity).toBe('unknown');
    const unseen = bookOf();
    const today = { ...unseen.today, reference: null };
    expect(joined(day, { ...unseen, today })?.severity).toBe('unknown');
  });

  it.each([
    [
      'week',
      [closed('2026-11-13', -90), closed('2026-11-17', -200), closed('2026-11-18', -100)],
      1_100,
    ],
    [
      'month',
      [closed('2026-10-30', -90), closed('2026-11-17', -200), closed('2026-11-18', -600)],
      600,
    ],
  ] as const)('counts the days of the %s that are known', (kind, days, left) => {
    expect(joined(period(kind), bookOf({ days }))).toMatchObject({
      severity: 'ok',
      left: dollars(left),
    });
  });

  it.each([
    ['a day of it is not known', { days: [closed('2026-11-13', 0), closed('2026-11-17', null)] }],
    [
      'the desk did not watch from before it',
      { days: [closed('2026-11-17', 10)], isHistoryKnown: false },
    ],
  ])('does not know the week when %s', (_name, change) => {
    expect(joined(period('week'), bookOf(change))?.severity).toBe('unknown');
  });

  it.each([
    ['trade-count', 3],
    ['loss-streak', 2],
  ] as const)('knows the trades of the day: %s', (kind, used) => {
    const book = bookOf({ trades: [-1, -1, 5, -2, -3].map(dollars) });
    const today = { ...book.today, trades: 3 };
    const reset = ROLL;
    const rule: Rule =
      kind === 'trade-count'
        ? { ...head('own.n', 'lock'), kind, max: 9, reset }
        : { ...head('own.n', 'lock'), kind, max: 9, pause: null, reset };
    expect(joined(rule, { ...book, today })).toMatchObject({ used, severity: 'ok' });
    expect(joined(rule, { ...book, today: { ...today, trades: 0 } })).toMatchObject({ used: 0 });
  });

  it('counts a fall from the highest equity from now on', () => {
    const rule: Rule = {
      ...head('own.fall', 'lock'),
      ...{ kind: 'circuit-breaker', pause: null, reset: ROLL },
      measure: { kind: 'drawdown', share: 10_000 as never },
    };
    expect(joined(rule, bookOf())).toMatchObject({ left: dollars(504) });
  });
});

describe('a rule whose figures were changed', () => {
  const lock = { since: START_AT, until: null, isTimed: false, reason: 'broken' } as const;
  const change = (next: Rule, before: Rule, memory: RuleState['memory']) => {
    const state = { memory, lock, failure: null, isWaived: false };
    return changedRule(rulesOf([next]).rulebook, { next, before }, state, bookOf());
  };

  it('has the new limit of the day at once and keeps what the day is counted from, and its lock', () => {
    const memory = { reference: dollars(50_700), limit: dollars(500), level: 0, top: null };
    const next = { ...day, limit: { kind: 'fixed', amount: dollars(400) } } as Rule;
    const state = change(next, day, memory);
    expect(state).toMatchObject({ lock, memory: { reference: dollars(50_700) } });
    expect(judged(next, bookOf(), { ...(state as RuleState), lock: null })?.left).toBe(
      dollars(100),
    );
  });

  it('begins anew with another clock, and keeps its lock', () => {
    const week = { ...period('week') };
    const state = change(period('month'), week, {
      reference: dollars(1),
      limit: null,
      level: 0,
      top: null,
    });
    expect(state).toMatchObject({ lock, memory: { reference: dollars(50_000) } });
  });

  it('remembers what it has counted otherwise', () => {
    const memory = { reference: dollars(50_000), peak: dollars(900) };
    const rule = (from: number): Rule => ({
      ...head('own.back', 'lock'),
      ...{ kind: 'give-back', from: dollars(from), reset: ROLL },
      allowed: { kind: 'amount', amount: dollars(200) },
    });
    expect(change(rule(300), rule(400), memory)?.memory).toEqual(memory);
  });
});
