import type { MonoMs } from '../../shared/kernel/clock.ts';
import type { GapEntry } from '../../shared/domain/journal/record.ts';

const SPACING_MS = 1_000;

/**
 * Gaps on their way into the journal. The first one is written at once; those of the following second share
 * a row, so that a lossy link costs a row a second. A killed process loses no more than that second of them,
 * and never the first word of a doubt.
 */
export class GapRecords {
  #waiting: GapEntry | null = null;
  #writtenAt = Number.NEGATIVE_INFINITY;

  /** Takes a gap in; gives what is to be written now. */
  take(gap: GapEntry, now: MonoMs): GapEntry | null {
    this.#waiting = this.#waiting === null ? gap : joined(this.#waiting, gap);
    return this.due(now);
  }

  /** What has waited for its second; asked now and then, as no further gap may come. */
  due(now: MonoMs): GapEntry | null {
    return now - this.#writtenAt < SPACING_MS ? null : this.rest(now);
  }

  /** What waits, however short: before the session ends, as the next one counts anew. */
  rest(now: MonoMs): GapEntry | null {
    const written = this.#waiting;
    this.#waiting = null;
    if (written !== null) this.#writtenAt = now;
    return written;
  }
}

function joined(a: GapEntry, b: GapEntry): GapEntry {
  return {
    kind: 'link.gap',
    from: Math.min(a.from, b.from),
    to: Math.max(a.to, b.to),
    gaps: a.gaps + b.gaps,
    missing: a.missing + b.missing,
  };
}
