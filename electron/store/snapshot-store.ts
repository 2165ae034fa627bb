import { createHash } from 'node:crypto';
import type { JournalSeal, KeptSnapshot, SnapshotPort } from '../engine/ports.ts';
import type { BatchRow } from './journal-chain.ts';
import type { Database } from './sqlite.ts';
import { storeErrorFrom } from './store-error.ts';

interface SnapshotRow extends JournalSeal {
  readonly version: number;
  readonly parts: number;
  readonly checksum: string;
}

/** Parts deleted in one go. */
const SWEEP_PARTS = 8;

/** Snapshots beside the journal they were made of. Whatever fails in here costs time at a start and nothing else. */
export class SqliteSnapshotStore implements SnapshotPort {
  #path = '';
  #db: Database | null = null;

  /** Gives the store its disk; without one it has nothing and keeps nothing. */
  attach(db: Database, path: string): void {
    this.#db = db;
    this.#path = path;
  }

  sealed(): JournalSeal | null {
    return this.#or(null, (db) => {
      const last = db.prepare<[], BatchRow>(LAST_BATCH).get();
      if (last === undefined) return null;
      return { seq: last.last_seq, batch: last.batch, hash: last.hash };
    });
  }

  newestFirst(): readonly KeptSnapshot[] {
    return this.#or([], (db) =>
      db
        .prepare<[], SnapshotRow>('SELECT * FROM desk_snapshot ORDER BY seq DESC')
        .all()
        .map((row) => ({
          seq: row.seq,
          version: row.version,
          isOfThisJournal: isSealOf(db, row),
          parts: () => this.#parts(row),
        })),
    );
  }

  *keep(
    { seal, version }: { readonly seal: JournalSeal; readonly version: number },
    parts: Iterable<string>,
  ): Generator<void, boolean> {
    // One from the same place is replaced, one from beyond the journal is of another journal.
    this.#do((db) => db.prepare('DELETE FROM desk_snapshot WHERE seq >= ?').run(seal.seq));
    yield* this.#sweep();
    const sum = createHash('sha256');
    let part = 0;
    for (const payload of parts) {
      const row = [seal.seq, part, payload] as const;
      const insert = 'INSERT INTO desk_snapshot_part VALUES (?, ?, ?)';
      if (!this.#do((db) => db.prepare(insert).run(...row))) return false;
      sum.update(payload);
      part += 1;
      yield;
    }
    const row: SnapshotRow = { ...seal, version, parts: part, checksum: sum.digest('hex') };
    const isKept = this.#do((db) => putSnapshot(db, row));
    yield* this.#sweep();
    return isKept;
  }

  *#parts(row: SnapshotRow): Generator<string, boolean> {
    const sum = createHash('sha256');
    for (let part = 0; part < row.parts; part += 1) {
      const found = this.#or(undefined, (db) =>
        db.prepare<[number, number], { payload: string }>(READ_PART).get(row.seq, part),
      );
      if (found === undefined) return false;
      sum.update(found.payload);
      yield found.payload;
    }
    return sum.digest('hex') === row.checksum;
  }

  /** Deletes parts without a snapshot, a few at a time. */
  *#sweep(): Generator<void> {
    for (;;) {
      const deleted = this.#or(0, (db) => db.prepare(SWEEP).run(SWEEP_PARTS).changes);
      if (deleted < SWEEP_PARTS) return;
      yield;
    }
  }

  #do(work: (db: Database) => unknown): boolean {
    return this.#or(false, (db) => {
      work(db);
      return true;
    });
  }

  #or<T>(otherwise: T, use: (db: Database) => T): T {
    if (this.#db?.open !== true) return otherwise;
    try {
      return use(this.#db);
    } catch (cause) {
      // The journal in the same file meets the same trouble and tells of it; what is no such trouble is thrown on.
      storeErrorFrom(cause, this.#path);
      return otherwise;
    }
  }
}

const LAST_BATCH = 'SELECT * FROM journal_batch ORDER BY batch DESC LIMIT 1';
const READ_PART = 'SELECT payload FROM desk_snapshot_part WHERE seq = ? AND part = ?';
const SWEEP = `DELETE FROM desk_snapshot_part WHERE rowid IN (
  SELECT rowid FROM desk_snapshot_part WHERE seq NOT IN (SELECT seq FROM desk_snapshot) LIMIT ?)`;
const PUT = `INSERT INTO desk_snapshot (seq, version, batch, hash, parts, checksum)
  VALUES (@seq, @version, @batch, @hash, @parts, @checksum)`;
/** The last but one stays, in case that the last one turns out to be damaged. */
const FORGET_OLD = `DELETE FROM desk_snapshot WHERE seq NOT IN (
  SELECT seq FROM desk_snapshot ORDER BY seq DESC LIMIT 2)`;

function putSnapshot(db: Database, row: SnapshotRow): void {
  db.transaction(() => {
    db.prepare<SnapshotRow>(PUT).run(row);
    db.prepare(FORGET_OLD).run();
  }).immediate();
}

function isSealOf(db: Database, { seq, batch, hash }: JournalSeal): boolean {
  const row = db
    .prepare<[number], BatchRow>('SELECT * FROM journal_batch WHERE batch = ?')
    .get(batch);
  return row !== undefined && row.last_seq === seq && row.hash === hash;
}
