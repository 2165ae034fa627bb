import { createHash } from 'node:crypto';

/** A journal row as it lies in the table. */
export interface JournalRow {
  readonly seq: number;
  readonly kind: string;
  readonly v: number;
  readonly payload: string;
  readonly wall: number;
  readonly mono: number;
  readonly run_id: string;
  readonly correlation_id: string | null;
  readonly causation_id: string | null;
}

export interface BatchRow {
  readonly batch: number;
  readonly first_seq: number;
  readonly last_seq: number;
  readonly hash: string;
}

/** What the first batch is chained to. */
export const CHAIN_START = 'apex-journal/1';

/**
 * The hash of a batch, which seals its rows and everything before them. It shows that a row was changed
 * or taken out later by somebody who did not redo all hashes after it; it does not prevent that.
 */
export function sealBatch(previous: string, rows: Iterable<JournalRow>): string {
  const hash = createHash('sha256').update(previous);
  for (const row of rows) hash.update(canonical(row));
  return hash.digest('hex');
}

/** Lengths go before texts, so that no two different rows read alike. */
function canonical(row: JournalRow): string {
  const texts = [row.kind, row.payload, row.run_id, row.correlation_id, row.causation_id]
    .map((text) => (text === null ? '-' : `${text.length}:${text}`))
    .join('');
  return `\n${row.seq} ${row.v} ${row.wall} ${row.mono} ${texts}`;
}
