import type { Instrument } from '../../domain/instrument/instrument.ts';
import type { Bar } from '../../domain/market/quote.ts';
import type { Random } from '../random.ts';
import { BarBuilder } from './bar-builder.ts';
import type { MarketSource, MarketTick } from './market-tick.ts';
import type { TradeRow } from './trade-rows.ts';

export interface TradeSourceOptions {
  readonly instrument: Instrument;
  readonly rows: readonly TradeRow[];
  readonly random: Random;
  /** UTC epoch milliseconds of the recording; trades before become history. */
  readonly startsAt: number;
  readonly historyMinutes: number;
  /** Contracts usually shown at each side; the recording has no quotes. */
  readonly depth: number;
}

/** Plays recorded trades; the quote stands one tick around the last trade, on the side it moved to. */
export class TradeSource implements MarketSource {
  readonly instrument: Instrument;
  readonly history: readonly Bar[];
  readonly #options: TradeSourceOptions;
  #nextRow: number;
  #previous: MarketTick | null = null;

  constructor(options: TradeSourceOptions) {
    this.instrument = options.instrument;
    this.#options = options;
    const first = options.rows.findIndex((row) => row.at >= options.startsAt);
    this.#nextRow = first === -1 ? options.rows.length : first;
    this.history = this.#replayHistory();
  }

  next(): MarketTick | null {
    const row = this.#options.rows[this.#nextRow];
    if (row === undefined) return null;
    this.#nextRow += 1;
    this.#previous = this.#tickOf(row);
    return this.#previous;
  }

  #tickOf(row: TradeRow): MarketTick {
    const before = this.#previous;
    const atAsk = before === null || row.price > before.last || row.price === before.ask;
    const bid = atAsk ? row.price - 1 : row.price;
    const { depth, random } = this.#options;
    return {
      at: row.at,
      bid,
      ask: bid + 1,
      last: row.price,
      bidSize: random.int(1, 2 * depth),
      askSize: random.int(1, 2 * depth),
      lastSize: row.size,
    };
  }

  #replayHistory(): readonly Bar[] {
    const builder = new BarBuilder(this.instrument.name);
    const bars: Bar[] = [];
    for (const row of this.#options.rows.slice(0, this.#nextRow)) {
      this.#previous = this.#tickOf(row);
      const closed = builder.add(this.#previous);
      if (closed !== null) bars.push(closed);
    }
    if (builder.running !== null) bars.push({ ...builder.running, closed: true });
    return bars.slice(-this.#options.historyMinutes);
  }
}
