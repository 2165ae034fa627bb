import type { MonoMs } from '../../kernel/clock.ts';
import { replayEntry } from '../desk/reduce.ts';
import { EMPTY_DESK, type DeskState } from '../desk/state.ts';
import type { FlattenRecord } from '../flatten/record.ts';
import type { JournalEntry, JournalRecord } from './record.ts';

/** What a journal comes to. */
export interface FoldedJournal {
  readonly desk: DeskState;
  /** Every record of a flatten, in order; the flatten service tells which runs are still open. */
  readonly flattens: readonly FlattenRecord[];
  readonly lastSeq: number;
}

/** Monotonic times of another run say nothing in this one; all of it was long ago. */
const BEFORE_THIS_RUN = 0 as MonoMs;

/** Rebuilds what the desk durably knew from its journal. Nothing in it is confirmed: no link is open. */
export function foldJournal(records: Iterable<JournalRecord>): FoldedJournal {
  let desk = EMPTY_DESK;
  let lastSeq = 0;
  const flattens: FlattenRecord[] = [];
  for (const { entry, wall, seq } of records) {
    if (isFlattenRecord(entry)) flattens.push(entry);
    else desk = replayEntry(desk, entry, { wall, mono: BEFORE_THIS_RUN });
    lastSeq = seq;
  }
  return { desk: closed(desk), flattens, lastSeq };
}

/** The process that had the link is gone, and so is the link, whatever the last record says. */
function closed(desk: DeskState): DeskState {
  return { ...desk, link: { ...desk.link, isOpen: false } };
}

const FLATTEN_KINDS: ReadonlySet<string> = new Set<FlattenRecord['kind']>([
  'flatten.requested',
  'flatten.stepped',
  'flatten.unresolved',
  'flatten.refused',
  'flatten.disarmed',
  'flatten.confirmed',
]);

/** Whether a journal entry belongs to the life of a flatten. */
export function isFlattenRecord(entry: JournalEntry): entry is FlattenRecord {
  return FLATTEN_KINDS.has(entry.kind);
}
