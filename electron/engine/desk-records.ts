import type { Log } from '../../shared/kernel/log.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { GapEntry, JournalEntry, JournalKind } from '../../shared/domain/journal/record.ts';
import { GapRecords } from './gap-records.ts';
import type { AppendItem, JournalPort } from './ports.ts';
import type { Feed } from './projections/feed.ts';

export interface DeskRecordsDeps {
  readonly journal: JournalPort;
  readonly feed: Feed;
  readonly log: Log;
  readonly state: () => DeskState;
  /** Called when the feed has a new line. */
  readonly onLine: () => void;
}

/** After these the messages are counted from 1 again, or nobody counts them. */
const ENDS_OF_COUNTING: ReadonlySet<JournalKind> = new Set<JournalKind>([
  'link.opened',
  'link.lost',
  'engine.stopped',
]);

/** What the desk remembers and tells: its journal, and the feed that is made from it. */
export class DeskRecords {
  readonly #deps: DeskRecordsDeps;
  readonly #gaps = new GapRecords();

  constructor(deps: DeskRecordsDeps) {
    this.#deps = deps;
  }

  /** What is remembered and told must not keep what follows, a flatten above all, from seeing the fact. */
  keep(entry: JournalEntry, stamp: Stamp, correlationId: string | null = null): void {
    if (entry.kind === 'link.gap') {
      this.#keepGap(this.#gaps.take(entry, stamp.mono), stamp);
      return;
    }
    if (ENDS_OF_COUNTING.has(entry.kind)) this.#keepGap(this.#gaps.rest(stamp.mono), stamp);
    this.#append(entry, stamp, correlationId);
  }

  /** Writes what has waited long enough to be written. */
  keepHouse(stamp: Stamp): void {
    this.#keepGap(this.#gaps.due(stamp.mono), stamp);
  }

  /** Comes back when the entry is on disk or cannot get there. */
  keepDurably(entry: JournalEntry, stamp: Stamp): ReturnType<JournalPort['appendDurably']> {
    const recorded = this.#deps.journal.appendDurably(itemOf(entry, stamp, null));
    if (recorded.ok) this.told(entry, stamp);
    return recorded;
  }

  /** Takes an entry into the feed that was written elsewhere. */
  told(entry: JournalEntry, stamp: Stamp): void {
    if (this.#deps.feed.note(this.#deps.state(), entry, stamp)) this.#deps.onLine();
  }

  /** Writes an error of this program to its log. */
  bug(part: string, cause: unknown): void {
    const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    this.#deps.log.error('engine.bug', { part, detail });
  }

  #keepGap(gap: GapEntry | null, stamp: Stamp): void {
    if (gap !== null) this.#append(gap, stamp, null);
  }

  #append(entry: JournalEntry, stamp: Stamp, correlationId: string | null): void {
    try {
      this.#deps.journal.append(itemOf(entry, stamp, correlationId));
      this.told(entry, stamp);
    } catch (cause) {
      this.bug(entry.kind, cause);
    }
  }
}

function itemOf(entry: JournalEntry, stamp: Stamp, correlationId: string | null): AppendItem {
  return { entry, stamp, correlationId, causationId: null };
}
