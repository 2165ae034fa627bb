import { CHAIN_START, sealBatch, type BatchRow, type JournalRow } from './journal-chain.ts';
import { readRows, recordFrom } from './journal-reader.ts';
import type { Database } from './sqlite.ts';

/** Something about the journal that this app did not write that way. */
export interface JournalFlaw {
  readonly code: 'GAP' | 'BROKEN_SEAL' | 'UNSEALED' | 'UNREADABLE' | 'MISSING_ROWS';
  /** First sequence number that it concerns. */
  readonly seq: number;
  readonly detail: string;
}

export interface JournalVerdict {
  readonly records: number;
  readonly batches: number;
  readonly flaws: readonly JournalFlaw[];
}

const MAX_FLAWS = 100;

/** Checks that no sequence number is missing, that every seal fits and that every row can be read. */
export function verifyJournal(db: Database): JournalVerdict {
  const flaws: JournalFlaw[] = [];
  const note = (flaw: JournalFlaw): void => {
    if (flaws.length < MAX_FLAWS) flaws.push(flaw);
  };
  const rows = readRows(db, 0);
  const batches = db.prepare<[], BatchRow>('SELECT * FROM journal_batch ORDER BY batch').all();
  let previous = CHAIN_START;
  let expected = 1;
  let records = 0;
  let next = rows.next();
  for (const batch of batches) {
    const held: JournalRow[] = [];
    while (next.done !== true && next.value.seq <= batch.last_seq) {
      held.push(next.value);
      next = rows.next();
    }
    checkRows(held, note);
    checkBatch({ batch, held, expected, previous }, note);
    records += held.length;
    expected = batch.last_seq + 1;
    previous = batch.hash;
  }
  for (; next.done !== true; next = rows.next()) {
    records += 1;
    note({ code: 'UNSEALED', seq: next.value.seq, detail: 'The row belongs to no batch.' });
  }
  return { records, batches: batches.length, flaws };
}

function checkBatch(
  at: { batch: BatchRow; held: readonly JournalRow[]; expected: number; previous: string },
  note: (flaw: JournalFlaw) => void,
): void {
  const { batch, held, expected, previous } = at;
  if (batch.first_seq !== expected) {
    note({ code: 'GAP', seq: expected, detail: `The next batch begins at ${batch.first_seq}.` });
  }
  const size = batch.last_seq - batch.first_seq + 1;
  if (held.length !== size) {
    const detail = `Batch ${batch.batch} has ${held.length} of its ${size} rows.`;
    note({ code: 'MISSING_ROWS', seq: batch.first_seq, detail });
  }
  if (sealBatch(previous, held) !== batch.hash) {
    const detail = `The rows up to ${batch.last_seq} are not the ones that were sealed.`;
    note({ code: 'BROKEN_SEAL', seq: batch.first_seq, detail });
  }
}

function checkRows(rows: readonly JournalRow[], note: (flaw: JournalFlaw) => void): void {
  for (const row of rows) {
    const record = recordFrom(row);
    if (!record.ok) note({ code: 'UNREADABLE', seq: row.seq, detail: record.error.code });
  }
}
