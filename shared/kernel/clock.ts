import type { Brand } from './brand.ts';

/** Wall time: milliseconds since 1970-01-01T00:00:00Z. Jumps when the PC clock is set; used for records only. */
export type EpochMs = Brand<number, 'EpochMs'>;

/** Monotonic time in milliseconds from an arbitrary start; used for every duration, heartbeat and deadline. */
export type MonoMs = Brand<number, 'MonoMs'>;

/** Reads both clocks. Implemented in electron/platform and by the fake clock of the tests. */
export interface Clock {
  wall(): EpochMs;
  mono(): MonoMs;
}

export type Cancel = () => void;

/** Schedules callbacks on the monotonic clock. */
export interface Timers {
  after(delayMs: number, run: () => void): Cancel;
  every(periodMs: number, run: () => void): Cancel;
}

/**
 * Whether `ms` have passed since then. It is the sum that a timer is set by: a difference of fractional milliseconds
 * may round to less than `ms` at the very moment a timer was set for, and nobody would look again.
 */
export function hasPassed(since: MonoMs, ms: number, now: MonoMs): boolean {
  return now >= since + ms;
}
