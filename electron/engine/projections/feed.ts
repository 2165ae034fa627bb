import type { MonoMs } from '../../../shared/kernel/clock.ts';
import type { DeskState } from '../../../shared/domain/desk/state.ts';
import type { Stamp } from '../../../shared/domain/desk/fact.ts';
import type { JournalEntry, JournalKind } from '../../../shared/domain/journal/record.ts';
import type { FeedEntryView } from '../../../shared/protocol/ipc/views.ts';
import { feedLine } from './feed-line.ts';

const KEPT = 200;
/** A bad line loses messages many times a second; one sentence about it in this time is enough. */
const REPEAT_AFTER_MS = 10_000;
const REPETITIVE: ReadonlySet<JournalKind> = new Set<JournalKind>(['link.gap', 'link.refused']);

/** The last events in plain words, made from what is journaled, so that a restart shows the same. */
export class Feed {
  #entries: FeedEntryView[] = [];
  #fresh: FeedEntryView[] = [];
  #nextId = 1;
  readonly #saidAt = new Map<JournalKind, MonoMs>();

  /** Takes an entry in; tells whether it made a line. */
  note(state: DeskState, entry: JournalEntry, stamp: Stamp): boolean {
    if (REPETITIVE.has(entry.kind)) {
      const last = this.#saidAt.get(entry.kind);
      if (last !== undefined && stamp.mono - last < REPEAT_AFTER_MS) return false;
      this.#saidAt.set(entry.kind, stamp.mono);
    }
    const line = feedLine(state, entry, stamp);
    if (line === null) return false;
    const entryView = { id: this.#nextId++, ...line };
    this.#entries.push(entryView);
    if (this.#entries.length > 2 * KEPT) this.#entries = this.#entries.slice(-KEPT);
    this.#fresh.push(entryView);
    return true;
  }

  all(): FeedEntryView[] {
    return this.#entries.slice(-KEPT);
  }

  /** The lines since the last call. */
  takeFresh(): FeedEntryView[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh.slice(-KEPT);
  }
}
