import type { EpochMs } from '../../kernel/clock.ts';
import type { InstrumentName, Ticks } from '../../domain/instrument/instrument.ts';
import type { Bar } from '../../domain/market/quote.ts';
import type { MarketTick } from './market-tick.ts';

const MINUTE = 60_000;

/** Builds one-minute trade bars; only trades count, as in NinjaTrader's Last series. */
export class BarBuilder {
  readonly #instrument: InstrumentName;
  #running: Bar | null = null;

  constructor(instrument: InstrumentName) {
    this.#instrument = instrument;
  }

  /** The minute still running; null before the first trade. */
  get running(): Bar | null {
    return this.#running;
  }

  /** Adds a tick and returns the bar that it closed, if any. */
  add(tick: MarketTick): Bar | null {
    if (tick.lastSize === 0) return null;
    const startsAt = (Math.floor(tick.at / MINUTE) * MINUTE) as EpochMs;
    const price = tick.last as Ticks;
    const before = this.#running;
    if (before !== null && before.startsAt === startsAt) {
      this.#running = {
        ...before,
        high: Math.max(before.high, price) as Ticks,
        low: Math.min(before.low, price) as Ticks,
        close: price,
        volume: before.volume + tick.lastSize,
      };
      return null;
    }
    this.#running = {
      instrument: this.#instrument,
      startsAt,
      open: price,
      high: price,
      low: price,
      close: price,
      volume: tick.lastSize,
      closed: false,
    };
    return before === null ? null : { ...before, closed: true };
  }
}
