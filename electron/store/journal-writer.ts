import { versionOf } from '../../shared/domain/journal/upcast.ts';
import type { AppendItem } from '../engine/ports.ts';
import { CHAIN_START, sealBatch, type BatchRow, type JournalRow } from './journal-chain.ts';
import type { Database } from './sqlite.ts';

/** `batched` survives a killed process, `durable` also a power cut. */
export type Durability = 'batched' | 'durable';

/** Writes batches at the end of the journal; throws what the database engine throws. */
export class JournalWriter {
  readonly #db: Database;
  readonly #runId: string;
  readonly #insertRow;
  readonly #insertBatch;
  #lastSeq: number;
  #lastBatch: number;
  #lastHash: string;

  constructor(db: Database, runId: string) {
    this.#db = db;
    this.#runId = runId;
    this.#insertRow = db.prepare<JournalRow>(
      `INSERT INTO journal (seq, kind, v, payload, wall, mono, run_id, correlation_id, causation_id)
       VALUES (@seq, @kind, @v, @payload, @wall, @mono, @run_id, @correlation_id, @causation_id)`,
    );
    this.#insertBatch = db.prepare<BatchRow>(
      `INSERT INTO journal_batch (batch, first_seq, last_seq, hash)
       VALUES (@batch, @first_seq, @last_seq, @hash)`,
    );
    const last = db
      .prepare<[], BatchRow>('SELECT * FROM journal_batch ORDER BY batch DESC LIMIT 1')
      .get();
    this.#lastBatch = last?.batch ?? 0;
    this.#lastSeq = last?.last_seq ?? 0;
    this.#lastHash = last?.hash ?? CHAIN_START;
  }

  /** Writes all items or none; returns the sequence number of the last. */
  write(items: readonly AppendItem[], durability: Durability): number {
    if (items.length === 0) return this.#lastSeq;
    const rows = items.map((item, index) => this.#row(item, this.#lastSeq + index + 1));
    const batch: BatchRow = {
      batch: this.#lastBatch + 1,
      first_seq: this.#lastSeq + 1,
      last_seq: this.#lastSeq + rows.length,
      hash: sealBatch(this.#lastHash, rows),
    };
    if (durability === 'durable') this.#db.pragma('synchronous = FULL');
    try {
      this.#db
        .transaction(() => {
          for (const row of rows) this.#insertRow.run(row);
          this.#insertBatch.run(batch);
        })
        .immediate();
    } finally {
      if (durability === 'durable') this.#db.pragma('synchronous = NORMAL');
    }
    this.#lastBatch = batch.batch;
    this.#lastSeq = batch.last_seq;
    this.#lastHash = batch.hash;
    return batch.last_seq;
  }

  #row({ entry, stamp, correlationId, causationId }: AppendItem, seq: number): JournalRow {
    return {
      seq,
      kind: entry.kind,
      v: versionOf(entry.kind),
      payload: JSON.stringify(entry),
      wall: stamp.wall,
      mono: stamp.mono,
      run_id: this.#runId,
      correlation_id: correlationId,
      causation_id: causationId,
    };
  }
}
