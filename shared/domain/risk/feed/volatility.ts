import type { MonoMs } from '../../../kernel/clock.ts';
import type { Quote } from '../../market/quote.ts';
import { PROTECTION_DEFAULTS } from '../protection/settings.ts';

/** Times in milliseconds on the monotonic clock. */
export interface VolatilityPolicy {
  /** A price counts only as far as the market stayed there for one of these; as long as a doubted figure stands. */
  readonly beatMs: number;
  /** A move is what happens within two of these in a row. */
  readonly spanMs: number;
  /** Silence over which two spans still make one move. */
  readonly joinMs: number;
  /** Silence after which nothing is known any more. */
  readonly silenceMs: number;
  /** Newest moves that are kept. */
  readonly kept: number;
  /** Moves before which nothing is known. */
  readonly least: number;
  /** How many of the moves may be larger than the measure. */
  readonly ignored: number;
  /** The measure is never less, however calm the market is. */
  readonly floorTicks: number;
  /** Where the measure begins: what stood for it while it was not known. */
  readonly startTicks: number;
  /** Time in which the measure may fall by one tick. */
  readonly fallMs: number;
}

const { ticks: FLOOR_TICKS, assumedTicks: ASSUMED_TICKS } = PROTECTION_DEFAULTS.ownLimit.reserve;

/**
 * Two seconds are the way from a decision to a fill: 250 ms that a doubted figure stands, 500 ms until a command that
 * was lost is given again, and a second for the order. Of 600 moves six may be larger: the 99 % quantile.
 */
export const VOLATILITY_POLICY: VolatilityPolicy = {
  beatMs: 250,
  spanMs: 1_000,
  joinMs: 10_000,
  silenceMs: 120_000,
  kept: 600,
  least: 120,
  ignored: 6,
  floorTicks: FLOOR_TICKS,
  startTicks: ASSUMED_TICKS,
  fallMs: 15_000,
};

/** Lowest and highest price of a piece of time, in half ticks. */
interface Span {
  /** Of its beginning, in lengths of its kind. */
  readonly index: number;
  readonly low: number;
  readonly high: number;
}

/**
 * How far one instrument moves, by its prices: an empirical quantile of the ranges of short windows, as in the
 * historical simulation of value at risk (Jorion, Value at Risk, ch. 10), because it supposes no distribution and a
 * few wrong moves out of many do not change it.
 */
export interface Volatility {
  /** The running beat; null before the first price. */
  readonly beat: Span | null;
  /** The price of the last beat, in half ticks. */
  readonly price: number | null;
  readonly span: Span | null;
  readonly before: Span | null;
  /** In half ticks, newest last. */
  readonly moves: readonly number[];
  /** The quantile in ticks; null while there are not enough moves. */
  readonly measured: number | null;
  /** From where the measure falls, in ticks. */
  readonly level: { readonly ticks: number; readonly at: MonoMs } | null;
}

export const NO_VOLATILITY: Volatility = {
  beat: null,
  price: null,
  span: null,
  before: null,
  moves: [],
  measured: null,
  level: null,
};

/** Takes in a quote. Seconds without any are not counted, so that a frozen feed is no calm market. */
export function quoted(
  known: Volatility,
  quote: Quote,
  policy: VolatilityPolicy,
  now: MonoMs,
): Volatility {
  const price = middleOf(quote);
  if (price === null) return known;
  const { beat } = known;
  const index = Math.floor(now / policy.beatMs);
  const fresh = { index, low: price, high: price };
  if (beat === null) return { ...known, beat: fresh };
  if (isSilent(beat, policy, now)) return { ...NO_VOLATILITY, level: known.level, beat: fresh };
  if (index > beat.index) return { ...withBeat(known, beat, policy, now), beat: fresh };
  if (price >= beat.low && price <= beat.high) return known;
  return { ...known, beat: joined(beat, fresh) };
}

/**
 * The move against a position, in ticks, that 99 of 100 spans of two seconds did not exceed; null while not known. It
 * rises at once and falls slowly. What was measured before a silence counts until it has fallen to what is assumed,
 * so that not knowing is never less careful than knowing.
 */
export function adverseTicks(
  { beat, measured, level }: Volatility,
  policy: VolatilityPolicy,
  now: MonoMs,
): number | null {
  if (beat === null || level === null) return null;
  const fallen = fallenTo(level, policy, now);
  if (measured !== null && !isSilent(beat, policy, now)) {
    return Math.max(policy.floorTicks, measured, fallen);
  }
  return fallen > policy.startTicks ? fallen : null;
}

/** In half ticks. Zero and less is what a lost connection reports. */
function middleOf({ bid, ask, last }: Quote): number | null {
  if (bid !== null && ask !== null) return bid > 0 && ask > 0 ? bid + ask : null;
  return last !== null && last > 0 ? 2 * last : null;
}

function isSilent(beat: Span, { beatMs, silenceMs }: VolatilityPolicy, now: MonoMs): boolean {
  return now - beat.index * beatMs > silenceMs;
}

/**
 * The price follows a beat only as far as all of the beat was away from it. So a print that is gone within the beat
 * moves nothing, and the order of prices within it does not matter.
 */
function withBeat(
  known: Volatility,
  beat: Span,
  policy: VolatilityPolicy,
  now: MonoMs,
): Volatility {
  const price = Math.min(beat.high, Math.max(beat.low, known.price ?? beat.low));
  const index = Math.floor((beat.index * policy.beatMs) / policy.spanMs);
  const fresh = { index, low: price, high: price };
  const { span } = known;
  if (span === null) return { ...known, price, span: fresh };
  if (index === span.index) return { ...known, price, span: joined(span, fresh) };
  return { ...withMove(known, span, policy, now), price, before: span, span: fresh };
}

function withMove(
  known: Volatility,
  span: Span,
  policy: VolatilityPolicy,
  now: MonoMs,
): Volatility {
  const { before } = known;
  const isNear = before !== null && (span.index - before.index) * policy.spanMs <= policy.joinMs;
  const { low, high } = isNear ? joined(span, before) : span;
  const moves = [...known.moves, high - low].slice(-policy.kept);
  if (moves.length < policy.least) return { ...known, moves };
  const measured = Math.ceil(largestBut(policy.ignored, moves) / 2);
  const start = known.measured === null ? policy.startTicks : 0;
  const ticks = Math.max(measured, start, policy.floorTicks);
  const { level } = known;
  const isRise = level === null || ticks >= fallenTo(level, policy, now);
  return { ...known, moves, measured, level: isRise ? { ticks, at: now } : level };
}

/** The largest one when so many larger ones are left out. */
function largestBut(ignored: number, moves: readonly number[]): number {
  const largest: number[] = [];
  let least = -1;
  for (const move of moves) {
    if (move <= least) continue;
    largest.push(move);
    largest.sort((a, b) => b - a);
    largest.length = Math.min(largest.length, ignored + 1);
    least = largest[ignored] ?? -1;
  }
  return Math.max(0, least);
}

function fallenTo(
  { ticks, at }: NonNullable<Volatility['level']>,
  { fallMs }: VolatilityPolicy,
  now: MonoMs,
): number {
  return Math.ceil(ticks - (now - at) / fallMs);
}

function joined({ index, low, high }: Span, other: Span): Span {
  return { index, low: Math.min(low, other.low), high: Math.max(high, other.high) };
}
