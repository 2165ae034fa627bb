import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Cancel, Timers } from '../../shared/kernel/clock.ts';
import type { JournalRecord } from '../../shared/domain/journal/record.ts';
import type { AppendItem, JournalPort, StoreHealth } from '../engine/ports.ts';
import { AppendQueue } from './append-queue.ts';
import { readRows, recordFrom, type UnreadableRow } from './journal-reader.ts';
import { JournalWriter, type Durability } from './journal-writer.ts';
import type { OwnedDatabase } from './sqlite.ts';
import { describeStoreError, storeErrorFrom, type StoreError } from './store-error.ts';

export interface JournalOptions {
  /** Called at once, and again after a failure until it succeeds. */
  readonly open: () => Result<OwnedDatabase, StoreError>;
  readonly timers: Timers;
  readonly runId: string;
}

const BATCH_AFTER_MS = 4;
const BATCH_ROWS = 512;
const RETRY_AFTER_MS = 1_000;

type StoreFailed = { readonly code: 'STORE_FAILED'; readonly detail: string };
type Connection = { readonly owned: OwnedDatabase; readonly writer: JournalWriter };

/** The journal on disk. Failures are told by `health` and kept from the caller, who has no time for them. */
export class JournalStore implements JournalPort {
  readonly #options: JournalOptions;
  readonly #queue = new AppendQueue();
  readonly #listeners: ((health: StoreHealth) => void)[] = [];
  /** By sequence number: parts of the journal are read more than once. */
  readonly #unreadable = new Map<number, UnreadableRow>();
  #connection: Connection | null = null;
  #failure: StoreError | null = null;
  #scheduled: Cancel | null = null;
  #told = '';
  #isClosed = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#connect();
  }

  append(item: AppendItem): void {
    this.#queue.push(item);
    if (this.#queue.size >= BATCH_ROWS && this.#failure === null) this.#write('batched');
    else this.#schedule(this.#failure === null ? BATCH_AFTER_MS : RETRY_AFTER_MS);
  }

  appendDurably(item: AppendItem): Result<{ readonly seq: number }, StoreFailed> {
    const written = this.#write('durable', item);
    return written.ok ? ok({ seq: written.value }) : written;
  }

  flush(): Result<null, StoreFailed> {
    const written = this.#write('batched');
    return written.ok ? ok(null) : written;
  }

  *read(fromSeq: number): Iterable<JournalRecord> {
    if (this.#connection === null) return;
    const { owned } = this.#connection;
    try {
      for (const row of readRows(owned.db, fromSeq)) {
        const record = recordFrom(row);
        if (record.ok) yield record.value;
        else this.#unreadable.set(row.seq, record.error);
      }
    } catch (cause) {
      this.#fail(storeErrorFrom(cause, owned.path));
    }
    this.#tell();
  }

  health(): StoreHealth {
    const pending = this.#queue.size;
    if (this.#failure !== null) {
      const lost = this.#queue.lost;
      const loss = lost === 0 ? '' : ` ${lost} records could not be kept.`;
      return { state: stateOf(this.#failure), detail: sentence(this.#failure) + loss, pending };
    }
    const [first] = this.#unreadable.values();
    if (first !== undefined) {
      const detail = `${this.#unreadable.size} journal records cannot be read, the first is ${first.seq}: ${first.code}.`;
      return { state: 'failing', detail, pending };
    }
    if (this.#queue.lost > 0) {
      const detail = `${this.#queue.lost} records could not be kept while the store failed.`;
      return { state: 'failing', detail, pending };
    }
    return { state: 'ok', detail: '', pending };
  }

  onHealth(listener: (health: StoreHealth) => void): void {
    this.#listeners.push(listener);
  }

  /** Writes what is queued and lets the file go. */
  close(): void {
    this.#write('durable');
    this.#isClosed = true;
    this.#scheduled?.();
    this.#connection?.owned.close();
    this.#connection = null;
  }

  /** Writes the queue and, last, the item; an item that could not be written is not queued. */
  #write(durability: Durability, item?: AppendItem): Result<number, StoreFailed> {
    this.#scheduled?.();
    this.#scheduled = null;
    const connection = this.#connection ?? this.#connect();
    if (connection === null) return this.#refuse();
    const items = this.#queue.all();
    try {
      const seq = connection.writer.write(
        item === undefined ? items : [...items, item],
        durability,
      );
      this.#queue.drop(items.length);
      this.#failure = null;
      this.#tell();
      return ok(seq);
    } catch (cause) {
      this.#fail(storeErrorFrom(cause, connection.owned.path));
      return this.#refuse();
    }
  }

  #connect(): Connection | null {
    if (this.#isClosed) return null;
    const opened = this.#options.open();
    if (!opened.ok) {
      this.#fail(opened.error);
      return null;
    }
    const owned = opened.value;
    try {
      this.#connection = { owned, writer: new JournalWriter(owned.db, this.#options.runId) };
    } catch (cause) {
      owned.close();
      this.#fail(storeErrorFrom(cause, owned.path));
      return null;
    }
    return this.#connection;
  }

  #refuse(): Result<never, StoreFailed> {
    const detail = this.#failure === null ? 'The store is closed.' : sentence(this.#failure);
    return err({ code: 'STORE_FAILED', detail });
  }

  #fail(failure: StoreError): void {
    this.#failure = failure;
    this.#schedule(RETRY_AFTER_MS);
    this.#tell();
  }

  #schedule(delayMs: number): void {
    if (this.#isClosed || this.#scheduled !== null) return;
    this.#scheduled = this.#options.timers.after(delayMs, () => {
      this.#scheduled = null;
      this.#write('batched');
    });
  }

  #tell(): void {
    const health = this.health();
    const words = `${health.state} ${health.detail}`;
    if (words === this.#told) return;
    this.#told = words;
    for (const listener of this.#listeners) listener(health);
  }
}

function stateOf({ code }: StoreError): StoreHealth['state'] {
  if (code === 'READ_ONLY') return 'readOnly';
  return code === 'FULL' ? 'full' : 'failing';
}

function sentence(error: StoreError): string {
  return describeStoreError(error);
}
