import type { EpochMs, MonoMs } from '../../shared/kernel/clock.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { Money } from '../../shared/domain/money/money.ts';
import {
  courseOf,
  isLevel,
  withMoment,
  withPoints,
  type CoursePoint,
  type DayCourse,
  type VerdictMoment,
} from '../../shared/domain/risk/feed/day-course.ts';

const SECOND_MS = 1_000;
/** Points wait this long for their row; after a kill at most as much is missing. */
const WRITE_MS = 10_000;
/** Of levels that stand a row tells this often. */
const STANDS_MS = 60_000;
/** Nothing was watched for longer than this: the PC slept or the app was closed. */
const GAP_MS = 5_000;

type Levels = Omit<CoursePoint, 'at'>;

/** The equities of the second that runs. */
interface Span {
  readonly low: Money;
  readonly high: Money;
}

/** The running day of one account, and its rows in the journal: folding these comes to the same. */
export class AccountCourse {
  readonly #keep: (written: DayCourse, stamp: Stamp) => void;
  #course: DayCourse | null;
  #span: Span | null = null;
  #unwritten: readonly CoursePoint[] = [];
  #moments: readonly VerdictMoment[] = [];
  #written: CoursePoint | null;
  #wroteAt = -Infinity as MonoMs;

  constructor(course: DayCourse | null, keep: (written: DayCourse, stamp: Stamp) => void) {
    this.#course = course;
    this.#keep = keep;
    this.#written = course?.points.at(-1) ?? null;
  }

  course(): DayCourse | null {
    return this.#course;
  }

  hear(equity: Money | null): void {
    if (equity === null) return;
    const { low, high } = this.#span ?? { low: equity, high: equity };
    if (this.#span !== null && equity >= low && equity <= high) return;
    this.#span = { low: equity < low ? equity : low, high: equity > high ? equity : high };
  }

  /** Ends a second. */
  tick(day: string, levels: Levels, stamp: Stamp): void {
    const course = this.#begun(day, stamp);
    const last = course.points.at(-1) ?? null;
    const at = (Math.floor(stamp.wall / SECOND_MS) * SECOND_MS) as EpochMs;
    const equity = furthest(last?.equity ?? null, levels.equity, this.#span);
    this.#span = null;
    const added = [...gapBefore(last, at), { ...levels, at, equity }];
    this.#course = { ...course, points: withPoints(course.points, added) };
    this.#unwritten = withPoints(this.#unwritten, added);
    if (stamp.mono - this.#wroteAt >= this.#waitMs()) this.flush(stamp);
  }

  /** A change of verdicts is written at once. */
  note(day: string, moment: VerdictMoment, stamp: Stamp): void {
    const course = this.#begun(day, stamp);
    this.#course = { ...course, moments: withMoment(course.moments, moment) };
    this.#moments = [...this.#moments, moment];
    this.flush(stamp);
  }

  flush(stamp: Stamp): void {
    const points = this.#unwritten;
    const moments = this.#moments;
    if (this.#course === null || points.length + moments.length === 0) return;
    this.#unwritten = [];
    this.#moments = [];
    this.#written = points.at(-1) ?? this.#written;
    this.#wroteAt = stamp.mono;
    this.#keep({ day: this.#course.day, points, moments }, stamp);
  }

  /** What waits belongs to the day in which it was seen. */
  #begun(day: string, stamp: Stamp): DayCourse {
    if (this.#course?.day !== day) this.flush(stamp);
    return courseOf(this.#course, day);
  }

  #waitMs(): number {
    const written = this.#written;
    const stands = written !== null && this.#unwritten.every((point) => isLevel(point, written));
    return stands ? STANDS_MS : WRITE_MS;
  }
}

/** Of the second's equities the one that the last two do not tell of: a low before a high, because floors are below. */
function furthest(before: Money | null, last: Money | null, span: Span | null): Money | null {
  if (last === null || span === null) return last;
  const from = before ?? last;
  if (span.low < from && span.low < last) return span.low;
  return span.high > from && span.high > last ? span.high : last;
}

/** A line must not be drawn through a time in which nobody watched. */
function gapBefore(last: CoursePoint | null, at: EpochMs): readonly CoursePoint[] {
  if (last === null || last.equity === null || at - last.at <= GAP_MS) return [];
  const end = (last.at + SECOND_MS) as EpochMs;
  return [{ at: end, equity: null, floor: null, peak: null, own: null }];
}
