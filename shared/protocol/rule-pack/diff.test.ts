import { describe, expect, it } from 'vitest';
import { packWith, smallPack, soundPack } from '../../testing/rule-packs.ts';
import { changeWords, diffPacks } from './diff.ts';
import { valueWords } from './words.ts';

const DAILY = {
  availability: 'always',
  effect: 'soft',
  basis: 'sessionStartBalance',
  amount: 1_000,
  operator: '<=',
  resetsAt: '18:00 America/New_York',
  noResetOn: [],
  endsWhen: 'never',
};
const LOWER = { amount: 2_000, lock: { floor: 50_100, trigger: 52_100, on: ['peak'] } };

function told(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly string[] {
  return diffPacks(soundPack(packWith(before)), soundPack(packWith(after))).map(changeWords);
}

describe('the difference between two editions', () => {
  it('is nothing between equal ones, whatever the order of their keys', () => {
    expect(told({}, {})).toEqual([]);
  });

  it('is told in a sentence per template', () => {
    expect(
      told(
        { drawdown: { lock: 'never' } },
        { drawdown: { ...LOWER, lock: 'never' }, dailyLoss: DAILY },
      ),
    ).toEqual(['Acme 4.0 50K intraday: drawdown 2,500 → 2,000; daily loss limit added 1,000']);
  });

  it.each([
    [{}, { dailyLoss: 'unknown' }, 'daily loss limit none → unknown'],
    [{ dailyLoss: 'unknown' }, { dailyLoss: DAILY }, 'daily loss limit unknown → 1,000'],
    [{ dailyLoss: DAILY }, {}, 'daily loss limit removed'],
    [{}, { contracts: { micros: 60 } }, 'contract cap in micros set to 60'],
    [{ contracts: { micros: 60 } }, {}, 'contract cap in micros 60 dropped'],
    [{}, { profitTarget: 3_250.5 }, 'profit target 3,000 → 3,250.5'],
    [
      {},
      { profitTarget: { percent: 7, of: 'startBalance' } },
      'profit target 3,000 → 7% of the start balance',
    ],
    [
      {},
      { session: { flatBy: '16:50 America/New_York' } },
      'flat by 16:59 America/New_York → 16:50 America/New_York',
    ],
    [
      {},
      { holding: { overnight: true }, session: { flatBy: 'unknown' } },
      'flat by 16:59 America/New_York → unknown; overnight positions no → yes',
    ],
    [{}, { notes: ['new'] }, 'notes changed'],
    [
      {},
      { evidence: { verifiedOn: '2026-11-20', confidence: 'M' } },
      'read 2026-10-20 → 2026-11-20; confidence H → M',
    ],
    [{}, { evidenceFor: { news: { confidence: 'M' } } }, 'evidence of single values changed'],
  ])('puts a change in words: %#', (before, after, phrase) => {
    const [line = ''] = told(before, after);
    expect(line.replace('Acme 4.0 50K intraday: ', '').split('; ').toSorted()).toEqual(
      phrase.split('; ').toSorted(),
    );
  });

  it('names templates that came and went', () => {
    const more = smallPack();
    const [family] = more.families;
    if (family === undefined) throw new Error('The small pack has one family.');
    const other = { ...family, product: 'eod', name: '4.0 {size} end of day' };
    const both = soundPack(JSON.stringify({ ...more, families: [family, other] }));
    const one = soundPack(packWith({}));
    expect(diffPacks(one, both).map(changeWords)).toEqual(['Acme 4.0 50K end of day: added']);
    expect(diffPacks(both, one).map(changeWords)).toEqual(['Acme 4.0 50K end of day: removed']);
  });

  it.each([
    [2_500, '2,500'],
    [1_234_567.25, '1,234,567.25'],
    [-4_500, '−4,500'],
    [999, '999'],
    [true, 'yes'],
    [['peak', 'firstPayout'], 'peak, firstPayout'],
    [
      [
        { from: 0, minis: 2 },
        { above: 1_500, minis: 4 },
      ],
      '0: 2, above 1,500: 4',
    ],
    [[1_500, 'none'], '1,500, none'],
    [{ minutesBefore: 15 }, 'minutesBefore 15'],
    [undefined, 'not given'],
  ])('writes %j as %s', (value, words) => {
    expect(valueWords(value)).toBe(words);
  });
});
