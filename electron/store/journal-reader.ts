import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { EpochMs, MonoMs } from '../../shared/kernel/clock.ts';
import type { JournalRecord } from '../../shared/domain/journal/record.ts';
import { upcast } from '../../shared/domain/journal/upcast.ts';
import type { JournalRow } from './journal-chain.ts';
import type { Database } from './sqlite.ts';

/** Rows per query: reading in pages leaves the connection free for writes in between. */
const PAGE_ROWS = 500;

/** The rows from `fromSeq` on, in order. */
export function* readRows(db: Database, fromSeq: number): Generator<JournalRow> {
  const page = db.prepare<[number, number], JournalRow>(
    'SELECT * FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?',
  );
  let next = fromSeq;
  for (;;) {
    const rows = page.all(next, PAGE_ROWS);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return;
    next = last.seq + 1;
  }
}

export interface UnreadableRow {
  readonly seq: number;
  readonly code: 'NOT_JSON' | 'UNKNOWN_KIND' | 'NEWER_VERSION' | 'BAD_PAYLOAD';
}

/** Brings a row into today's form. */
export function recordFrom(row: JournalRow): Result<JournalRecord, UnreadableRow> {
  const payload = parse(row.payload);
  if (payload === undefined) return err({ seq: row.seq, code: 'NOT_JSON' });
  const entry = upcast({ kind: row.kind, v: row.v, payload });
  if (!entry.ok) return err({ seq: row.seq, code: entry.error.code });
  return ok({
    seq: row.seq,
    v: row.v,
    entry: entry.value,
    wall: row.wall as EpochMs,
    mono: row.mono as MonoMs,
    runId: row.run_id,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The caller reports the row by its number; the parser's own words would not help anybody.
    return undefined;
  }
}
