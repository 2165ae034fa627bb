import type { Liquidity } from './matching.ts';
import { USUAL_LEVELS } from './matching.ts';
import type { MarketTick } from '../market/market-tick.ts';

interface Row {
  tick: MarketTick;
  liquidity: Liquidity;
}

/** The last tick of every market, what is left of its sizes, and which markets are paused. */
export class MarketBoard {
  readonly #rows = new Map<string, Row>();
  readonly #paused = new Set<string>();
  #allPaused = false;

  /** Null before the first tick. */
  tick(instrument: string): MarketTick | null {
    return this.#rows.get(instrument)?.tick ?? null;
  }

  liquidity(instrument: string): Liquidity | null {
    return this.#rows.get(instrument)?.liquidity ?? null;
  }

  put(instrument: string, tick: MarketTick): void {
    const liquidity = { bid: tick.bidSize, ask: tick.askSize, levels: USUAL_LEVELS };
    this.#rows.set(instrument, { tick, liquidity });
  }

  isPaused(instrument: string): boolean {
    return this.#allPaused || this.#paused.has(instrument);
  }

  /** Null means every market. */
  setPaused(instrument: string | null, paused: boolean): void {
    if (instrument === null) this.#allPaused = paused;
    else if (paused) this.#paused.add(instrument);
    else this.#paused.delete(instrument);
  }
}
