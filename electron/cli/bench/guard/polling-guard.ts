import { money, type Money } from '../../../../shared/domain/money/money.ts';

/**
 * The same judgement as the guard's, made by a clock instead of by events: it knows only the equities that it
 * has looked at, the highest among them too.
 */
export class PollingGuard {
  #peak: Money;

  constructor(start: Money) {
    this.#peak = start;
  }

  /** Whether the equity has used up the own limit, as far as the looks so far tell. */
  look(equity: Money, ownLimit: Money | null): boolean {
    this.#peak = money(Math.max(this.#peak, equity));
    return ownLimit !== null && equity <= this.#peak - ownLimit;
  }
}
