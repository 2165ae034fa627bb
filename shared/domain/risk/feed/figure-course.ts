import { hasPassed, type MonoMs } from '../../../kernel/clock.ts';
import { money, type Money } from '../../money/money.ts';
import { isSameWord, withWord, type BrokerWord, type ToldFigures } from './broker-word.ts';
import { rangeOf, spanWith, type PriceSpan } from './price-span.ts';

/** What is open, by prices. */
export interface OpenResult {
  /** Null while it cannot be computed. */
  readonly open: Money | null;
  /** What one tick is worth on everything that is open, contracts counted. */
  readonly tick: number;
}

/** What contradicts the course, and since when it has stood on the same side of it. */
interface Pending<T> {
  readonly value: T;
  readonly side: number;
  readonly since: MonoMs;
}

/**
 * The equity as two sources tell it that check each other: the broker's word, and prices that move it on from there.
 * One that leaves the course by more than can be believed waits until it has stood, while the course goes on with the
 * other. So one bad figure or print moves nothing, and a true loss beside it is seen at once.
 */
export interface FigureCourse {
  /** Null before the first figure that is believed. The equity has been moved on to `open`. */
  readonly believed: ToldFigures | null;
  /** The open result that belongs to the believed equity; null while prices cannot move it. */
  readonly open: Money | null;
  readonly tick: number;
  readonly pricedAt: MonoMs | null;
  /** How far the broker's word went without the prices: by one that the desk may hear only later. */
  readonly ahead: number;
  /** The last two words of the broker that did not contradict, each with the open result of its first telling. */
  readonly words: readonly BrokerWord[];
  /** Where prices have been of late. */
  readonly span: PriceSpan | null;
  /** A word of the broker that contradicts the course. */
  readonly figure: Pending<BrokerWord> | null;
  /**
   * An open result by prices that are too far from those before. Once the broker has denied it, it takes another
   * price to believe it.
   */
  readonly price: (Pending<Money> & { readonly isDenied: boolean }) | null;
}

export interface CoursePolicy {
  /** How long a contradiction must stand before it is believed, in milliseconds. */
  readonly standMs: number;
  /** The same for a word of the broker that is better than prices that are there: what gives room can wait. */
  readonly betterMs: number;
  /** How long zeros may last before nothing is known any more, in milliseconds. */
  readonly zeroMs: number;
  /** Silence of prices after which a larger step is believed, in milliseconds. */
  readonly quietMs: number;
  /** A word of the broker may be so old that prices have moved since, in milliseconds; up to three times that is allowed for. */
  readonly lateMs: number;
  /** Ticks of everything open that one report may differ, while prices come. */
  readonly stepTicks: number;
  /** The same after silence, and over a fill. */
  readonly quietTicks: number;
  /** Ticks that the broker's mark and the side at which one could close lie apart. */
  readonly spreadTicks: number;
  /** Fees and small bookings. */
  readonly slack: Money;
  /** An account may stand at exactly 0; elsewhere 0 is what a lost connection reports, and is never believed. */
  readonly isZeroNormal: boolean;
}

export const COURSE_POLICY: CoursePolicy = {
  standMs: 250,
  betterMs: 1_500,
  zeroMs: 3_000,
  quietMs: 1_000,
  lateMs: 500,
  stepTicks: 10,
  quietTicks: 40,
  spreadTicks: 2,
  slack: money(500_000),
  isZeroNormal: false,
};

export const NO_COURSE: FigureCourse = {
  believed: null,
  open: null,
  tick: 0,
  pricedAt: null,
  ahead: 0,
  words: [],
  span: null,
  figure: null,
  price: null,
};

/** A word of the broker. `isSettling`: a fill or another position came since the last one. */
export function toldFigures(
  course: FigureCourse,
  {
    told,
    now: result,
    isSettling,
  }: { readonly told: ToldFigures; readonly now: OpenResult; readonly isSettling: boolean },
  policy: CoursePolicy,
  now: MonoMs,
): FigureCourse {
  const present = isSettling ? rebased(course, result) : { ...course, tick: result.tick };
  const { believed } = present;
  const value = { ...told, open: result.open };
  const isZero = (told.equity === 0 || told.balance === 0) && !policy.isZeroNormal;
  if (believed === null) {
    if (!isZero && isSeconded(told, result, policy)) return believe(present, value, result, now);
    return passedCourse(contradicted(present, value, isZero ? 0 : 1, now), policy, now);
  }
  const off = told.equity - believed.equity;
  const tick = Math.max(course.tick, result.tick);
  const ticks = isSettling || isQuiet(present, policy, now) ? policy.quietTicks : policy.stepTicks;
  const isNear = Math.abs(off) <= policy.slack + tick * ticks;
  const isCashNear = isSettling || Math.abs(told.balance - believed.balance) <= policy.slack;
  if (!isSettling && isCashNear && isOfBefore(present, { told, isNear }, policy, now)) {
    return passedCourse(heldAgainst(present, value, isNear), policy, now);
  }
  if (isNear && isCashNear && !isOfDoubtedPrice(present, off)) {
    const isAlone = !isSettling && Math.abs(off) > tick * policy.spreadTicks;
    return { ...believe(present, value, result, now), ahead: isAlone ? off : 0 };
  }
  const side = isZero ? 0 : Math.sign(off) || Math.sign(told.balance - believed.balance);
  return passedCourse(contradicted(present, value, side, now), policy, now);
}

/** Prices of what is open. */
export function pricedFigures(
  course: FigureCourse,
  { open, tick }: OpenResult,
  policy: CoursePolicy,
  now: MonoMs,
): FigureCourse {
  if (open === null) return { ...course, open: null, tick, price: null, span: null };
  if (course.believed === null || course.open === null) {
    return { ...course, open, tick, pricedAt: now, price: null, span: null };
  }
  const ticks = isQuiet(course, policy, now) ? policy.quietTicks : policy.stepTicks;
  const step = stepTo(open, course);
  if (Math.abs(step) <= tick * ticks) {
    const span = spanWith(course.span, { from: course.open, to: open }, policy.lateMs, now);
    const moved = movedTo({ ...course, tick, pricedAt: now, price: null, span }, open);
    return passedCourse(reconciled(moved, policy), policy, now);
  }
  const side = Math.sign(step);
  const since = course.price?.side === side ? course.price.since : now;
  const price = { value: open, side, since, isDenied: false };
  return passedCourse({ ...course, tick, price }, policy, now);
}

/** Lets time pass: what has stood long enough is believed. */
export function passedCourse(
  course: FigureCourse,
  policy: CoursePolicy,
  now: MonoMs,
): FigureCourse {
  let passed = course;
  const { price } = passed;
  if (price !== null && !price.isDenied && hasPassed(price.since, policy.standMs, now)) {
    const span = spanWith(
      passed.span,
      { from: passed.open ?? price.value, to: price.value },
      policy.lateMs,
      now,
    );
    const moved = movedTo({ ...passed, price: null, pricedAt: now, span }, price.value);
    passed = reconciled(moved, policy);
  }
  const { figure } = passed;
  if (figure === null || figure.side === 0) return passed;
  if (!hasPassed(figure.since, patienceWith(passed, figure, policy), now)) return passed;
  const { balance } = figure.value;
  const equity = broughtOn(passed, figure.value);
  const ahead = passed.believed === null ? 0 : equity - passed.believed.equity;
  return caughtUp({ ...passed, believed: { equity, balance }, figure: null, ahead }, policy);
}

/** The figures to judge by; until any were believed, the first ones told have to do. */
export function figuresOf(
  { believed, figure }: FigureCourse,
  { zeroMs }: CoursePolicy,
  now: MonoMs,
): ToldFigures | null {
  const isBlind = figure?.side === 0 && hasPassed(figure.since, zeroMs, now);
  return isBlind ? null : (believed ?? figure?.value ?? null);
}

/** When time alone changes the course next; null for never. */
export function courseWakeAt(course: FigureCourse, policy: CoursePolicy): MonoMs | null {
  const { figure, price } = course;
  const times: number[] = [];
  if (figure !== null && figure.side !== 0) {
    times.push(figure.since + patienceWith(course, figure, policy));
  }
  if (price !== null && !price.isDenied) times.push(price.since + policy.standMs);
  return times.length === 0 ? null : (Math.min(...times) as MonoMs);
}

/** How long a word that contradicts must stand. With nothing open no price speaks against it. */
function patienceWith(
  { believed, open, tick }: FigureCourse,
  { side }: Pending<BrokerWord>,
  { standMs, betterMs }: CoursePolicy,
): number {
  const hasPrices = believed !== null && open !== null && tick > 0;
  return side > 0 && hasPrices ? betterMs : standMs;
}

function believe(
  course: FigureCourse,
  { equity, balance }: ToldFigures,
  { open }: OpenResult,
  now: MonoMs,
): FigureCourse {
  const believed = { equity, balance };
  const words = withWord(course.words, { equity, balance, open }, 'anew');
  // A price that is doubted does not become the measure of the figure that denies it.
  if (course.price !== null) {
    return { ...course, believed, words, figure: null, price: { ...course.price, isDenied: true } };
  }
  const pricedAt = course.pricedAt ?? (open === null ? null : now);
  return { ...course, believed, words, open, pricedAt, figure: null };
}

/**
 * Whether a word is of the time before the last prices: one that the equity had a moment ago, or one that is told again
 * while prices have moved. Taken for news, the former would pull the course back at every telling, so that a slow slide
 * was never seen; of the latter, only what is far worse than the prices is worth a doubt.
 */
function isOfBefore(
  course: FigureCourse,
  { told, isNear }: { readonly told: ToldFigures; readonly isNear: boolean },
  policy: CoursePolicy,
  now: MonoMs,
): boolean {
  const { believed, words, open, price } = course;
  if (believed === null || open === null || price !== null) return false;
  const off = told.equity - believed.equity;
  const isAgain = words.some((word) => isSameWord(word, told) && (word.open ?? open) !== open);
  if (isAgain && (isNear || off > 0)) return true;
  const { low, high } = rangeOf(course.span, open, policy.lateMs, now);
  const then = open + off;
  return isNear && off !== 0 && low <= then && then <= high;
}

/** The equity stays where prices have it; a contradiction ends with a word that does not contradict. */
function heldAgainst(
  { believed, words, figure, ...rest }: FigureCourse,
  value: BrokerWord,
  isNear: boolean,
): FigureCourse {
  return {
    ...rest,
    believed: believed === null ? null : { ...believed, balance: value.balance },
    words: withWord(words, value, 'again'),
    figure: isNear ? null : figure,
  };
}

/** Whether a figure comes from the price that is doubted rather than from the course. */
function isOfDoubtedPrice({ price, open }: FigureCourse, off: number): boolean {
  return price !== null && open !== null && Math.abs(off - (price.value - open)) < Math.abs(off);
}

/** The same contradiction goes on while it stays on the same side of the course. */
function contradicted(
  course: FigureCourse,
  value: BrokerWord,
  side: number,
  now: MonoMs,
): FigureCourse {
  const since = course.figure?.side === side ? course.figure.since : now;
  return { ...course, figure: { value, side, since } };
}

/** What was open is another thing than what is open now. */
function rebased(course: FigureCourse, { open, tick }: OpenResult): FigureCourse {
  return { ...course, open, tick, price: null, words: [], span: null };
}

function movedTo(course: FigureCourse, open: Money): FigureCourse {
  const { believed } = course;
  if (believed === null || course.open === null) return { ...course, open, ahead: 0 };
  const equity = money(believed.equity + stepTo(open, course));
  return { ...course, believed: { ...believed, equity }, open, ahead: 0 };
}

/** What a price changes, less what the broker's word had of it already. */
function stepTo(open: Money, course: FigureCourse): number {
  const step = open - (course.open ?? open);
  const isTold = Math.abs(step - course.ahead) < Math.abs(step);
  return isTold ? step - course.ahead : step;
}

/** The price that was doubted is the one that the broker's word went by. */
function caughtUp(course: FigureCourse, { stepTicks }: CoursePolicy): FigureCourse {
  const { price, tick } = course;
  if (price === null || Math.abs(stepTo(price.value, course)) > tick * stepTicks) return course;
  return movedTo({ ...course, price: null }, price.value);
}

/** The course may have come to where the broker was already. */
function reconciled(course: FigureCourse, policy: CoursePolicy): FigureCourse {
  const { believed, figure, open, tick } = course;
  if (believed === null || figure === null || figure.side === 0 || open === null) return course;
  const { balance } = figure.value;
  const equity = broughtOn(course, figure.value);
  const isNear = Math.abs(equity - believed.equity) <= policy.slack + tick * policy.stepTicks;
  const isCashNear = Math.abs(balance - believed.balance) <= policy.slack;
  if (!isNear || !isCashNear) return course;
  return { ...course, believed: { equity, balance }, figure: null };
}

/**
 * A figure of a while ago as it would be now. The price of its moment may have been one that the desk heard only
 * later; so it is moved on by the prices since, or left, whichever is nearer to the course.
 */
function broughtOn(course: FigureCourse, value: BrokerWord): Money {
  const { believed, price } = course;
  const { equity } = value;
  const open = price?.value ?? course.open;
  if (open === null || value.open === null || believed === null) return equity;
  const moved = money(equity + open - value.open);
  const isNearer = Math.abs(moved - believed.equity) < Math.abs(equity - believed.equity);
  return isNearer ? moved : equity;
}

/** Cash and prices come to the same equity. */
function isSeconded(
  { equity, balance }: ToldFigures,
  { open, tick }: OpenResult,
  policy: CoursePolicy,
): boolean {
  if (open === null) return false;
  return Math.abs(equity - balance - open) <= policy.slack + tick * policy.stepTicks;
}

function isQuiet({ pricedAt }: FigureCourse, { quietMs }: CoursePolicy, now: MonoMs): boolean {
  return pricedAt === null || now - pricedAt > quietMs;
}
