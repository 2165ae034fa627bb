import type { EpochMs } from '../../kernel/clock.ts';
import type { Instrument } from '../../domain/instrument/instrument.ts';
import type { Bar } from '../../domain/market/quote.ts';
import type { MarketSource, MarketTick } from './market-tick.ts';

/** Another source at another time, so that a recording can play as if it were today. */
export class ShiftedSource implements MarketSource {
  readonly instrument: Instrument;
  readonly history: readonly Bar[];
  readonly #source: MarketSource;
  readonly #shiftMs: number;

  constructor(source: MarketSource, shiftMs: number) {
    this.instrument = source.instrument;
    this.#source = source;
    this.#shiftMs = shiftMs;
    const minutes = Math.round(shiftMs / 60_000) * 60_000;
    this.history = source.history.map((bar) => ({
      ...bar,
      startsAt: (bar.startsAt + minutes) as EpochMs,
    }));
  }

  next(): MarketTick | null {
    const tick = this.#source.next();
    return tick === null ? null : { ...tick, at: tick.at + this.#shiftMs };
  }
}
