import type { EpochMs, MonoMs } from '../../../kernel/clock.ts';
import type { Stamp } from '../../desk/fact.ts';

/** How far the PC's clock may be from the proven time, in milliseconds; covers drift and a slow feed. */
export const CLOCK_TOLERANCE_MS = 120_000;

/**
 * A time that has certainly been reached. It grows with the monotonic clock and with the market's own times,
 * never with the PC's clock, which anybody can set.
 */
export interface TimeTrust {
  /** With the fractions of the monotonic clock; whoever is told of it gets whole milliseconds. */
  readonly proven: number;
  readonly provenAt: MonoMs;
  /** False after a start or a sleep, whose length the monotonic clock does not tell, until the market is heard. */
  readonly isConfirmed: boolean;
}

export type ClockDoubt = 'NOT_CONFIRMED' | 'WALL_AHEAD' | 'WALL_BEHIND';

export type TimeJudgement =
  | { readonly kind: 'trusted'; readonly at: EpochMs }
  /** `at` is the proven time: what has certainly passed. */
  | { readonly kind: 'suspect'; readonly at: EpochMs; readonly code: ClockDoubt };

/** Time at a start. Without a kept proof there is nothing that a changed clock could undo. */
export function startTime(kept: EpochMs | null, { wall, mono }: Stamp): TimeTrust {
  return { proven: kept ?? wall, provenAt: mono, isConfirmed: kept === null };
}

/** The PC slept: the monotonic clock may have stood still. */
export function resumeTime(trust: TimeTrust, at: Stamp): TimeTrust {
  return { ...provenNow(trust, at), isConfirmed: false };
}

/**
 * Takes in the exchange's time of a live price. Not for replayed or simulated prices, whose times are not now.
 * While the monotonic clock vouches for the time, a market that is far ahead of it is not believed.
 */
export function hearMarket(trust: TimeTrust, market: EpochMs, at: Stamp): TimeTrust {
  const now = provenNow(trust, at);
  if (market < now.proven - CLOCK_TOLERANCE_MS) return now;
  if (trust.isConfirmed && market > now.proven + CLOCK_TOLERANCE_MS) return now;
  const proven = Math.max(now.proven, market);
  return { proven, provenAt: at.mono, isConfirmed: true };
}

/** The time as far as it can be told; what loosens waits while it is suspect. */
export function timeAt(trust: TimeTrust, at: Stamp): TimeJudgement {
  const proven = provenTime(trust, at);
  const gap = at.wall - proven;
  if (Math.abs(gap) <= CLOCK_TOLERANCE_MS) {
    return { kind: 'trusted', at: Math.min(at.wall, proven) as EpochMs };
  }
  if (gap < 0) return { kind: 'suspect', at: proven, code: 'WALL_BEHIND' };
  const code = trust.isConfirmed ? 'WALL_AHEAD' : 'NOT_CONFIRMED';
  return { kind: 'suspect', at: proven, code };
}

/**
 * The time for what tightens: the later clock of two that agree, so that a slow feed delays nothing. After a
 * start nothing better than the PC's clock may be known.
 */
export function latestTime(trust: TimeTrust, at: Stamp): EpochMs {
  const proven = provenTime(trust, at);
  const isAgreed = timeAt(trust, at).kind === 'trusted';
  return trust.isConfirmed && !isAgreed ? proven : (Math.max(proven, at.wall) as EpochMs);
}

/** The instant at which the calendar is to be read for an input of `protect`. */
export function calendarTime({ time }: { readonly time: TimeTrust }, at: Stamp): EpochMs {
  return latestTime(time, at);
}

/** The time that has certainly been reached, for a record of it. */
export function provenTime(trust: TimeTrust, at: Stamp): EpochMs {
  return Math.floor(provenNow(trust, at).proven) as EpochMs;
}

function provenNow(trust: TimeTrust, { mono }: Stamp): TimeTrust {
  const passed = Math.max(0, mono - trust.provenAt);
  return { ...trust, proven: trust.proven + passed, provenAt: mono };
}
