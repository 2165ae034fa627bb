import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs, MonoMs } from '../../../kernel/clock.ts';
import type { InstrumentName, Ticks } from '../../instrument/instrument.ts';
import type { Quote } from '../../market/quote.ts';
import {
  adverseTicks,
  NO_VOLATILITY,
  quoted,
  VOLATILITY_POLICY,
  type Volatility,
} from './volatility.ts';

/** When, and the bid in ticks; the ask is one above. */
type Print = readonly [number, number];

const PRICE = 6_680;
const MINUTE = 60_000;
/** Enough moves to know, and a beat more. */
const WARM = 121_250;

function quote(bid: number | null, ask: number | null, last: number | null = null): Quote {
  const sizes = { bidSize: 1, askSize: 1, lastSize: 1, quotedAt: 0 as EpochMs };
  const ticks = (price: number | null) => price as Ticks | null;
  const instrument = 'ES 12-26' as InstrumentName;
  return { instrument, bid: ticks(bid), ask: ticks(ask), last: ticks(last), ...sizes };
}

function play(prints: readonly Print[], from: Volatility = NO_VOLATILITY): Volatility {
  return prints.reduce(
    (known, [ms, bid]) => quoted(known, quote(bid, bid + 1), VOLATILITY_POLICY, ms as MonoMs),
    from,
  );
}

function ticksAt(ms: number, known: Volatility): number | null {
  return adverseTicks(known, VOLATILITY_POLICY, ms as MonoMs);
}

/** A market that steps between `PRICE` and so many ticks above it. */
function swinging(swing: number, from: number, until: number, everyMs = 500): readonly Print[] {
  const prints: Print[] = [];
  for (let ms = from, up = false; ms < until; ms += everyMs, up = !up) {
    prints.push([ms, PRICE + (up ? swing : 0)]);
  }
  return prints;
}

const CALM = play(swinging(1, 0, 30 * MINUTE));
const CALM_END = 30 * MINUTE;

describe('the move of a market', () => {
  it('is unknown until two minutes of prices were seen, and begins with what was assumed', () => {
    expect(ticksAt(WARM, play(swinging(1, 0, 120_500)))).toBeNull();
    expect(ticksAt(WARM, play(swinging(1, 0, 120_501)))).toBe(16);
  });

  it('counts a price that stood for a quarter of a second', () => {
    const again = swinging(30, 250, WARM).flatMap(([ms, bid]): Print[] => [
      [ms, bid],
      [ms + 250, bid],
    ]);
    expect(ticksAt(WARM, play(again))).toBe(30);
  });

  it('falls by a tick every fifteen seconds, and never below the floor', () => {
    expect(ticksAt(WARM + 61_000, play(swinging(1, 0, WARM + 61_000)))).toBe(12);
    expect(ticksAt(CALM_END, CALM)).toBe(8);
  });

  it('rises within eight seconds of a market that moves', () => {
    const wild = play(swinging(30, CALM_END, CALM_END + 9_500), CALM);
    expect(ticksAt(CALM_END + 9_500, wild)).toBe(30);
  });

  it('stays up for as long as it takes to fall', () => {
    const wild = play(swinging(30, CALM_END, CALM_END + 20_000), CALM);
    const after = play(swinging(1, CALM_END + 20_000, CALM_END + 40 * MINUTE), wild);
    expect(ticksAt(CALM_END + 9 * MINUTE, wild)).toBeNull();
    expect(ticksAt(CALM_END + 40 * MINUTE, after)).toBe(8);
    const early = play(swinging(1, CALM_END + 20_000, CALM_END + 9 * MINUTE), wild);
    expect(ticksAt(CALM_END + 9 * MINUTE, early)).toBe(30);
  });

  it('is not moved by zeros, negative prices and missing ones', () => {
    for (const [bid, ask, last] of [
      [0, 0, 0],
      [-5, -4, -5],
      [PRICE, 0, 0],
      [null, null, null],
      [PRICE, null, null],
      [null, null, 0],
    ] as const) {
      const now = CALM_END as MonoMs;
      expect(quoted(CALM, quote(bid, ask, last), VOLATILITY_POLICY, now)).toBe(CALM);
    }
  });

  it('goes by the last price where a side is missing', () => {
    let known = NO_VOLATILITY;
    for (const [ms, bid] of swinging(30, 0, WARM)) {
      known = quoted(known, quote(null, bid + 1, bid), VOLATILITY_POLICY, ms as MonoMs);
    }
    expect(ticksAt(WARM, known)).toBe(30);
  });

  it('counts a jump over a short silence, and none over a long one', () => {
    /** A step of 40 ticks after every third second of a silence, up and down. */
    const gaps = (ms: number) =>
      Array.from({ length: 160 }, (_, n): Print => [n * ms, PRICE + (n % 2) * 40]);
    expect(ticksAt(159 * 3_000, play(gaps(3_000)))).toBe(40);
    expect(ticksAt(159 * 11_000, play(gaps(11_000)))).toBe(8);
  });
});

describe('after a silence', () => {
  it('of two minutes nothing is known, until there was enough again', () => {
    expect(ticksAt(CALM_END + 2 * MINUTE - 1_000, CALM)).toBe(8);
    expect(ticksAt(CALM_END + 2 * MINUTE + 1_000, CALM)).toBeNull();
    const begun = CALM_END + 5 * MINUTE;
    const back = (until: number) => play(swinging(1, begun, begun + until), CALM);
    expect(ticksAt(begun + WARM - 2_000, back(WARM - 2_000))).toBeNull();
    expect(ticksAt(begun + WARM, back(WARM))).toBe(16);
  });

  it('a wild market is not forgotten at once', () => {
    const wild = play(swinging(30, 0, WARM));
    expect(ticksAt(WARM + MINUTE, wild)).toBe(30);
    expect(ticksAt(WARM + 2 * MINUTE, wild)).toBe(22);
    const back = play([[WARM + 2 * MINUTE, PRICE]], wild);
    expect(ticksAt(WARM + 2 * MINUTE, back)).toBe(22);
    expect(ticksAt(WARM + 4 * MINUTE, wild)).toBeNull();
    expect(ticksAt(WARM + 4 * MINUTE, play([[WARM + 150_000, PRICE]], wild))).toBeNull();
  });
});

describe('whatever comes', () => {
  const steps = fc.array(
    fc.record({
      after: fc.constantFrom(0, 3, 40, 250, 700, 1_000, 4_000, 11_000, 121_000),
      bid: fc.integer({ min: -50, max: 50 }).map((off) => PRICE + off),
    }),
    { minLength: 300, maxLength: 900 },
  );
  const timed = (drawn: readonly { readonly after: number; readonly bid: number }[]): Print[] => {
    let ms = 0;
    return drawn.map(({ after, bid }): Print => [(ms += after), bid]);
  };
  const RUNS = { numRuns: 30 };

  it('it is at least the floor, within what the market moved, and falls only slowly', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        let known = NO_VOLATILITY;
        let before: { readonly at: number; readonly ticks: number } | null = null;
        for (const [at, bid] of timed(drawn)) {
          known = play([[at, bid]], known);
          const ticks = ticksAt(at, known);
          expect(known.moves.length).toBeLessThanOrEqual(VOLATILITY_POLICY.kept);
          if (ticks === null) {
            before = null;
            continue;
          }
          expect(ticks).toBeGreaterThanOrEqual(VOLATILITY_POLICY.floorTicks);
          expect(ticks).toBeLessThanOrEqual(101);
          if (before !== null) {
            const allowed = (at - before.at) / VOLATILITY_POLICY.fallMs + 1;
            expect(ticks).toBeGreaterThanOrEqual(before.ticks - allowed);
          }
          before = { at, ticks };
        }
      }),
      RUNS,
    );
  });

  it('prices of one instant are taken alike in any order', () => {
    const instant = fc.array(fc.integer({ min: PRICE - 60, max: PRICE + 60 }), { maxLength: 6 });
    fc.assert(
      fc.property(steps, instant, fc.integer(), (drawn, bids, seed) => {
        const before = play(timed(drawn));
        const at = timed(drawn).at(-1)?.[0] ?? 0;
        const shuffled = bids
          .map((bid, index) => ({ bid, key: (Math.imul(index + 1, seed | 1) >>> 0) % 97 }))
          .sort((a, b) => a.key - b.key)
          .map(({ bid }) => bid);
        const told = (list: readonly number[]) =>
          play(
            list.map((bid): Print => [at, bid]),
            before,
          );
        const rest = swinging(3, at + 100, at + 5_000);
        expect(play(rest, told(shuffled))).toEqual(play(rest, told(bids)));
      }),
      RUNS,
    );
  });

  it('three wrong prints that stood for a beat are not believed, a fourth is', () => {
    const market = Array.from({ length: 200 }, (_, n): Print => [n * 1_000, PRICE + (n % 2)]);
    const withWrong = (count: number) => {
      const wrong = Array.from({ length: count }, (_, n): Print => [n * 10_000 + 500, 2 * PRICE]);
      return play([...market, ...wrong].sort(([a], [b]) => a - b));
    };
    expect(ticksAt(199_000, withWrong(3))).toBeLessThanOrEqual(16);
    expect(ticksAt(199_000, withWrong(4))).toBe(PRICE);
  });

  it('three wrong prints are not believed, wherever and however far they are off', () => {
    const wrong = fc.record({ at: fc.integer({ min: 0, max: 15 * MINUTE }), bid: fc.nat(90_000) });
    fc.assert(
      fc.property(fc.array(wrong, { maxLength: 3 }), fc.integer(), (prints, seed) => {
        const market = Array.from({ length: 3_000 }, (_, n): Print => {
          const off = (Math.imul(n + 1, seed | 1) >>> 16) % 12;
          return [n * 300, PRICE + off];
        });
        const told = [...market, ...prints.map(({ at, bid }): Print => [at, bid])];
        told.sort(([a], [b]) => a - b);
        let known = NO_VOLATILITY;
        for (const [at, bid] of told) {
          known = play([[at, bid]], known);
          // Begun with 16 ticks; the market itself never leaves a band of 11.
          expect(ticksAt(at, known) ?? 0).toBeLessThanOrEqual(16);
        }
      }),
      RUNS,
    );
  });

  it('prints that are gone within a beat are not believed, however many there are', () => {
    const spikes = Array.from({ length: 500 }, (_, n): Print => [n * 410 + 10, PRICE + 400]);
    const told = [...swinging(1, 0, 220_000, 50), ...spikes].sort(([a], [b]) => a - b);
    expect(ticksAt(219_000, play(told))).toBeLessThanOrEqual(16);
  });
});
