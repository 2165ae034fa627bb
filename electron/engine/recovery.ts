import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { FlattenRecord } from '../../shared/domain/flatten/record.ts';
import { foldJournal } from '../../shared/domain/journal/fold.ts';
import type { JournalRecord } from '../../shared/domain/journal/record.ts';
import type { JournalPort } from './ports.ts';
import { Feed } from './projections/feed.ts';

export interface RecoveredDesk {
  readonly state: DeskState;
  readonly flattens: readonly FlattenRecord[];
  readonly feed: Feed;
}

/** Enough records for the feed to fill up from, as most make no line. */
const FEED_RECORDS = 2_000;

/** Rebuilds the desk from its journal. This is the start-up: there is no other way in. */
export function recoverDesk(journal: JournalPort): RecoveredDesk {
  let tail: JournalRecord[] = [];
  const remember = function* (): Generator<JournalRecord> {
    for (const record of journal.read(1)) {
      tail.push(record);
      if (tail.length > 2 * FEED_RECORDS) tail = tail.slice(-FEED_RECORDS);
      yield record;
    }
  };
  const { desk, flattens } = foldJournal(remember());
  const feed = new Feed();
  for (const { entry, wall, mono } of tail) feed.note(desk, entry, { wall, mono });
  feed.takeFresh();
  return { state: desk, flattens, feed };
}
