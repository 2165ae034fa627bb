import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { riskView, standing } from '../bridge/fake/risk-parts.ts';
import { account, dollars, reported } from '../bridge/fake/view-parts.ts';
import {
  equityPoint,
  LINE_LIMIT,
  withPoint,
  type EquityLine,
  type EquityPoint,
} from './equity-line.ts';

const point = (second: number, equity: number | null): EquityPoint => ({
  at: second * 1_000,
  equity,
  floor: 0,
  peak: null,
  own: null,
});

const lineOf = (points: readonly EquityPoint[]): EquityLine =>
  points.reduce<EquityLine>(withPoint, []);

describe('a point of the equity line', () => {
  it('takes the equity that the rules were judged by, and the levels', () => {
    const risk = riskView(standing({ equity: dollars(51_000) }));
    expect(equityPoint(account('A', { risk }), 1_999)).toEqual({
      at: 1_000,
      equity: dollars(51_000),
      floor: risk.floor,
      peak: risk.peak,
      own: risk.own?.level,
    });
  });

  it('is a gap while the figures are not live', () => {
    const old = account('A', { freshness: 'stale', netLiquidation: reported(1) });
    expect(equityPoint(old, 0).equity).toBeNull();
  });
});

describe('the equity line', () => {
  it('keeps the newest word of a second', () => {
    expect(lineOf([point(1, 5), point(1, 7)])).toEqual([point(1, 7)]);
  });

  it('draws a level with its two ends', () => {
    expect(lineOf([point(1, 5), point(2, 5), point(3, 5), point(4, 6)])).toEqual([
      point(1, 5),
      point(3, 5),
      point(4, 6),
    ]);
  });

  it('gives up what lies after a clock that was set back', () => {
    expect(lineOf([point(5, 1), point(9, 2), point(6, 3)])).toEqual([point(5, 1), point(6, 3)]);
  });

  it('stays in order and bounded, and never loses its lowest point', () => {
    const moves = fc.array(fc.integer({ min: -50, max: 50 }), {
      minLength: LINE_LIMIT,
      maxLength: 4 * LINE_LIMIT,
    });
    fc.assert(
      fc.property(moves, (steps) => {
        let equity = 0;
        const line = lineOf(steps.map((step, second) => point(second, (equity += step))));
        const times = line.map(({ at }) => at);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(line.length).toBeLessThanOrEqual(LINE_LIMIT);
        let level = 0;
        const lowest = Math.min(...steps.map((step) => (level += step)));
        expect(Math.min(...line.map((one) => one.equity ?? 0))).toBe(lowest);
      }),
      { numRuns: 20 },
    );
  });
});
