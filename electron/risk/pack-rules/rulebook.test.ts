import { describe, expect, it } from 'vitest';
import { contractWeights } from '../../../shared/domain/risk/lots.ts';
import { LOT } from '../../../shared/domain/risk/rule-parts.ts';
import type { Rule, RuleKind } from '../../../shared/domain/risk/rule.ts';
import { shippedPacks } from '../testing/shipped-packs.ts';
import { rulebookOf, type PackRulebook } from './rulebook.ts';

const packs = shippedPacks('2026-11-21').flatMap(({ pack }) => (pack === null ? [] : [pack]));
const all = packs.flatMap(({ sources, templates }) =>
  templates.map((template) => ({ sources, template })),
);

function bookOf(id: string, hasDailyLimit = false): PackRulebook {
  const found = all.find(({ template }) => template.id === id);
  if (found === undefined) throw new Error(`There is no template ${id}.`);
  const { rules } = found.template;
  const made = rulebookOf({ ...found, rules, calendarRoot: 'ES', hasDailyLimit });
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

function ruleOf(id: string, path: string, hasDailyLimit = false): Rule | undefined {
  return bookOf(id, hasDailyLimit).book.rules.find((rule) => rule.id === path);
}

const M = 10_000;
const HOUR = 3_600;

describe('the rules an account gets from its template', () => {
  it.each<[string, string, object]>([
    [
      'apex.4_0.intraday.pa.50k',
      'drawdown',
      {
        kind: 'intraday-trailing',
        effect: 'hard',
        start: 50_000 * M,
        amount: 2_000 * M,
        cap: 50_100 * M,
        lockOn: [{ on: 'peak' }],
        peakBasis: 'equity',
        operator: '<=',
      },
    ],
    ['apex.4_0.eod.eval.50k.tradovate', 'drawdown', { kind: 'end-of-day-trailing', cap: null }],
    [
      'apex.4_0.eod.eval.50k.rithmic',
      'drawdown',
      {
        cap: 53_000 * M,
        snapshot: {
          kind: 'deadline',
          deadline: {
            kind: 'wall-time',
            zone: 'America/New_York',
            time: 17 * HOUR - 1,
            earlyLead: 0,
          },
        },
      },
    ],
    [
      'apex.4_0.eod.pa.50k',
      'dailyLoss',
      {
        effect: 'soft',
        reference: 'balance',
        reset: {
          zone: 'America/New_York',
          time: 18 * HOUR,
          days: 'trading',
          skips: ['half-day'],
        },
      },
    ],
    ['apex.legacy.static.eval.100k', 'drawdown', { kind: 'static-floor', floor: 99_375 * M }],
    [
      'apex.legacy.intraday.pa.50k',
      'mae',
      {
        share: 300_000,
        raised: { from: 5_200 * M, share: 500_000 },
        early: { below: 2_600 * M, limit: 750 * M },
      },
    ],
    [
      'topstep.2026.standard.xfa.50k',
      'drawdown',
      { start: 0, cap: 0, lockOn: [{ on: 'peak' }, { on: 'first-payout' }] },
    ],
    [
      'topstep.2026.combine.eval.50k',
      'consistency',
      { formula: { kind: 'raises-target', target: 3_000 * M }, share: 550_000, operator: '<=' },
    ],
    ['topstep.2026.combine.eval.50k', 'contracts', { grace: 10_000 }],
    [
      'elite_trader_funding.2026.one_step.eval.50k',
      'drawdown',
      { lockOn: [{ on: 'realized', profit: 2_100 * M }] },
    ],
    [
      'elite_trader_funding.2026.one_step.elite.150k',
      'growthGuard',
      { limit: { kind: 'share-of-profit', share: 350_000, from: 30_000 * M }, operator: '<' },
    ],
    [
      'ftmo.2026.two_step.challenge.100k',
      'dailyLoss',
      {
        limit: { kind: 'fixed', amount: 5_000 * M },
        operator: '<',
        reset: { zone: 'Europe/Prague', time: 0, days: 'calendar', skips: [] },
      },
    ],
    [
      'ftmo.2026.one_step.challenge.100k',
      'drawdown',
      {
        kind: 'end-of-day-trailing',
        amount: 10_000 * M,
        snapshot: { kind: 'daily', clock: { zone: 'Europe/Prague', time: 0, days: 'calendar' } },
      },
    ],
    [
      'the5ers.classic.high_stakes.step_1.50k',
      'dailyLoss',
      {
        reference: 'higher-of-balance-and-equity',
        limit: { kind: 'share-of-reference', share: 50_000 },
        reset: { zone: 'America/New_York', time: 17 * HOUR, days: 'calendar' },
      },
    ],
    [
      'the5ers.classic.high_stakes.step_1.50k',
      'days.toPass',
      { predicate: { kind: 'closed-profit', amount: 250 * M }, required: 3 },
    ],
    [
      'topstep.2026.combine.eval.50k',
      'session.flatBy',
      { effect: 'soft', deadline: { time: 15 * HOUR + 600, earlyLead: 900 } },
    ],
    ['apex.4_0.eod.pa.50k', 'session.flatBy', { effect: 'hard', deadline: { earlyLead: 60 } }],
    [
      'take_profit_trader.2026.standard.pro.50k',
      'news',
      { before: 60_000, after: 60_000, demands: 'flat' },
    ],
  ])('%s: %s', (id, path, expected) => {
    expect(ruleOf(id, path)).toMatchObject(expected);
  });

  it('a profit past a threshold begins a ten-thousandth above it', () => {
    const cap = ruleOf('bulenox.2026.option_2.master.50k', 'contracts');
    expect(cap).toMatchObject({
      limit: {
        kind: 'tiered',
        tiers: {
          operator: '>=',
          steps: [
            { profit: 0, value: 2 * LOT },
            { profit: 1_500 * M + 1, value: 4 * LOT },
            { profit: 4_000 * M + 1, value: 7 * LOT },
          ],
        },
      },
    });
  });

  it('micros weigh a tenth, but what the firm names weighs what it says', () => {
    expect(ruleOf('topstep.2026.combine.eval.50k', 'contracts')).toMatchObject({
      weights: { byRoot: { MES: LOT / 10, SIL: LOT / 5, MBT: LOT, MET: LOT } },
    });
  });

  it('a limit that is optional exists only for those who have it', () => {
    const id = 'topstep.2026.combine.eval.50k';
    expect(ruleOf(id, 'dailyLoss')).toBeUndefined();
    expect(ruleOf(id, 'dailyLoss', true)).toMatchObject({
      limit: { kind: 'fixed', amount: 1_000 * M },
    });
  });

  it('each rule carries the source, day and confidence of its own value', () => {
    expect(ruleOf('apex.legacy.intraday.pa.50k', 'drawdown')?.source).toEqual({
      name: 'https://apextraderfunding.com/help-center',
      checkedOn: '2026-09-19',
      confidence: 'high',
    });
    expect(ruleOf('tradeday.2026.quick_pay_eod.eval.50k', 'consistency')?.source).toMatchObject({
      checkedOn: '2026-08-04',
      confidence: 'medium',
    });
  });

  it.each([
    ['my_funded_futures.2026.builder_large.sim.100k', null],
    ['custom.own.any.any.any', null],
    ['topstep.2026.live.live.50k', null],
    ['my_funded_futures.2026.builder_large.eval.100k', 'drawdown'],
    ['elite_trader_funding.2026.diamond_hands.eval.25k', 'dailyLoss.amount'],
    ['tradeday.2026.quick_pay_eod.eval.25k', 'contracts.minis'],
  ])('what the pack does not know is a gap and not a leave: %s', (id, path) => {
    const found = all.find(({ template }) => template.id === id);
    expect(found).toBeDefined();
    if (found === undefined) return;
    const { rules } = found.template;
    const made = rulebookOf({ ...found, rules, calendarRoot: 'ES', hasDailyLimit: false });
    if (!made.ok) expect([made.error.code, path]).toEqual(['START_UNKNOWN', null]);
    else expect(made.value.gaps).toContainEqual(expect.objectContaining({ kind: 'unknown', path }));
  });

  it('what is not known of a payout does not make the account itself unknown', () => {
    const { gaps } = bookOf('apex.4_0.intraday.pa.100k');
    expect(gaps).toContainEqual(expect.objectContaining({ kind: 'unknown-goal', path: 'payout' }));
    expect(gaps.filter(({ kind }) => kind === 'unknown')).toEqual([]);
  });

  it.each([
    ['topstep.2026.standard.xfa.50k', { share: 500_000, unknown: ['maxCount'] }],
    ['topstep.2026.consistency.xfa.50k', { share: null, unknown: ['share', 'maxCount'] }],
    ['apex.4_0.eod.pa.50k', { share: null, unknown: [] }],
  ])('a payout takes no more than its share, and tells what nobody knows: %s', (id, expected) => {
    const { book, gaps } = bookOf(id);
    expect(book.rules.find((rule) => rule.id === 'payout')).toMatchObject(expected);
    const told = gaps.filter(({ path }) => path.startsWith('payout.')).map(({ kind }) => kind);
    expect(told).toEqual(expected.unknown.map(() => 'unknown-goal'));
  });

  it.each([
    ['apex.4_0.eod.pa.50k', 'hard', false],
    ['topstep.2026.standard.xfa.50k', 'soft', false],
    ['earn2trade.2026.tcp.eval.50k', 'hard', true],
  ])(
    'a missed deadline costs the account unless the firm says otherwise: %s',
    (id, effect, isTaken) => {
      const { book, gaps } = bookOf(id);
      expect(book.rules.find((rule) => rule.id === 'session.flatBy')?.effect).toBe(effect);
      const isAssumed = gaps.some(
        ({ kind, path }) => kind === 'assumed' && path === 'session.atFlatBy',
      );
      expect(isAssumed).toBe(isTaken);
    },
  );

  it('counts the same roots as micros as every other reader of contracts', () => {
    const cap = ruleOf('topstep.2026.combine.eval.50k', 'contracts');
    const shared = contractWeights(10, {}).byRoot;
    expect(Object.keys(shared)).toEqual(expect.arrayContaining(['M6J', 'MCD', 'MJY', 'MSF']));
    expect(cap?.kind === 'contract-cap' && Object.keys(cap.weights.byRoot)).toEqual(
      expect.arrayContaining(Object.keys(shared)),
    );
  });

  it('every template with a start has a floor, or says why not', () => {
    const floors: readonly RuleKind[] = [
      'intraday-trailing',
      'end-of-day-trailing',
      'static-floor',
    ];
    for (const { template, sources } of all) {
      const { rules } = template;
      const made = rulebookOf({
        template,
        sources,
        rules,
        calendarRoot: 'ES',
        hasDailyLimit: true,
      });
      if (!made.ok) continue;
      const { book, gaps } = made.value;
      const hasFloor = book.rules.some(({ kind }) => floors.includes(kind));
      const isTold = gaps.some(
        ({ kind, path }) => kind === 'unknown' && path.startsWith('drawdown'),
      );
      expect([template.id, hasFloor !== isTold]).toEqual([template.id, true]);
      expect(new Set(book.rules.map(({ id }) => id)).size).toBe(book.rules.length);
    }
  });
});
