import type { EpochMs } from '../../kernel/clock.ts';
import type { Instrument, Ticks } from '../../domain/instrument/instrument.ts';
import type { Bar } from '../../domain/market/quote.ts';
import type { Random } from '../random.ts';
import type { MarketSource, MarketTick } from './market-tick.ts';
import { pathOfMinute } from './minute-path.ts';
import type { MinuteRow } from './minute-rows.ts';

export interface MinuteSourceOptions {
  readonly instrument: Instrument;
  readonly rows: readonly MinuteRow[];
  readonly random: Random;
  /** UTC epoch milliseconds of the recording; minutes before become history. */
  readonly startsAt: number;
  readonly historyMinutes: number;
}

/** Plays recorded minutes from a time on. */
export class MinuteSource implements MarketSource {
  readonly instrument: Instrument;
  readonly history: readonly Bar[];
  readonly #rows: readonly MinuteRow[];
  readonly #random: Random;
  #nextRow: number;
  #steps: readonly MarketTick[] = [];
  #nextStep = 0;

  constructor(options: MinuteSourceOptions) {
    this.instrument = options.instrument;
    this.#rows = options.rows;
    this.#random = options.random;
    const first = options.rows.findIndex((row) => row.startsAt >= options.startsAt);
    this.#nextRow = first === -1 ? options.rows.length : first;
    this.history = options.rows
      .slice(Math.max(0, this.#nextRow - options.historyMinutes), this.#nextRow)
      .flatMap((row) => barOfRow(row, options.instrument));
  }

  next(): MarketTick | null {
    while (this.#nextStep >= this.#steps.length) {
      const row = this.#rows[this.#nextRow];
      if (row === undefined) return null;
      this.#nextRow += 1;
      this.#steps = pathOfMinute(row, this.#random);
      this.#nextStep = 0;
    }
    const tick = this.#steps[this.#nextStep] ?? null;
    this.#nextStep += 1;
    return tick;
  }
}

function barOfRow(row: MinuteRow, instrument: Instrument): Bar[] {
  if (row.trade === null) return [];
  return [
    {
      instrument: instrument.name,
      startsAt: row.startsAt as EpochMs,
      open: row.trade.open as Ticks,
      high: row.trade.high as Ticks,
      low: row.trade.low as Ticks,
      close: row.trade.close as Ticks,
      volume: row.volume,
      closed: true,
    },
  ];
}
