import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MonoMs } from '../../../kernel/clock.ts';
import { money } from '../../money/money.ts';
import { rangeOf, spanWith, type PriceSpan } from './price-span.ts';

const WHILE_MS = 500;
const at = (ms: number): MonoMs => ms as MonoMs;

/** Plays open results at their times; the first is in force from the beginning. */
function play(prices: readonly (readonly [number, number])[]): PriceSpan | null {
  let span: PriceSpan | null = null;
  let from = prices[0]?.[1] ?? 0;
  for (const [ms, to] of prices) {
    span = spanWith(span, { from: money(from), to: money(to) }, WHILE_MS, at(ms));
    from = to;
  }
  return span;
}

describe('where prices have been', () => {
  it.each<[string, readonly (readonly [number, number])[], number, [number, number]]>([
    ['is where they are without any before', [[0, 5]], 0, [5, 5]],
    [
      'is all of the last while',
      [
        [0, 5],
        [100, 9],
        [300, 2],
      ],
      400,
      [2, 9],
    ],
    [
      'is the while before it, too',
      [
        [0, 5],
        [100, 9],
        [600, 2],
      ],
      700,
      [2, 9],
    ],
    [
      'is not what was long ago',
      [
        [0, 9],
        [100, 2],
        [700, 2],
        [1_300, 3],
      ],
      1_300,
      [2, 3],
    ],
    [
      'is where they are after silence',
      [
        [0, 5],
        [100, 9],
      ],
      1_000,
      [9, 9],
    ],
  ])('%s', (_name, prices, now, [low, high]) => {
    const last = prices.at(-1)?.[1] ?? 0;
    expect(rangeOf(play(prices), money(last), WHILE_MS, at(now))).toEqual({ low, high });
  });

  it('has all that was in force within a while, and nothing that was not within three', () => {
    const step = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: -50, max: 50 }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        let now = 0;
        const prices = steps.map(([after, value]) => [(now += after), value] as const);
        const inForce = (withinMs: number): number[] =>
          prices
            .filter((_, n) => (prices[n + 1]?.[0] ?? now) >= now - withinMs)
            .map(([, value]) => value);
        const last = prices.at(-1)?.[1] ?? 0;
        const { low, high } = rangeOf(play(prices), money(last), WHILE_MS, at(now));
        expect(low).toBeLessThanOrEqual(Math.min(...inForce(WHILE_MS - 1)));
        expect(high).toBeGreaterThanOrEqual(Math.max(...inForce(WHILE_MS - 1)));
        expect(low).toBeGreaterThanOrEqual(Math.min(...inForce(3 * WHILE_MS)));
        expect(high).toBeLessThanOrEqual(Math.max(...inForce(3 * WHILE_MS)));
      }),
    );
  });
});
