import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../kernel/clock.ts';
import { money } from '../../money/money.ts';
import {
  courseOf,
  MOMENT_LIMIT,
  POINT_LIMIT,
  withMoment,
  withPoints,
  type CoursePoint,
} from './day-course.ts';

function point(second: number, equity: number | null, floor = 0): CoursePoint {
  const at = (second * 1_000) as EpochMs;
  const level = equity === null ? null : money(equity);
  return { at, equity: level, floor: money(floor), peak: null, own: null };
}

function course(points: readonly CoursePoint[]): readonly CoursePoint[] {
  return points.reduce<readonly CoursePoint[]>((known, one) => withPoints(known, [one]), []);
}

describe('the course of a day', () => {
  it.each([
    ['within a second the newest counts', [point(1, 5), point(1, 6)], [point(1, 6)]],
    [
      'levels that stand are two points',
      [point(1, 5), point(2, 5), point(3, 5), point(4, 5)],
      [point(1, 5), point(4, 5)],
    ],
    [
      'another floor alone is a point',
      [point(1, 5), point(2, 5), point(3, 5, 1)],
      [point(1, 5), point(2, 5), point(3, 5, 1)],
    ],
    [
      'a clock that was set back takes the later points along',
      [point(1, 5), point(2, 6), point(3, 7), point(2, 8)],
      [point(1, 5), point(2, 8)],
    ],
  ])('%s', (_, points, expected) => {
    expect(course(points)).toEqual(expected);
    expect(withPoints([], points)).toEqual(expected);
  });

  it('begins anew with another day, and goes on within one', () => {
    const known = { day: '2026-01-05', points: [point(1, 5)], moments: [] };
    expect(courseOf(known, '2026-01-05')).toBe(known);
    expect(courseOf(known, '2026-01-06')).toEqual({ day: '2026-01-06', points: [], moments: [] });
  });

  it('keeps the newest moments', () => {
    const moment = (at: number) =>
      ({ at: at as EpochMs, binding: null, changes: [], verdicts: [] }) as const;
    const all = Array.from({ length: MOMENT_LIMIT + 3 }, (_, at) => moment(at));
    const kept = all.reduce<ReturnType<typeof withMoment>>(withMoment, []);
    expect(kept.map(({ at }) => at)).toEqual(all.slice(3).map(({ at }) => at));
  });

  it('however long, is bounded and keeps its beginning, its end, its lowest and its highest', () => {
    const equities = fc.array(fc.option(fc.nat(1_000_000), { freq: 20 }), {
      minLength: POINT_LIMIT,
      maxLength: POINT_LIMIT * 3,
      size: 'max',
    });
    fc.assert(
      fc.property(equities, (told) => {
        const points = course(told.map((equity, second) => point(second, equity, second)));
        expect(points.length).toBeLessThanOrEqual(POINT_LIMIT);
        expect(points[0]?.at).toBe(0);
        expect(points.at(-1)?.at).toBe((told.length - 1) * 1_000);
        const known = told.filter((equity) => equity !== null);
        const kept = points.flatMap(({ equity }) => (equity === null ? [] : [equity]));
        expect([Math.min(...kept), Math.max(...kept)]).toEqual([
          Math.min(...known),
          Math.max(...known),
        ]);
        for (const [place, { at }] of points.entries()) {
          expect(at).toBeGreaterThan(points[place - 1]?.at ?? -1);
        }
      }),
      { numRuns: 20 },
    );
  });
});
