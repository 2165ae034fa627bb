import type { EpochMs, MonoMs } from '../../kernel/clock.ts';
import { replayEntry } from '../desk/reduce.ts';
import { EMPTY_DESK, type DeskState } from '../desk/state.ts';
import { KeptFlattenRecords } from '../flatten/kept-records.ts';
import type { FlattenRecord } from '../flatten/record.ts';
import { EMPTY_MIRROR, hearGuard, wantGuard, type GuardMirror } from '../guard/mirror.ts';
import type { JournalEntry, JournalRecord } from './record.ts';
import { isRiskEntry, RiskFolding, type RiskBook } from './risk-fold.ts';

/** What a journal comes to. */
export interface FoldedJournal {
  readonly desk: DeskState;
  /** The records of flattens that a restart still needs, in order. */
  readonly flattens: readonly FlattenRecord[];
  readonly guard: GuardMirror;
  readonly risk: RiskBook;
  readonly lastSeq: number;
}

/** What a journal without records comes to. */
export const EMPTY_FOLD: FoldedJournal = {
  desk: EMPTY_DESK,
  flattens: [],
  guard: EMPTY_MIRROR,
  risk: new Map(),
  lastSeq: 0,
};

/** Monotonic times of another run say nothing in this one; all of it was long ago. */
const BEFORE_THIS_RUN = 0 as MonoMs;

/** A fold under way, for those who cannot stop everything else until it is done. */
export class JournalFolding {
  #desk: DeskState;
  #guard: GuardMirror;
  #lastSeq: number;
  readonly #flattens: KeptFlattenRecords;
  readonly #risk: RiskFolding;

  /** Begins where an earlier fold ended. */
  constructor(from: FoldedJournal = EMPTY_FOLD) {
    this.#desk = from.desk;
    this.#guard = from.guard;
    this.#lastSeq = from.lastSeq;
    this.#flattens = new KeptFlattenRecords(from.flattens);
    this.#risk = new RiskFolding(from.risk);
  }

  take({ entry, wall, seq }: JournalRecord): void {
    if (isFlattenRecord(entry)) this.#flattens.add(entry);
    else this.#desk = replayEntry(this.#desk, entry, { wall, mono: BEFORE_THIS_RUN });
    this.#guard = replayGuard(this.#guard, entry, wall);
    if (isRiskEntry(entry)) this.#risk.take(entry);
    this.#lastSeq = seq;
  }

  folded(): FoldedJournal {
    return {
      desk: closed(this.#desk),
      flattens: this.#flattens.all(),
      guard: this.#guard,
      risk: this.#risk.folded(),
      lastSeq: this.#lastSeq,
    };
  }
}

/** Rebuilds what the desk durably knew from its journal. Nothing in it is confirmed: no link is open. */
export function foldJournal(
  records: Iterable<JournalRecord>,
  from: FoldedJournal = EMPTY_FOLD,
): FoldedJournal {
  const folding = new JournalFolding(from);
  for (const record of records) folding.take(record);
  return folding.folded();
}

function replayGuard(guard: GuardMirror, entry: JournalEntry, wall: EpochMs): GuardMirror {
  if (entry.kind === 'guard.wanted') return wantGuard(guard, entry);
  return entry.kind === 'guard.reported' ? hearGuard(guard, entry, wall) : guard;
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
