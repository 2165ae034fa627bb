import type { Instrument } from '../../domain/instrument/instrument.ts';
import type { Bar } from '../../domain/market/quote.ts';

/** One state of a market: best prices in ticks, sizes in contracts, time in UTC epoch milliseconds. */
export interface MarketTick {
  readonly at: number;
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  readonly bidSize: number;
  readonly askSize: number;
  /** Contracts traded at `last`; 0 for a change of the quote alone. */
  readonly lastSize: number;
}

/** Where ticks come from, in order of time. */
export interface MarketSource {
  readonly instrument: Instrument;
  /** Closed minutes before the first tick, oldest first. */
  readonly history: readonly Bar[];
  /** Null at the end of the data. */
  next(): MarketTick | null;
}
