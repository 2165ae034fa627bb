import type { Cancel, Clock, Timers } from '../../shared/kernel/clock.ts';
import { JournalFolding, type FoldedJournal } from '../../shared/domain/journal/fold.ts';
import { snapshotOf, SNAPSHOT_VERSION } from '../../shared/domain/journal/snapshot.ts';
import type { JournalSeal, SnapshotPort } from './ports.ts';
import { newestFold, toEnd, type RecoveredDesk, type RecoveryDeps } from './recovery.ts';

export interface SnapshotKeeperDeps extends RecoveryDeps {
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Folds in well under a second at a start. */
const EVERY_ROWS = 50_000;
/** Messages are served in between; a tenth of the time is enough to keep up with any journal. */
const STEP_EVERY_MS = 50;
const STEP_MS = 4;
const RECORDS_PER_STEP = 25;

/**
 * Takes snapshots of the journal, never of the desk: what the store lost or has not yet written must be
 * missing from them too. The last one is folded on in short steps while everything else goes on.
 */
export class SnapshotKeeper {
  readonly #deps: SnapshotKeeperDeps;
  /** Up to where the journal was last tried. */
  #doneTo: number;
  #job: Generator<void, void> | null = null;
  #cancel: Cancel | null = null;

  constructor(deps: SnapshotKeeperDeps, { folded, snapshotSeq }: RecoveredDesk) {
    this.#deps = deps;
    this.#doneTo = snapshotSeq;
    const { snapshots } = deps;
    if (snapshots === undefined || folded.lastSeq - snapshotSeq < EVERY_ROWS) return;
    const seal = snapshots.sealed();
    // What took long to fold is kept at once, while nobody waits for an answer yet.
    if (seal !== null) this.#attempt(() => toEnd(this.#keep(snapshots, seal, folded)));
  }

  /** Begins a snapshot when enough was written since the last one. */
  keepHouse(): void {
    const { snapshots } = this.#deps;
    if (snapshots === undefined || this.#job !== null) return;
    const seal = snapshots.sealed();
    if (seal === null || seal.seq - this.#doneTo < EVERY_ROWS) return;
    this.#job = this.#take(snapshots, seal);
    this.#schedule();
  }

  /** Takes a last snapshot at once, so that the next start has little to fold. */
  stop(): void {
    this.#cancel?.();
    this.#job = null;
    const { snapshots } = this.#deps;
    const seal = snapshots?.sealed() ?? null;
    if (snapshots === undefined || seal === null || seal.seq === this.#doneTo) return;
    this.#attempt(() => toEnd(this.#take(snapshots, seal)));
  }

  #schedule(): void {
    this.#cancel = this.#deps.timers.after(STEP_EVERY_MS, () => this.#step());
  }

  #step(): void {
    const { clock } = this.#deps;
    const until = clock.mono() + STEP_MS;
    this.#attempt(() => {
      while (this.#job?.next().done === false) {
        if (clock.mono() < until) continue;
        this.#schedule();
        return;
      }
      this.#job = null;
    });
  }

  *#take(snapshots: SnapshotPort, seal: JournalSeal): Generator<void, void> {
    this.#doneTo = seal.seq;
    if (!this.#isWhole()) return;
    const from = yield* newestFold(this.#deps);
    const folding = new JournalFolding(from);
    let taken = 0;
    for (const record of this.#deps.journal.read(from.lastSeq + 1)) {
      if (record.seq > seal.seq) break;
      folding.take(record);
      taken += 1;
      if (taken % RECORDS_PER_STEP === 0) yield;
    }
    yield* this.#keep(snapshots, seal, folding.folded());
  }

  *#keep(snapshots: SnapshotPort, seal: JournalSeal, folded: FoldedJournal): Generator<void, void> {
    this.#doneTo = seal.seq;
    if (folded.lastSeq !== seal.seq || !this.#isWhole()) return;
    const at = { seal, version: SNAPSHOT_VERSION };
    const isKept = yield* snapshots.keep(at, texts(folded));
    if (!isKept) this.#deps.log.warn('snapshot.notKept', { seq: seal.seq });
  }

  /** A record that cannot be read has to be met again at every start: the trader is told of it. */
  #isWhole(): boolean {
    return this.#deps.journal.health().state === 'ok';
  }

  /** A snapshot is a convenience: a bug in here must not reach the desk. */
  #attempt(work: () => void): void {
    try {
      work();
    } catch (cause) {
      const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      this.#deps.log.error('snapshot.bug', { detail });
      this.#job = null;
    }
  }
}

function* texts(folded: FoldedJournal): Generator<string> {
  for (const part of snapshotOf(folded)) yield JSON.stringify(part);
}
