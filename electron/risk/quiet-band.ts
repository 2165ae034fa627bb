import type { MonoMs } from '../../shared/kernel/clock.ts';
import type { Money } from '../../shared/domain/money/money.ts';
import type { KeptRisk } from '../../shared/domain/risk/feed/record.ts';
import { remembersSame } from '../../shared/domain/risk/feed/same-memory.ts';
import type { Step } from '../../shared/domain/risk/protection/own-ladder.ts';
import type { Verdict } from '../../shared/domain/risk/verdict.ts';

/** An account is judged at least this often while its figures move, in milliseconds. */
const FRESH_MS = 250;

interface Judged {
  readonly equity: Money;
  readonly balance: Money | null;
  readonly state: KeptRisk;
  readonly verdicts: readonly Verdict[];
  readonly steps: Readonly<Record<string, Step>>;
}

/**
 * Equities between two that were judged alike. With the equity every rule changes in one direction only, towards its
 * breach or away from it, so what lies between two equities of the same verdicts has these verdicts, too, and no
 * peak: it need not be judged at once. Anything but another price ends the band.
 */
export class QuietBand {
  #last: Judged | null = null;
  #mark = '';
  #low = 0;
  #high = 0;
  #judgedAt = -Infinity;

  covers(equity: Money | null, balance: Money | null, now: MonoMs): boolean {
    if (this.#last === null || equity === null || balance !== this.#last.balance) return false;
    return equity >= this.#low && equity <= this.#high && now - this.#judgedAt < FRESH_MS;
  }

  /** Whether it was judged within the last moment, whatever by. */
  isFresh(now: MonoMs): boolean {
    return now - this.#judgedAt < FRESH_MS;
  }

  judged(judged: Judged, now: MonoMs): void {
    const mark = markOf(judged);
    const { equity } = judged;
    const goesOn =
      this.#last !== null &&
      mark === this.#mark &&
      judged.balance === this.#last.balance &&
      remembersSame(judged.state, this.#last.state);
    this.#low = goesOn ? Math.min(this.#low, equity) : equity;
    this.#high = goesOn ? Math.max(this.#high, equity) : equity;
    this.#last = judged;
    this.#mark = mark;
    this.#judgedAt = now;
  }

  end(): void {
    this.#last = null;
    this.#judgedAt = -Infinity;
  }
}

function markOf({ verdicts, steps }: Judged): string {
  const severities = verdicts.map(({ severity, closesEntries }) => `${severity}${closesEntries}`);
  return severities.join() + Object.values(steps).join();
}
