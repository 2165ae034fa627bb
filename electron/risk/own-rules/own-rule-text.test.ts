import { describe, expect, it } from 'vitest';
import { FUTURES_ROLL } from '../written-rules/rule-params.ts';
import { ownRuleOf, readOwnRules } from './own-rule-text.ts';

const TRADES = { id: 'own.trades', title: 'Trades of a day', rule: 'TRADES', params: { max: 5 } };

function answer(...rules: readonly unknown[]): string {
  const read = readOwnRules(rules, FUTURES_ROLL);
  return read.ok ? 'read' : read.error;
}

describe('a list of own rules', () => {
  it.each<[string, object, string]>([
    [
      'an id of a firm',
      { id: 'dailyLoss' },
      'dailyLoss: id: expected an id such as "own.day-loss"',
    ],
    ['no title', { title: ' ' }, 'own.trades: title: '],
    ['a code that is not theirs', { rule: 'INT' }, 'own.trades: rule: expected one of DLL, '],
    ['the name of an object', { rule: 'constructor' }, 'own.trades: rule: '],
    [
      'failing the account',
      { effect: 'hard' },
      'own.trades: effect: expected one of lock, soft, warn.',
    ],
    ['a wrong parameter', { params: { max: 1.5 } }, 'own.trades: params.max: '],
    ['a parameter too many', { params: { max: 5, min: 1 } }, 'own.trades: params: '],
    ['a field too many', { note: 'x' }, 'own.trades: '],
    ['no trade at all', { params: { max: 0 } }, 'own.trades: params.max: expected more than zero.'],
    ['a limit of nothing', { rule: 'DLL', params: { Lim: '0' } }, 'own.trades: params.Lim: '],
    [
      'a limit below nothing',
      { rule: 'PERIOD', params: { Lim: '-5', period: 'week' } },
      'own.trades: params.Lim: ',
    ],
    [
      'hours without a span',
      { rule: 'HOURS', params: { zone: 'America/New_York', spans: [] } },
      'own.trades: params.spans: ',
    ],
    [
      'hours that only warn',
      { rule: 'HOURS', effect: 'warn', params: { zone: 'America/New_York', spans: [] } },
      'own.trades: effect: ',
    ],
    [
      'a limit by profit',
      { rule: 'DLL', params: { profitShare: { share: '0.5', from: '0' } } },
      'own.trades: params: ',
    ],
  ])('with %s is refused by rule and field', (_name, change, words) => {
    const said = answer({ ...TRADES, ...change });
    expect(said.startsWith(words), said).toBe(true);
  });

  it('names a rule without an id by its place, and one that occurs twice', () => {
    expect(answer(TRADES, { title: 'x' })).toMatch(/^rule 2: id: /);
    expect(answer(TRADES, TRADES)).toBe('own.trades: the id occurs twice.');
    expect(readOwnRules({}, FUTURES_ROLL)).toMatchObject({ ok: false });
  });

  it.each([
    ['TRADES', 'lock'],
    ['CAP', 'refuse'],
  ])('takes the usual effect of %s where none is given', (rule, effect) => {
    const params = rule === 'CAP' ? { cap: '2' } : { max: 5 };
    const read = readOwnRules([{ ...TRADES, rule, params }], FUTURES_ROLL);
    expect(read).toMatchObject({ ok: true, value: [{ effect }] });
  });
});

describe('an own rule for the engine', () => {
  const roll = { ...FUTURES_ROLL, time: 0, days: 'calendar' } as const;
  const text = { ...TRADES, effect: 'lock' };

  it('is the trader’s, and its day is the firm’s', () => {
    expect(ownRuleOf(text, roll)).toMatchObject({
      ok: true,
      value: { title: 'Trades of a day', source: { name: 'own' }, reset: roll },
    });
  });

  it('keeps a clock that it names', () => {
    const named = { ...text, params: { max: 5, reset: '18:00 America/New_York' } };
    expect(ownRuleOf(named, roll)).toMatchObject({ ok: true, value: { reset: FUTURES_ROLL } });
  });
});
