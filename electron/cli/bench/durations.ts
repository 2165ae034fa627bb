import { createHistogram } from 'node:perf_hooks';
import { rounded } from './statistics.ts';

const MICROSECONDS = 1_000;
/** The histogram holds whole numbers from 1 on. */
const LEAST = 1;

/** Durations in milliseconds in constant memory, to three significant digits. */
export class Durations {
  readonly #histogram = createHistogram();

  add(ms: number): void {
    this.#histogram.record(Math.max(LEAST, Math.round(ms * MICROSECONDS)));
  }

  get count(): number {
    return this.#histogram.count;
  }

  /** The duration that the share `share` does not exceed, in milliseconds; null without samples. */
  at(share: number): number | null {
    if (this.count === 0) return null;
    return rounded(this.#histogram.percentile(share * 100) / MICROSECONDS, 3);
  }

  get max(): number | null {
    return this.count === 0 ? null : rounded(this.#histogram.max / MICROSECONDS, 3);
  }
}
