import { hasPassed, type MonoMs } from '../../../kernel/clock.ts';
import { money, type Money } from '../../money/money.ts';
import type { Figure, OpenPosition, SecondFigure } from './account-reading.ts';

/** Times in milliseconds on the monotonic clock. */
export interface FigurePolicy {
  /** How long a suspicious figure must stand before it is believed. */
  readonly standMs: number;
  /** Silence after which a figure is no longer known. */
  readonly staleMs: number;
  /** Move that is believed whatever is open: fees, and small bookings. */
  readonly slack: Money;
  /**
   * Ticks that can be believed between two reports. Not measured: a calm market's figure would doubt the first true
   * move of a fast one, and a fast market's would believe a spike.
   */
  readonly plausibleTicks: number;
  /** Distance within which two sources agree, beside `agreeTicks` of what is open. */
  readonly agreeWithin: Money;
  readonly agreeTicks: number;
  /** An account may stand at exactly 0, as one whose start balance is 0. Elsewhere 0 is what a lost connection reports. */
  readonly isZeroNormal: boolean;
}

export const FIGURE_POLICY: FigurePolicy = {
  standMs: 250,
  staleMs: 3_000,
  slack: money(500_000),
  plausibleTicks: 40,
  agreeWithin: money(100_000),
  agreeTicks: 4,
  isZeroNormal: false,
};

export type UnknownFigure = 'NOT_REPORTED' | 'DISCONNECTED' | 'STALE' | 'ZERO';
export type FigureDoubt = 'FIRST' | 'JUMP' | 'ZERO';

/** Whether a figure may be acted on. `last` is the newest one that could. */
export type FigureTrust =
  | {
      readonly kind: 'trusted' | 'confirmed';
      readonly value: Money;
      readonly heardAt: MonoMs;
      readonly last: Money;
    }
  | {
      readonly kind: 'suspect';
      readonly value: Money;
      readonly heardAt: MonoMs;
      readonly since: MonoMs;
      readonly doubt: FigureDoubt;
      readonly last: Money | null;
    }
  | { readonly kind: 'unknown'; readonly why: UnknownFigure; readonly last: Money | null };

export const NO_FIGURE: FigureTrust = { kind: 'unknown', why: 'NOT_REPORTED', last: null };

export interface FigureSample {
  readonly figure: Figure;
  readonly second: SecondFigure | null;
  readonly isConnected: boolean;
  readonly positions: readonly OpenPosition[] | null;
}

/** Takes in a report of the figure. */
export function judgeFigure(
  before: FigureTrust,
  sample: FigureSample,
  policy: FigurePolicy,
  now: MonoMs,
): FigureTrust {
  const { last } = before;
  const { value, heardAt } = sample.figure;
  if (!sample.isConnected) return { kind: 'unknown', why: 'DISCONNECTED', last };
  if (value === null) return { kind: 'unknown', why: 'NOT_REPORTED', last };
  if (hasPassed(heardAt, policy.staleMs, now)) return { kind: 'unknown', why: 'STALE', last };
  const doubt = doubtOf(value, last, sample, policy);
  if (doubt === null) return { kind: 'trusted', value, heardAt, last: value };
  if (isSeconded(value, sample, policy, now)) {
    return { kind: 'confirmed', value, heardAt, last: value };
  }
  if (doubt === 'ZERO' && before.kind === 'unknown' && before.why === 'ZERO') return before;
  const since = isSameDoubt(before, value) ? before.since : now;
  return standing({ kind: 'suspect', value, heardAt, since, doubt, last }, policy, now);
}

/** Lets time pass: a doubt ends, and so does what is known. */
export function passFigure(trust: FigureTrust, policy: FigurePolicy, now: MonoMs): FigureTrust {
  if (trust.kind === 'unknown') return trust;
  if (hasPassed(trust.heardAt, policy.staleMs, now)) {
    return { kind: 'unknown', why: 'STALE', last: trust.last };
  }
  return trust.kind === 'suspect' ? standing(trust, policy, now) : trust;
}

/** When time alone changes the trust next; null for never. */
export function figureWakeAt(trust: FigureTrust, policy: FigurePolicy): MonoMs | null {
  if (trust.kind === 'unknown') return null;
  const stale = trust.heardAt + policy.staleMs;
  const stands = trust.kind === 'suspect' ? trust.since + policy.standMs : stale;
  return Math.min(stands, stale) as MonoMs;
}

/** Whether decisions may rest on the figure. */
export function isUsable(
  trust: FigureTrust,
): trust is Extract<FigureTrust, { kind: 'trusted' | 'confirmed' }> {
  return trust.kind === 'trusted' || trust.kind === 'confirmed';
}

type Suspect = Extract<FigureTrust, { kind: 'suspect' }>;

/** A zero is never believed for its age: a lost connection can report it for as long as it is lost. */
function standing(trust: Suspect, policy: FigurePolicy, now: MonoMs): FigureTrust {
  if (!hasPassed(trust.since, policy.standMs, now)) return trust;
  const { value, heardAt, last, doubt } = trust;
  if (doubt === 'ZERO') return { kind: 'unknown', why: 'ZERO', last };
  return { kind: 'confirmed', value, heardAt, last: value };
}

function doubtOf(
  value: Money,
  last: Money | null,
  { positions }: FigureSample,
  policy: FigurePolicy,
): FigureDoubt | null {
  const isNear = last !== null && Math.abs(value - last) <= plausibleMove(positions, policy);
  if (isNear) return null;
  if (value === 0 && !policy.isZeroNormal) return 'ZERO';
  return last === null ? 'FIRST' : 'JUMP';
}

/** Open exposure by what a price can move between two reports. */
function plausibleMove(positions: readonly OpenPosition[] | null, policy: FigurePolicy): number {
  return policy.slack + exposed(positions ?? [], policy.plausibleTicks);
}

function isSeconded(
  value: Money,
  { second, positions }: FigureSample,
  policy: FigurePolicy,
  now: MonoMs,
): boolean {
  if (second === null || second.value === null || !second.isIndependent) return false;
  if (hasPassed(second.heardAt, policy.staleMs, now)) return false;
  const within = policy.agreeWithin + exposed(positions ?? [], policy.agreeTicks);
  return Math.abs(second.value - value) <= within;
}

function exposed(positions: readonly OpenPosition[], ticks: number): number {
  return positions.reduce(
    (total, { quantity, tickValue }) => total + Math.abs(quantity) * tickValue * ticks,
    0,
  );
}

/** The same doubt goes on while the figure stays on the same side of the last good one, however it moves there. */
function isSameDoubt(before: FigureTrust, value: Money): before is Suspect {
  if (before.kind !== 'suspect') return false;
  const { last } = before;
  if ((before.value === 0) !== (value === 0)) return false;
  return last === null || Math.sign(value - last) === Math.sign(before.value - last);
}
