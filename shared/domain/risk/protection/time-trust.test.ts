import { describe, expect, it } from 'vitest';
import type { EpochMs, MonoMs } from '../../../kernel/clock.ts';
import { stamp, WALL } from '../../../testing/protection-world.ts';
import {
  CLOCK_TOLERANCE_MS,
  hearMarket,
  latestTime,
  provenTime,
  resumeTime,
  startTime,
  timeAt,
} from './time-trust.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (ms: number) => (WALL + ms) as EpochMs;
const fresh = startTime(null, stamp(0));

describe('the time that can be trusted', () => {
  it.each([
    ['a clock that runs', 0, { kind: 'trusted', at: at(HOUR) }],
    ['a small drift', 1_000, { kind: 'trusted', at: at(HOUR) }],
    ['a clock set ahead', DAY, { kind: 'suspect', at: at(HOUR), code: 'WALL_AHEAD' }],
    ['a clock set back', -DAY, { kind: 'suspect', at: at(HOUR), code: 'WALL_BEHIND' }],
  ] as const)('%s', (_name, moved, judged) => {
    expect(timeAt(fresh, stamp(HOUR, moved))).toEqual(judged);
  });

  it('tolerates two minutes either way, and no more', () => {
    expect(timeAt(fresh, stamp(HOUR, CLOCK_TOLERANCE_MS)).kind).toBe('trusted');
    expect(timeAt(fresh, stamp(HOUR, CLOCK_TOLERANCE_MS + 1)).kind).toBe('suspect');
    expect(timeAt(fresh, stamp(HOUR, -CLOCK_TOLERANCE_MS - 1)).kind).toBe('suspect');
  });

  it('is told in whole milliseconds, although the monotonic clock is finer', () => {
    const start = startTime(null, { wall: at(0), mono: 0.4 as MonoMs });
    const later = { wall: at(1), mono: 1.75 as MonoMs };
    expect(provenTime(start, later)).toBe(at(1));
    expect(timeAt(start, later).at).toBe(at(1));
    expect(timeAt(start, { ...later, wall: at(DAY) }).at).toBe(at(1));
    expect(latestTime(start, { ...later, wall: at(-DAY) })).toBe(at(1));
  });

  it('does not drift by what is finer, however often it is told', () => {
    let trust = fresh;
    for (let ms = 0.7; ms < 7_000; ms += 0.7) {
      trust = hearMarket(trust, at(0), { wall: at(ms), mono: ms as MonoMs });
    }
    const proven = provenTime(trust, { wall: at(7_000), mono: 7_000 as MonoMs });
    expect(Math.abs(proven - at(7_000))).toBeLessThan(10);
  });

  it('is not confirmed after a start until the market was heard', () => {
    const kept = startTime(at(-DAY), stamp(0));
    expect(timeAt(kept, stamp(0))).toMatchObject({ kind: 'suspect', code: 'NOT_CONFIRMED' });
    const heard = hearMarket(kept, at(0), stamp(1));
    expect(timeAt(heard, stamp(1)).kind).toBe('trusted');
  });

  it('is not confirmed after a sleep', () => {
    const slept = resumeTime(fresh, stamp(HOUR, 8 * HOUR));
    expect(timeAt(slept, stamp(HOUR, 8 * HOUR))).toMatchObject({ code: 'NOT_CONFIRMED' });
    expect(latestTime(slept, stamp(HOUR, 8 * HOUR))).toBe(at(9 * HOUR));
  });

  it('believes no market far ahead while the monotonic clock vouches for it', () => {
    const heard = hearMarket(fresh, at(DAY), stamp(HOUR));
    expect(provenTime(heard, stamp(HOUR))).toBe(at(HOUR));
  });

  it('never goes back for a delayed market', () => {
    const heard = hearMarket(fresh, at(-DAY), stamp(HOUR));
    expect(provenTime(heard, stamp(HOUR))).toBe(at(HOUR));
  });

  it('for what tightens, no clock that was moved counts while the proven time is confirmed', () => {
    expect(latestTime(fresh, stamp(HOUR, DAY))).toBe(at(HOUR));
    expect(latestTime(fresh, stamp(HOUR, -DAY))).toBe(at(HOUR));
    expect(latestTime(fresh, stamp(HOUR, 1_000))).toBe(at(HOUR + 1_000));
  });
});
