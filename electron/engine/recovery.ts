import type { Log } from '../../shared/kernel/log.ts';
import { EMPTY_FOLD, foldJournal, type FoldedJournal } from '../../shared/domain/journal/fold.ts';
import { SnapshotReading } from '../../shared/domain/journal/snapshot-reading.ts';
import { SNAPSHOT_VERSION } from '../../shared/domain/journal/snapshot.ts';
import type { JournalPort, KeptSnapshot, SnapshotPort } from './ports.ts';
import { Feed } from './projections/feed.ts';

export interface RecoveryDeps {
  readonly journal: JournalPort;
  /** Absent: every start folds the whole journal. */
  readonly snapshots?: SnapshotPort;
  readonly log: Log;
}

export interface RecoveredDesk {
  readonly folded: FoldedJournal;
  readonly feed: Feed;
  /** Where the snapshot was taken that the fold began with; 0 without one. */
  readonly snapshotSeq: number;
}

/** Enough records for the feed to fill up from, as most make no line. */
const FEED_RECORDS = 2_000;

/** Rebuilds the desk from its journal. This is the start-up: there is no other way in. */
export function recoverDesk(deps: RecoveryDeps): RecoveredDesk {
  const from = toEnd(newestFold(deps));
  const folded = foldJournal(deps.journal.read(from.lastSeq + 1), from);
  const feed = new Feed();
  const firstOfFeed = Math.max(1, folded.lastSeq - FEED_RECORDS + 1);
  for (const { entry, wall, mono } of deps.journal.read(firstOfFeed)) {
    feed.note(folded.desk, entry, { wall, mono });
  }
  feed.takeFresh();
  return { folded, feed, snapshotSeq: from.lastSeq };
}

/** What the newest usable snapshot holds, read in short steps; an empty fold when there is none. */
export function* newestFold({
  snapshots,
  log,
}: Omit<RecoveryDeps, 'journal'>): Generator<void, FoldedJournal> {
  for (const kept of snapshots?.newestFirst() ?? []) {
    const folded = yield* readSnapshot(kept);
    if (typeof folded !== 'string') return folded;
    // A start from the whole journal comes to the same, later; nobody has to be told but who reads the log.
    log.warn('snapshot.ignored', { seq: kept.seq, reason: folded });
  }
  return EMPTY_FOLD;
}

/** A snapshot's fold, or why it cannot be used. */
function* readSnapshot(kept: KeptSnapshot): Generator<void, FoldedJournal | string> {
  if (!kept.isOfThisJournal) return 'another journal';
  if (kept.version !== SNAPSHOT_VERSION) return 'another version';
  const reading = new SnapshotReading();
  const parts = kept.parts();
  let next = parts.next();
  for (; next.done !== true; next = parts.next()) {
    const text = next.value;
    if (orNull(() => reading.take(JSON.parse(text))) !== true) return 'not understood';
    yield;
  }
  if (!next.value) return 'damaged';
  const folded = orNull(() => reading.folded());
  return folded?.lastSeq === kept.seq ? folded : 'not understood';
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    // Damaged text can fail in any way, and is damaged all the same: the journal has what it should say.
    return null;
  }
}

/** Runs a job in short steps through without a pause. */
export function toEnd<T>(job: Generator<void, T>): T {
  let step = job.next();
  while (step.done !== true) step = job.next();
  return step.value;
}
