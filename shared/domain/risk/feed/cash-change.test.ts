import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs, MonoMs } from '../../../kernel/clock.ts';
import { money } from '../../money/money.ts';
import {
  NO_CASH,
  watchCash,
  type CashChange,
  type CashCourse,
  type CashSight,
  type CashTerms,
} from './cash-change.ts';

const TERMS: CashTerms = { start: money(500_000_000), hasPayouts: true, isFailed: false };

const FLAT: CashSight = {
  cash: money(520_000_000),
  equity: money(520_000_000),
  result: money(0),
  realized: null,
  contracts: 0,
  isFlat: true,
  isBooked: true,
  executedAt: null,
  reportedAt: 1_000 as EpochMs,
  completeAt: null,
};

function dollars(units: number) {
  return money(Math.round(units * 10_000));
}

function seen(cash: number, over: Partial<CashSight> = {}): CashSight {
  return { ...FLAT, cash: dollars(cash), equity: dollars(cash), ...over };
}

/** Plays sights at their times; answers with what was figured last and every change. */
function play(steps: readonly (readonly [number, CashSight])[], terms = TERMS) {
  let course: CashCourse = NO_CASH;
  const changes: CashChange[] = [];
  let figures = 'clear';
  for (const [at, sight] of steps) {
    const view = watchCash(course, sight, terms, at as MonoMs);
    course = view.course;
    figures = view.figures;
    if (view.change !== null) changes.push(view.change);
  }
  return { course, changes, figures };
}

const COMPLETE = { completeAt: 20_000 as MonoMs };

interface Case {
  readonly cash: number;
  readonly kind: CashChange['kind'];
  readonly amount: number;
  readonly over?: Partial<CashSight>;
  readonly terms?: CashTerms;
}

describe('cash without a trade', () => {
  const evaluation = { ...TERMS, hasPayouts: false };
  const cases: Record<string, Case> = {
    'a payout': { cash: 50_500, kind: 'payout', amount: -1_500 },
    'a deposit': { cash: 53_000, kind: 'adjustment', amount: 1_000 },
    'a booking of an evaluation': {
      ...{ cash: 51_000, kind: 'adjustment', amount: -1_000, terms: evaluation },
    },
    'asked for at the start of a failed account': {
      ...{ cash: 50_000, kind: 'asked', amount: -2_000, terms: { ...TERMS, isFailed: true } },
    },
    'asked for at the start of an evaluation': {
      ...{ cash: 50_000, kind: 'asked', amount: -2_000, terms: evaluation },
    },
    'a loss where the broker calls it realized': {
      ...{ cash: 50_500, kind: 'unclear', amount: -1_500, over: { realized: dollars(-1_500) } },
    },
    'a loss where the fills do not come to flat': {
      ...{ cash: 50_500, kind: 'unclear', amount: -1_500, over: { isBooked: false } },
    },
  };

  it.each(Object.entries(cases))('is %s', (_name, { cash, kind, amount, over, terms }) => {
    const { changes } = play(
      [
        [0, seen(52_000, { realized: dollars(0) })],
        [5_000, seen(cash, over)],
        [16_000, seen(cash, over)],
        [20_000, seen(cash, { ...over, ...COMPLETE })],
      ],
      terms,
    );
    expect(changes).toEqual([{ kind, amount: dollars(amount), balance: dollars(cash) }]);
  });

  it.each([
    [1_000, 'held'],
    [3_000, 'unknown'],
    [60_000, 'unknown'],
  ])('leaves the figures %i ms later %s', (after, figures) => {
    const steps = [
      [0, seen(52_000)],
      [5_000, seen(50_500)],
      [5_000 + after, seen(50_500)],
    ] as const;
    expect(play(steps)).toMatchObject({ figures, changes: [] });
  });

  it.each([
    ['within fees', 51_850, 0, 'clear'],
    ['beyond fees', 51_849, 0, 'unknown'],
    ['within the fees of what was traded', 51_749, 12, 'clear'],
  ])('is a cost %s', (_name, cash, contracts, figures) => {
    const steps = [
      [0, seen(52_000)],
      [5_000, seen(cash, { contracts })],
      [8_000, seen(cash, { contracts })],
    ] as const;
    expect(play(steps).figures).toBe(figures);
  });

  it('waits while something is open, and is judged when the account is flat', () => {
    const open = play([
      [0, seen(52_000)],
      [5_000, seen(50_500, { isFlat: false })],
      [60_000, seen(50_500, { isFlat: false })],
    ]);
    expect(open).toMatchObject({ figures: 'clear', changes: [] });
    const flat = watchCash(open.course, seen(50_500), TERMS, 61_000 as MonoMs);
    expect(flat.figures).toBe('held');
  });

  it('is not seen in zeros of a lost connection', () => {
    expect(
      play([
        [0, seen(52_000)],
        [5_000, seen(0)],
        [9_000, seen(0)],
      ]),
    ).toMatchObject({
      figures: 'clear',
      changes: [],
    });
  });
});

describe('two figures of a flat account', () => {
  it('are held while one is ahead, and taken when they stay apart', () => {
    const ahead = { ...seen(52_000), equity: dollars(50_500) };
    expect(
      play([
        [0, seen(52_000)],
        [30_000, ahead],
      ]).figures,
    ).toBe('held');
    expect(
      play([
        [0, seen(52_000)],
        [30_000, ahead],
        [33_000, ahead],
      ]).figures,
    ).toBe('clear');
  });
});

describe('trading', () => {
  /** Every message of a history of trades: fills and cash of each trade, shuffled within a second. */
  const trades = fc.array(
    fc.record({
      net: fc.integer({ min: -3_000, max: 3_000 }),
      fillAfter: fc.integer({ min: 0, max: 900 }),
      cashAfter: fc.integer({ min: 0, max: 900 }),
      pause: fc.integer({ min: 0, max: 30_000 }),
    }),
    { maxLength: 12 },
  );

  it('is never taken for cash, whichever of fill and cash comes first', () => {
    fc.assert(
      fc.property(trades, (list) => {
        const messages: { at: number; cash: number; result: number }[] = [];
        let begun = 1_000;
        for (const { net, fillAfter, cashAfter, pause } of list) {
          messages.push({ at: begun + fillAfter, cash: 0, result: net });
          messages.push({ at: begun + cashAfter, cash: net, result: 0 });
          begun += 1_000 + pause;
        }
        messages.sort((a, b) => a.at - b.at);
        let [cash, result] = [200_000, 0];
        const steps: [number, CashSight][] = [[0, seen(cash)]];
        for (const message of messages) {
          cash += message.cash;
          result += message.result;
          const completeAt = message.at as MonoMs;
          steps.push([message.at, seen(cash, { result: dollars(result), completeAt })]);
        }
        expect(play(steps).changes).toEqual([]);
      }),
    );
  });

  it('that explains a change only later takes it back', () => {
    const late = { executedAt: 900 as EpochMs, result: dollars(-1_500), contracts: 2 };
    const { changes, figures } = play([
      [0, seen(52_000)],
      [5_000, seen(50_500)],
      [20_000, seen(50_500, COMPLETE)],
      [25_000, seen(50_500, { ...COMPLETE, ...late })],
    ]);
    expect(changes.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['payout', dollars(-1_500)],
      ['taken-back', dollars(1_500)],
    ]);
    expect(figures).toBe('clear');
  });
});
