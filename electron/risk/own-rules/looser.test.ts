import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../shared/kernel/clock.ts';
import type { OwnRule } from '../../../shared/domain/risk/own-rule.ts';
import { areLooser, ownRulesAt } from './own-choices.ts';

type Params = OwnRule['params'];

function rule(code: string, params: Params, effect = 'lock', id = 'own.one'): OwnRule {
  return { id, title: 'One', rule: code, effect, params };
}

function hours(...spans: readonly object[]): Params {
  return { zone: 'America/Chicago', spans };
}

const DAY = { from: '08:30', to: '15:00' };

describe('a changed rule', () => {
  it.each<[string, string, Params, Params]>([
    ['a smaller limit of the day', 'DLL', { Lim: '500' }, { Lim: '499.99' }],
    ['a smaller limit of the week', 'PERIOD', ofWeek('900'), ofWeek('800')],
    ['less given back', 'GIVEBACK', { from: '500', share: '0.4' }, { from: '500', share: '0.3' }],
    ['awake earlier', 'GIVEBACK', { from: '500', share: '0.4' }, { from: '400', share: '0.4' }],
    ['a day over earlier', 'PROFITLOCK', { profit: '800' }, { profit: '700' }],
    ['fewer trades', 'TRADES', { max: 5 }, { max: 4 }],
    ['a longer pause', 'STREAK', { max: 3, pause: 15 }, { max: 3, pause: 16 }],
    ['a pause without end', 'STREAK', { max: 3, pause: 15 }, { max: 3 }],
    ['an earlier end', 'HOURS', hours(DAY), hours({ ...DAY, to: '14:59' })],
    ['a span less', 'HOURS', hours(DAY, { from: '18:00', to: '19:00' }), hours(DAY)],
    ['fewer contracts', 'CAP', { cap: '3' }, { cap: '2' }],
    ['a smaller loss', 'BREAKER', breaker('day-loss', '0.02'), breaker('day-loss', '0.01')],
    ['a higher rate', 'BREAKER', breaker('win-rate', '0.3'), breaker('win-rate', '0.4')],
    ['the same in other words', 'DLL', { Lim: '500' }, { Lim: '500.00' }],
  ])('is not looser by %s, and is by its opposite', (name, code, than, next) => {
    const [before, after] = [[rule(code, than)], [rule(code, next)]];
    expect(areLooser(after, before)).toBe(false);
    expect(areLooser(before, after)).toBe(name !== 'the same in other words');
  });

  it.each<[string, OwnRule, OwnRule]>([
    ['another kind', rule('TRADES', { max: 5 }), rule('STREAK', { max: 1 })],
    ['another period', rule('PERIOD', ofWeek('900')), rule('PERIOD', month('800'))],
    ['a milder effect', rule('DLL', { Lim: '500' }, 'soft'), rule('DLL', { Lim: '500' }, 'lock')],
    ['only a warning', rule('CAP', { cap: '3' }, 'refuse'), rule('CAP', { cap: '2' }, 'warn')],
    ['without what is open', rule('DLL', open('500', true)), rule('DLL', open('400', false))],
    ['another clock', rule('DLL', { Lim: '500' }), rule('DLL', { Lim: '400', reset: MIDNIGHT })],
    [
      'another zone',
      rule('HOURS', hours(DAY)),
      rule('HOURS', { ...hours(DAY), zone: 'America/New_York' }),
    ],
    ['a day more', rule('HOURS', hours(DAY)), rule('HOURS', hours({ ...DAY, weekdays: [0, 1] }))],
    [
      'over midnight',
      rule('HOURS', hours(DAY)),
      rule('HOURS', hours({ from: '14:00', to: '09:00' })),
    ],
    ['a share for an amount', rule('DLL', { Lim: '500' }), rule('DLL', { share: '0.001' })],
    ['a window of trades', rule('BREAKER', breaker('win-rate', '0.3')), rule('BREAKER', longer)],
    ['nothing', rule('TRADES', { max: 5 }), rule('TRADES', { max: 5 }, 'lock', 'own.other')],
  ])('is looser by %s', (_name, than, next) => {
    expect(areLooser([next], [than])).toBe(true);
  });
});

const MIDNIGHT = '00:00 Europe/Prague daily';
const longer = {
  measure: { kind: 'win-rate', share: '0.3', sample: 10, window: 30 },
};

function ofWeek(Lim: string): Params {
  return { Lim, period: 'week' };
}

function month(Lim: string): Params {
  return { Lim, period: 'month' };
}

function open(Lim: string, includesOpen: boolean): Params {
  return { Lim, includesOpen };
}

function breaker(kind: string, share: string): Params {
  const isRate = kind === 'win-rate';
  return { measure: { kind, share, ...(isRate && { sample: 10, window: 20 }) } };
}

describe('the rules in force', () => {
  const at = (from: number, ...rules: readonly OwnRule[]) => ({
    ...{ from: from as EpochMs, rules, reason: 'plan' },
  });
  const day = (Lim: string, id = 'own.day') => rule('DLL', { Lim }, 'lock', id);
  const limits = (now: number, ...choices: readonly ReturnType<typeof at>[]) =>
    ownRulesAt(choices, now as EpochMs).map(({ id, params }) => `${id} ${String(params['Lim'])}`);

  it('are none before the first choice', () => {
    expect(limits(100)).toEqual([]);
  });

  it('are stricter from their record on, also under a clock that was set back', () => {
    expect(limits(50, at(10, day('500')), at(100, day('400')))).toEqual(['own.day 400']);
  });

  it('are looser from their time on', () => {
    const choices = [at(10, day('500')), at(100, day('900'))];
    expect(limits(99, ...choices)).toEqual(['own.day 500']);
    expect(limits(100, ...choices)).toEqual(['own.day 900']);
    expect(limits(100, ...choices, at(200))).toEqual(['own.day 900']);
    expect(limits(200, ...choices, at(200))).toEqual([]);
  });

  it('are never looser by a choice whose time has not come', () => {
    const one = fc.record({
      id: fc.constantFrom('own.a', 'own.b', 'own.c'),
      max: fc.integer({ min: 1, max: 4 }),
      effect: fc.constantFrom('warn', 'lock', 'soft'),
    });
    const set = fc
      .uniqueArray(one, { selector: ({ id }) => id })
      .map((made) => made.map(({ id, max, effect }) => rule('TRADES', { max }, effect, id)));
    const choice = fc.tuple(fc.nat(100), set).map(([from, made]) => at(from, ...made));
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 5 }), choice, fc.nat(100), (known, more, now) => {
        fc.pre(more.from > now);
        const before = ownRulesAt(known, now as EpochMs);
        expect(areLooser(ownRulesAt([...known, more], now as EpochMs), before)).toBe(false);
      }),
    );
  });

  it('take from a waiting choice what of it is stricter', () => {
    const mixed = at(100, day('900'), day('300', 'own.more'), day('50', 'own.new'));
    const before = at(10, day('500'), day('400', 'own.more'), day('1', 'own.gone'));
    expect(limits(50, before, mixed)).toEqual([
      'own.day 500',
      'own.more 300',
      'own.gone 1',
      'own.new 50',
    ]);
    expect(limits(100, before, mixed)).toEqual(['own.day 900', 'own.more 300', 'own.new 50']);
  });
});
