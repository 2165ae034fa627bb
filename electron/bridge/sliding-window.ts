import type { MonoMs } from '../../shared/kernel/clock.ts';

/**
 * Counts events in a sliding window. For bad proofs it decides only how a refusal is worded and logged:
 * every proof is checked, so a peer with the key always gets in, however many without it came before.
 */
export class SlidingWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  #times: number[] = [];

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Records one event; true from the `limit`-th event within the window on. */
  record(now: MonoMs): boolean {
    this.#times.push(now);
    const oldest = now - this.#windowMs;
    while (this.#times.length > this.#limit || (this.#times[0] ?? now) < oldest) {
      this.#times.shift();
    }
    return this.#times.length >= this.#limit;
  }
}
