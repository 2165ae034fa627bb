import type { Instrument, Ticks } from '../../domain/instrument/instrument.ts';
import type { Bar } from '../../domain/market/quote.ts';
import type { Contract } from '../contracts.ts';
import type { Random } from '../random.ts';
import { BarBuilder } from './bar-builder.ts';
import type { MarketSource, MarketTick } from './market-tick.ts';
import { sessionShape, VolatilityCluster } from './volatility.ts';

const MINUTE = 60_000;

/** Regular-hours minutes' worth of variance in a whole day of the session shape. */
const DAY_VARIANCE_MINUTES = 640;

/** Mean time between ticks in the middle of the regular session. */
const MEAN_GAP_MS = 150;

/** Jumps per minute, and their size in minute standard deviations. */
const JUMPS_PER_MINUTE = 1 / 240;
const JUMP_SIZE = 6;

export interface GeneratedSourceOptions {
  readonly contract: Contract;
  readonly random: Random;
  /** UTC epoch milliseconds of the first tick. */
  readonly startsAt: number;
  readonly historyMinutes: number;
  /** The last price of an earlier run, in ticks, that this market goes on from. */
  readonly goesOnFrom?: number | undefined;
}

/** An endless market from a seed; it never closes, only quietens overnight, so that demo mode always moves. */
export class GeneratedSource implements MarketSource {
  readonly instrument: Instrument;
  readonly history: readonly Bar[];
  readonly #random: Random;
  readonly #cluster: VolatilityCluster;
  readonly #depth: number;
  /** Standard deviation of a minute in the middle of the session, in ticks. */
  readonly #minuteDeviation: number;
  #latent: number;
  #last: number;
  #at: number;

  constructor(options: GeneratedSourceOptions) {
    const { root, instrument } = options.contract;
    this.instrument = instrument;
    this.#random = options.random;
    this.#cluster = new VolatilityCluster(options.random.fork('cluster'));
    this.#depth = root.depth;
    this.#latent = root.typicalPrice / root.tickSize;
    this.#last = Math.round(this.#latent);
    this.#minuteDeviation = (this.#latent * root.dailyVolatility) / Math.sqrt(DAY_VARIANCE_MINUTES);
    this.#at = options.startsAt - options.historyMinutes * MINUTE;
    const history = this.#runUntil(options.startsAt);
    const shift = (options.goesOnFrom ?? this.#last) - this.#last;
    this.#latent += shift;
    this.#last += shift;
    this.history = history.map((bar) => shifted(bar, shift));
  }

  next(): MarketTick {
    const shape = sessionShape(this.#at);
    const gap = Math.max(20, (-Math.log(1 - this.#random.next()) * MEAN_GAP_MS) / shape);
    const before = this.#at;
    this.#at = Math.floor(before + gap);
    if (Math.floor(this.#at / MINUTE) !== Math.floor(before / MINUTE)) this.#cluster.nextMinute();
    const deviation = this.#minuteDeviation * shape * this.#cluster.factor;
    this.#move(deviation, this.#at - before);
    return this.#quote(shape, this.#cluster.factor);
  }

  #move(deviation: number, elapsedMs: number): void {
    const minutes = elapsedMs / MINUTE;
    this.#latent += this.#random.normal() * deviation * Math.sqrt(minutes);
    if (this.#random.chance(JUMPS_PER_MINUTE * minutes)) {
      this.#latent += this.#random.normal() * deviation * JUMP_SIZE;
    }
    this.#latent = Math.max(10, this.#latent);
  }

  #quote(shape: number, factor: number): MarketTick {
    const random = this.#random;
    const stress = factor * factor;
    const widening = Math.min(0.6, 0.02 * stress * stress + (shape < 0.5 ? 0.05 : 0));
    const spread = 1 + (random.chance(widening) ? random.int(1, 2) : 0);
    const bid = Math.round(this.#latent - spread / 2);
    const depth = Math.max(2, Math.round((this.#depth * Math.min(1.5, shape)) / stress));
    const bidSize = random.int(1, depth);
    const askSize = random.int(1, depth);
    const isTrade = random.chance(0.6);
    if (isTrade) this.#last = random.chance(0.5) ? bid : bid + spread;
    const traded = 1 + Math.floor(-Math.log(1 - random.next()) * this.#depth * 0.15);
    return {
      at: this.#at,
      bid,
      ask: bid + spread,
      last: this.#last,
      bidSize,
      askSize,
      lastSize: isTrade ? traded : 0,
    };
  }

  #runUntil(end: number): readonly Bar[] {
    const builder = new BarBuilder(this.instrument.name);
    const bars: Bar[] = [];
    while (this.#at < end) {
      const closed = builder.add(this.next());
      if (closed !== null) bars.push(closed);
    }
    return bars;
  }
}

/** The bar at other prices, by whole ticks. */
function shifted(bar: Bar, by: number): Bar {
  const at = (ticks: Ticks): Ticks => (ticks + by) as Ticks;
  return {
    ...bar,
    open: at(bar.open),
    high: at(bar.high),
    low: at(bar.low),
    close: at(bar.close),
  };
}
