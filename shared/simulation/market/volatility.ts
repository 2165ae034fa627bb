import type { Random } from '../random.ts';

/** Minutes of a trading year's day that carry the day's variance in the shape below. */
const OPEN_MINUTE = 9 * 60 + 30;
const CLOSE_MINUTE = 16 * 60;

/** Share of a regular-hours minute's volatility that is left overnight. */
const OVERNIGHT = 0.35;

/** First Sunday of a month plus `weeks`, as a UTC date. */
function sunday(year: number, month: number, weeks: number): number {
  const first = new Date(Date.UTC(year, month, 1));
  return Date.UTC(year, month, 1 + ((7 - first.getUTCDay()) % 7) + 7 * weeks);
}

/** Minute of the day in New York, 0-1439; daylight saving by the rule in force since 2007. */
export function newYorkMinute(at: number): number {
  const year = new Date(at).getUTCFullYear();
  const summer =
    at >= sunday(year, 2, 1) + 7 * 3_600_000 && at < sunday(year, 10, 0) + 6 * 3_600_000;
  const minutes = Math.floor(at / 60_000) - (summer ? 240 : 300);
  return ((minutes % 1440) + 1440) % 1440;
}

/** Volatility of a minute relative to the regular session's middle: U-shaped by day, low overnight. */
export function sessionShape(at: number): number {
  const minute = newYorkMinute(at);
  if (minute < OPEN_MINUTE || minute >= CLOSE_MINUTE) {
    const london = minute >= 180 && minute < OPEN_MINUTE;
    return london ? OVERNIGHT * 1.4 : OVERNIGHT;
  }
  const sinceOpen = minute - OPEN_MINUTE;
  const untilClose = CLOSE_MINUTE - minute;
  return 0.8 + 1.6 * Math.exp(-sinceOpen / 25) + 0.9 * Math.exp(-untilClose / 30);
}

/** GARCH(1,1) with unit mean: yesterday's shock and yesterday's variance carry over. */
const SHOCK_WEIGHT = 0.08;
const MEMORY = 0.9;

/** Volatility that clusters: a factor of mean 1 in variance, moved on once a minute. */
export class VolatilityCluster {
  readonly #random: Random;
  #variance = 1;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Factor on the standard deviation for the running minute. */
  get factor(): number {
    return Math.sqrt(this.#variance);
  }

  nextMinute(): void {
    const shock = this.#random.normal();
    const squared = this.#variance * shock * shock;
    this.#variance = 1 - SHOCK_WEIGHT - MEMORY + SHOCK_WEIGHT * squared + MEMORY * this.#variance;
  }
}
