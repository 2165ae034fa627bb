import { ZERO_MONEY, money, type Money } from '../../domain/money/money.ts';

/** Contracts still open from one fill. */
export interface Lot {
  /** Signed contracts. */
  readonly quantity: number;
  /** In ticks. */
  readonly price: number;
}

interface OpenLot extends Lot {
  quantity: number;
}

/**
 * One account's holding in one instrument, first in first out: with whole lots every profit is a whole
 * number of tick values, so that money is conserved to the last ten-thousandth.
 */
export class Lots {
  readonly #tickValue: Money;
  #lots: OpenLot[] = [];
  #quantity = 0;
  /** Sum of price times signed quantity. */
  #cost = 0;

  constructor(tickValue: Money) {
    this.#tickValue = tickValue;
  }

  /** Signed contracts. */
  get quantity(): number {
    return this.#quantity;
  }

  /** What is open, oldest first. */
  get open(): readonly Lot[] {
    return this.#lots.map((lot) => ({ ...lot }));
  }

  /** Average entry price in ten-thousandths of a tick; null when flat. */
  get averageTicksE4(): number | null {
    return this.#quantity === 0 ? null : Math.round((this.#cost * 10_000) / this.#quantity);
  }

  /** Books a signed fill and returns the gross profit that it realized. */
  fill(quantity: number, price: number): Money {
    let open = quantity;
    let realizedTicks = 0;
    while (open !== 0 && Math.sign(this.#quantity) === -Math.sign(open)) {
      const lot = this.#lots[0];
      if (lot === undefined) break;
      const closed = Math.sign(lot.quantity) * Math.min(Math.abs(lot.quantity), Math.abs(open));
      realizedTicks += closed * (price - lot.price);
      lot.quantity -= closed;
      this.#quantity -= closed;
      this.#cost -= closed * lot.price;
      open += closed;
      if (lot.quantity === 0) this.#lots = this.#lots.slice(1);
    }
    if (open !== 0) {
      this.#lots.push({ quantity: open, price });
      this.#quantity += open;
      this.#cost += open * price;
    }
    return money(realizedTicks * this.#tickValue);
  }

  /** Open profit at a price in ticks. */
  openProfit(mark: number): Money {
    if (this.#quantity === 0) return ZERO_MONEY;
    return money((mark * this.#quantity - this.#cost) * this.#tickValue);
  }
}
