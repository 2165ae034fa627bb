import type { Cancel, EpochMs, Timers } from '../../shared/kernel/clock.ts';
import type { InstrumentName, Ticks } from '../../shared/domain/instrument/instrument.ts';
import type { Bar } from '../../shared/domain/market/quote.ts';
import type { BarStore } from '../engine/ports.ts';
import type { Database } from './sqlite.ts';
import { storeErrorFrom } from './store-error.ts';

interface BarRow {
  readonly instrument: string;
  readonly starts_at: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly closed: number;
}

/** A running minute changes with every trade; it is written this often. */
const WRITE_AFTER_MS = 1_000;
/** Two weeks of a market that trades 23 hours a day. */
const KEPT_BARS = 14_000;
const PRUNE_EVERY_WRITES = 600;

/** Bars in memory at once and on disk a moment later; losing some costs a gap in a chart and nothing else. */
export class SqliteBarStore implements BarStore {
  readonly #timers: Timers;
  readonly #unwritten = new Map<string, Bar>();
  #path = '';
  #db: Database | null = null;
  #scheduled: Cancel | null = null;
  #writes = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Gives the store its disk; until then it keeps the bars of this run in memory. */
  attach(db: Database, path: string): void {
    this.#db = db;
    this.#path = path;
  }

  put(bar: Bar): void {
    const key = keyOf(bar);
    const known = this.#unwritten.get(key);
    if (known?.closed === true && !bar.closed) return;
    this.#unwritten.set(key, bar);
    if (this.#unwritten.size > KEPT_BARS) this.#forgetOldest();
    this.#scheduled ??= this.#timers.after(WRITE_AFTER_MS, () => {
      this.#scheduled = null;
      this.#write();
    });
  }

  latest(instrument: InstrumentName, limit: number): readonly Bar[] {
    const bars = new Map<EpochMs, Bar>();
    for (const bar of this.#stored(instrument, limit)) bars.set(bar.startsAt, bar);
    for (const bar of this.#unwritten.values()) {
      if (bar.instrument !== instrument) continue;
      if (bar.closed || bars.get(bar.startsAt)?.closed !== true) bars.set(bar.startsAt, bar);
    }
    return [...bars.values()].sort((a, b) => a.startsAt - b.startsAt).slice(-limit);
  }

  /** Writes what is in memory; called before the database is closed. */
  close(): void {
    this.#scheduled?.();
    this.#scheduled = null;
    this.#write();
    this.#db = null;
  }

  #stored(instrument: InstrumentName, limit: number): readonly Bar[] {
    return (
      this.#use((db) =>
        db
          .prepare<[string, number], BarRow>(
            'SELECT * FROM bar WHERE instrument = ? ORDER BY starts_at DESC LIMIT ?',
          )
          .all(instrument, limit)
          .map(barFrom),
      ) ?? []
    );
  }

  #write(): void {
    const bars = [...this.#unwritten];
    const written = this.#use((db) => {
      const upsert = db.prepare<BarRow>(
        `INSERT INTO bar VALUES (@instrument, @starts_at, @open, @high, @low, @close, @volume, @closed)
         ON CONFLICT DO UPDATE SET open = @open, high = @high, low = @low, close = @close,
         volume = @volume, closed = @closed WHERE closed = 0 OR @closed = 1`,
      );
      db.transaction(() => {
        for (const [, bar] of bars) upsert.run(rowFrom(bar));
        if (this.#writes % PRUNE_EVERY_WRITES === 0) prune(db);
      }).immediate();
      return true;
    });
    if (written !== true) return;
    this.#writes += 1;
    for (const [key, bar] of bars) {
      if (this.#unwritten.get(key) === bar) this.#unwritten.delete(key);
    }
  }

  #use<T>(work: (db: Database) => T): T | null {
    if (this.#db === null) return null;
    try {
      return work(this.#db);
    } catch (cause) {
      // The journal uses the same file and reports its failures; a chart is no reason for a second alarm.
      storeErrorFrom(cause, this.#path);
      return null;
    }
  }

  #forgetOldest(): void {
    for (const key of this.#unwritten.keys()) {
      this.#unwritten.delete(key);
      return;
    }
  }
}

function prune(db: Database): void {
  const names = db.prepare<[], { instrument: string }>('SELECT DISTINCT instrument FROM bar').all();
  const forget = db.prepare<[string, string, number]>(
    `DELETE FROM bar WHERE instrument = ? AND starts_at < (SELECT starts_at FROM bar
     WHERE instrument = ? ORDER BY starts_at DESC LIMIT 1 OFFSET ?)`,
  );
  for (const { instrument } of names) forget.run(instrument, instrument, KEPT_BARS - 1);
}

function keyOf(bar: Bar): string {
  return `${bar.instrument}\n${bar.startsAt}`;
}

function rowFrom(bar: Bar): BarRow {
  const { instrument, startsAt, open, high, low, close, volume, closed } = bar;
  return {
    instrument,
    starts_at: startsAt,
    open,
    high,
    low,
    close,
    volume,
    closed: Number(closed),
  };
}

function barFrom(row: BarRow): Bar {
  return {
    instrument: row.instrument as InstrumentName,
    startsAt: row.starts_at as EpochMs,
    open: row.open as Ticks,
    high: row.high as Ticks,
    low: row.low as Ticks,
    close: row.close as Ticks,
    volume: row.volume,
    closed: row.closed === 1,
  };
}
