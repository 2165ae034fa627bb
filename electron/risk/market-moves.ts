import type { MonoMs } from '../../shared/kernel/clock.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import type { Quote } from '../../shared/domain/market/quote.ts';
import {
  adverseTicks,
  NO_VOLATILITY,
  quoted,
  VOLATILITY_POLICY,
  type Volatility,
} from '../../shared/domain/risk/feed/volatility.ts';

/** How far every instrument moves, measured once for all accounts that hold it. */
export class MarketMoves {
  readonly #known = new Map<InstrumentName, Volatility>();

  hear(quote: Quote, now: MonoMs): void {
    const before = this.#known.get(quote.instrument) ?? NO_VOLATILITY;
    const after = quoted(before, quote, VOLATILITY_POLICY, now);
    if (after !== before) this.#known.set(quote.instrument, after);
  }

  /** The move against a position that is likely on the way to a fill, in ticks; null while not known. */
  adverseTicks(instrument: InstrumentName, now: MonoMs): number | null {
    const known = this.#known.get(instrument);
    return known === undefined ? null : adverseTicks(known, VOLATILITY_POLICY, now);
  }
}
