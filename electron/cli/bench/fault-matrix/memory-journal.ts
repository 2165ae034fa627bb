import { ok } from '../../../../shared/kernel/result.ts';
import type { JournalRecord } from '../../../../shared/domain/journal/record.ts';
import type { AppendItem, JournalPort, StoreHealth } from '../../../engine/ports.ts';

/** A journal whose disk survives the process: what was flushed is there after a kill, the rest is not. */
export class MemoryDisk {
  readonly records: JournalRecord[] = [];
}

const HEALTHY: StoreHealth = { state: 'ok', detail: '', pending: 0 };

/** The journal of one process on a disk of memory. */
export class MemoryJournal implements JournalPort {
  readonly #disk: MemoryDisk;
  readonly #runId: string;
  #queue: AppendItem[] = [];

  constructor(disk: MemoryDisk, runId: string) {
    this.#disk = disk;
    this.#runId = runId;
  }

  append(item: AppendItem): void {
    this.#queue.push(item);
  }

  appendDurably(item: AppendItem): ReturnType<JournalPort['appendDurably']> {
    this.append(item);
    this.flush();
    return ok({ seq: this.#disk.records.length });
  }

  flush(): ReturnType<JournalPort['flush']> {
    for (const { entry, stamp, correlationId, causationId } of this.#queue) {
      const seq = this.#disk.records.length + 1;
      const runId = this.#runId;
      this.#disk.records.push({ seq, v: 1, entry, ...stamp, runId, correlationId, causationId });
    }
    this.#queue = [];
    return ok(null);
  }

  *read(fromSeq: number): Iterable<JournalRecord> {
    yield* this.#disk.records.slice(fromSeq - 1);
  }

  health(): StoreHealth {
    return HEALTHY;
  }

  onHealth(): void {
    // It is always well.
  }
}
