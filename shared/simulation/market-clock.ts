import type { EpochMs } from '../kernel/clock.ts';

/** Turns virtual time into the times of the market being played, which may run faster and on another day. */
export class MarketClock {
  readonly #startsAt: number;
  readonly #speed: number;
  #skewMs = 0;
  #source: (() => number) | null = null;

  constructor(startsAt: number, speed: number) {
    this.#startsAt = startsAt;
    this.#speed = speed;
  }

  /** The platform's own opinion of the time: the market's time plus the PC clock's error. */
  stamp(virtualMs: number): EpochMs {
    const time = this.#source?.() ?? this.#startsAt + virtualMs * this.#speed;
    return Math.max(0, Math.floor(time + this.#skewMs)) as EpochMs;
  }

  /** Stamps with another clock's time, for a run whose virtual time is no time of day. */
  stampWith(source: () => number): void {
    this.#source = source;
  }

  /** When a moment of the market comes, in virtual time. */
  virtualOf(marketMs: number): number {
    return (marketMs - this.#startsAt) / this.#speed;
  }

  /** How far the platform's PC clock is off, in milliseconds. */
  get skewMs(): number {
    return this.#skewMs;
  }

  setSkew(ms: number): void {
    this.#skewMs = ms;
  }
}
