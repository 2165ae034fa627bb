import type { InstrumentName, Ticks } from '../../domain/instrument/instrument.ts';
import type { Bar, Quote } from '../../domain/market/quote.ts';
import type { Contract } from '../contracts.ts';
import type { EventQueue } from '../event-queue.ts';
import type { MarketClock } from '../market-clock.ts';
import { BarBuilder } from './bar-builder.ts';
import type { MarketSource, MarketTick } from './market-tick.ts';

export interface FeedParts {
  readonly contract: Contract;
  readonly source: MarketSource;
  readonly queue: EventQueue;
  readonly clock: MarketClock;
  readonly onTick: (instrument: string, tick: MarketTick) => void;
  readonly onBar: (bar: Bar) => void;
}

/** The running bar is told at most once in this time, in virtual milliseconds. */
const RUNNING_BAR_MS = 1_000;

/** Plays one source at the market clock's pace and builds its minute bars. */
export class MarketFeed {
  readonly contract: Contract;
  readonly #parts: FeedParts;
  readonly #builder: BarBuilder;
  readonly #bars: Bar[];
  #runningToldAt = -Infinity;
  #quote: Quote | null = null;
  #paused = false;
  #ended = false;

  constructor(parts: FeedParts) {
    this.contract = parts.contract;
    this.#parts = parts;
    this.#builder = new BarBuilder(parts.contract.instrument.name);
    this.#bars = [...parts.source.history];
    this.#scheduleNext();
  }

  /** Closed minutes so far, history included, and the running one. */
  get bars(): readonly Bar[] {
    return this.#builder.running === null ? this.#bars : [...this.#bars, this.#builder.running];
  }

  /** Null before the first tick. */
  get quote(): Quote | null {
    return this.#quote;
  }

  /** The recording is over: no tick will follow. */
  get ended(): boolean {
    return this.#ended;
  }

  /** A paused market neither trades nor quotes; its time passes all the same. */
  setPaused(paused: boolean): void {
    this.#paused = paused;
  }

  #scheduleNext(): void {
    const tick = this.#parts.source.next();
    if (tick === null) {
      this.#ended = true;
      return;
    }
    this.#parts.queue.at(this.#parts.clock.virtualOf(tick.at), () => {
      if (!this.#paused) this.#play(tick);
      this.#scheduleNext();
    });
  }

  #play(tick: MarketTick): void {
    const { contract, queue, onTick, onBar } = this.#parts;
    const closed = this.#builder.add(tick);
    if (closed !== null) {
      this.#bars.push(closed);
      onBar(closed);
    }
    this.#quote = quoteOf(contract.instrument.name, tick, this.#parts.clock.stamp(queue.now));
    onTick(contract.instrument.name, tick);
    const { running } = this.#builder;
    const due = queue.now - this.#runningToldAt >= RUNNING_BAR_MS;
    if (running !== null && (due || closed !== null)) {
      this.#runningToldAt = queue.now;
      onBar(running);
    }
  }
}

function quoteOf(instrument: InstrumentName, tick: MarketTick, quotedAt: Quote['quotedAt']): Quote {
  return {
    instrument,
    bid: tick.bid as Ticks,
    ask: tick.ask as Ticks,
    last: tick.last as Ticks,
    bidSize: tick.bidSize,
    askSize: tick.askSize,
    lastSize: tick.lastSize,
    quotedAt,
  };
}
