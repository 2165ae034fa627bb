import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { position, stamp, usd } from '../../../testing/protection-world.ts';
import type { OpenPosition } from './account-reading.ts';
import {
  FIGURE_POLICY,
  figureWakeAt,
  isUsable,
  judgeFigure,
  NO_FIGURE,
  passFigure,
  type FigureTrust,
} from './figure-trust.ts';

interface Heard {
  readonly value: number | null;
  readonly second?: number;
  readonly isIndependent?: boolean;
  readonly isConnected?: boolean;
  readonly positions?: readonly OpenPosition[] | null;
}

function hear(before: FigureTrust, ms: number, heard: Heard): FigureTrust {
  const { value, second, isIndependent = true, isConnected = true, positions = [] } = heard;
  const heardAt = stamp(ms).mono;
  const figure = { value: value === null ? null : usd(value), heardAt };
  const other = second === undefined ? null : { value: usd(second), heardAt, isIndependent };
  const sample = { figure, second: other, isConnected, positions };
  return judgeFigure(before, sample, FIGURE_POLICY, stamp(ms).mono);
}

const pass = (trust: FigureTrust, ms: number) => passFigure(trust, FIGURE_POLICY, stamp(ms).mono);
/** 50,000, believed at 250 ms. */
const GOOD = hear(hear(NO_FIGURE, 0, { value: 50_000 }), 250, { value: 50_000 });
/** One contract of 12.50 a tick that may move 40 ticks: 500, and 50 whatever is open. */
const ONE = [position(1)];

describe('one figure', () => {
  it.each<[string, Heard, string]>([
    ['that moved by fees is trusted', { value: 49_950 }, 'trusted'],
    ['that moved further without a position is suspect', { value: 49_949 }, 'suspect'],
    [
      'that moved as far as what is open may is trusted',
      { value: 49_450, positions: ONE },
      'trusted',
    ],
    ['that moved further than that is suspect', { value: 49_449, positions: ONE }, 'suspect'],
    ['that a second source confirms is confirmed', { value: 48_000, second: 48_005 }, 'confirmed'],
    ['that a second source contradicts is suspect', { value: 48_000, second: 50_000 }, 'suspect'],
    [
      'that rests on the same print twice is suspect',
      { value: 48_000, second: 48_000, isIndependent: false },
      'suspect',
    ],
    ['of zero is suspect', { value: 0 }, 'suspect'],
    ['of zero that is really so is confirmed', { value: 0, second: 0 }, 'confirmed'],
    ['that is not reported is unknown', { value: null }, 'unknown'],
    ['of a lost connection is unknown', { value: 50_000, isConnected: false }, 'unknown'],
  ])('%s', (_name, heard, kind) => {
    expect(hear(GOOD, 300, heard).kind).toBe(kind);
  });

  it('is suspect when it is the first', () => {
    expect(hear(NO_FIGURE, 0, { value: 50_000 })).toMatchObject({
      kind: 'suspect',
      doubt: 'FIRST',
    });
  });
});

describe('a suspect figure', () => {
  const CRASH = hear(GOOD, 300, { value: 48_000 });

  it('is believed when it has stood for 250 ms, and not a moment sooner', () => {
    expect(pass(CRASH, 549).kind).toBe('suspect');
    expect(pass(CRASH, 550)).toMatchObject({ kind: 'confirmed', value: usd(48_000) });
    expect(figureWakeAt(CRASH, FIGURE_POLICY)).toBe(stamp(550).mono);
  });

  it('stands while it moves on the same side', () => {
    const falling = hear(CRASH, 400, { value: 47_000 });
    expect(hear(falling, 550, { value: 46_000 })).toMatchObject({
      kind: 'confirmed',
      value: usd(46_000),
    });
  });

  it('begins anew on the other side', () => {
    expect(pass(hear(CRASH, 400, { value: 52_000 }), 550).kind).toBe('suspect');
  });

  it('is forgotten when the figure comes back', () => {
    expect(hear(CRASH, 500, { value: 50_000 }).kind).toBe('trusted');
  });
});

describe('what is not known', () => {
  it('is a zero that stands, until something else is said', () => {
    const zero = pass(hear(GOOD, 300, { value: 0 }), 550);
    expect(zero).toMatchObject({ kind: 'unknown', why: 'ZERO' });
    expect(hear(zero, 600, { value: 0 })).toBe(zero);
    expect(hear(zero, 700, { value: 50_000 }).kind).toBe('trusted');
  });

  it('is a figure after three seconds of silence', () => {
    expect(isUsable(pass(GOOD, 3_249))).toBe(true);
    expect(pass(GOOD, 3_250)).toMatchObject({ kind: 'unknown', why: 'STALE' });
    expect(figureWakeAt(GOOD, FIGURE_POLICY)).toBe(stamp(3_250).mono);
  });
});

describe('in any stream of figures', () => {
  const step = fc.record({
    after: fc.integer({ min: 1, max: 400 }),
    value: fc.constantFrom(50_000, 49_980, 48_000, 52_000, 0, null),
    second: fc.constantFrom(undefined, 50_000, 48_000),
    isConnected: fc.boolean(),
  });

  it('zero is never acted on without a second source', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let trust = GOOD;
        let ms = 250;
        for (const { after, value, second, isConnected } of steps) {
          ms += after;
          const other = second === undefined ? {} : { second };
          trust = hear(pass(trust, ms), ms, { value, isConnected, ...other });
          expect(isUsable(trust) && trust.value === 0).toBe(false);
        }
      }),
    );
  });

  it('a doubt ends at the moment it said it would, whatever fraction of a millisecond it began at', () => {
    fc.assert(
      fc.property(fc.double({ min: 250, max: 3_000, noNaN: true }), (ms) => {
        const doubted = hear(GOOD, ms, { value: 48_000 });
        const wakeAt = figureWakeAt(doubted, FIGURE_POLICY);
        expect(wakeAt).not.toBeNull();
        if (wakeAt !== null)
          expect(passFigure(doubted, FIGURE_POLICY, wakeAt).kind).toBe('confirmed');
      }),
    );
  });

  it('a figure that stands is acted on 250 ms after it was first said, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.integer({ min: 5, max: 100 }),
        (steps, every) => {
          let trust = GOOD;
          let ms = 250;
          for (const { after, value, isConnected } of steps) {
            ms += after;
            trust = hear(pass(trust, ms), ms, { value, isConnected });
          }
          const begun = (ms += 1);
          for (; ms < begun + 250; ms += every) trust = hear(trust, ms, { value: 47_000 });
          expect(isUsable(pass(trust, begun + 250))).toBe(true);
        },
      ),
    );
  });
});
