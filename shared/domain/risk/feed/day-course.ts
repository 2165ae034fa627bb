import type { EpochMs } from '../../../kernel/clock.ts';
import type { Money } from '../../money/money.ts';
import type { Severity, Verdict } from '../verdict.ts';

/** Equity and the levels that it is held against, at a whole second. Null is unknown: a gap, never zero. */
export interface CoursePoint {
  readonly at: EpochMs;
  readonly equity: Money | null;
  readonly floor: Money | null;
  readonly peak: Money | null;
  readonly own: Money | null;
}

/** A verdict as it is kept: what it said, without the figures that it was worked out from. */
export type KeptVerdict = Omit<Verdict, 'readings' | 'isRoom'>;

/** An instant at which verdicts became others, with all verdicts as they stood after it. */
export interface VerdictMoment {
  readonly at: EpochMs;
  /** The rule that left the least room. */
  readonly binding: string | null;
  readonly changes: readonly { readonly rule: string; readonly from: Severity }[];
  readonly verdicts: readonly KeptVerdict[];
}

/** What is remembered of one trading day of an account. */
export interface DayCourse {
  /** The day by the account's rules; empty where the calendar does not know it. */
  readonly day: string;
  /** In rising order of time. */
  readonly points: readonly CoursePoint[];
  readonly moments: readonly VerdictMoment[];
}

/** Points kept of a day. When they are full the older half is thinned. */
export const POINT_LIMIT = 1_200;
/** Moments kept of a day; the oldest give way. */
export const MOMENT_LIMIT = 60;

const GROUP = 4;

/** The course of the day it is now; one of another day has ended. */
export function courseOf(course: DayCourse | null, day: string): DayCourse {
  return course?.day === day ? course : { day, points: [], moments: [] };
}

/**
 * The points with more of them. Within a second the newest counts; levels that stand for long are two points; a clock
 * that was set back takes the points after it along.
 */
export function withPoints(
  points: readonly CoursePoint[],
  added: readonly CoursePoint[],
): readonly CoursePoint[] {
  // One copy for all: a journal has many rows of a few points each.
  let next = [...points];
  for (const point of added) {
    while (next.length > 0 && (next.at(-1)?.at ?? 0) >= point.at) next.pop();
    const [before, last] = [next.at(-2), next.at(-1)];
    const stands = before !== undefined && last !== undefined && isLevel(before, last);
    if (stands && isLevel(last, point)) next.pop();
    next.push(point);
    if (next.length > POINT_LIMIT) next = thinned(next);
  }
  return next;
}

/** The moments with one more. */
export function withMoment(
  moments: readonly VerdictMoment[],
  moment: VerdictMoment,
): readonly VerdictMoment[] {
  return [...moments, moment].slice(-MOMENT_LIMIT);
}

/** Whether two points differ by their time alone. */
export function isLevel(a: CoursePoint, b: CoursePoint): boolean {
  return a.equity === b.equity && a.floor === b.floor && a.peak === b.peak && a.own === b.own;
}

/** Of every four neighbours in the older half the lowest, the highest and a gap stay; so does where the day began. */
function thinned(points: readonly CoursePoint[]): CoursePoint[] {
  const half = Math.floor(points.length / 2);
  const older: CoursePoint[] = [];
  for (let place = 0; place < half; place += GROUP) {
    const group = points.slice(place, Math.min(place + GROUP, half));
    const gap = group.find(({ equity }) => equity === null);
    const stays = [place === 0 ? group[0] : undefined, gap, lowest(group), highest(group)];
    older.push(...group.filter((point) => stays.includes(point)));
  }
  return [...older, ...points.slice(half)];
}

function lowest(group: readonly CoursePoint[]): CoursePoint | undefined {
  return extreme(group, (equity, found) => equity < found);
}

function highest(group: readonly CoursePoint[]): CoursePoint | undefined {
  return extreme(group, (equity, found) => equity > found);
}

function extreme(
  group: readonly CoursePoint[],
  isFurther: (equity: Money, found: Money) => boolean,
): CoursePoint | undefined {
  return group.reduce<CoursePoint | undefined>((found, point) => {
    if (point.equity === null) return found;
    const known = found?.equity ?? null;
    return known === null || isFurther(point.equity, known) ? point : found;
  }, undefined);
}
