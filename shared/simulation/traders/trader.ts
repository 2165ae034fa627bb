import type { SimBroker } from '../broker/sim-broker.ts';
import type { EventQueue } from '../event-queue.ts';
import type { MarketBoard } from '../exchange/market-board.ts';
import { marketEntry } from '../exchange/market-entry.ts';
import { isLive, type OrderRequest, type SimOrder } from '../exchange/sim-order.ts';
import type { Random } from '../random.ts';

/** What a scripted trader works with: one account, one instrument, the broker's own truth. */
export interface TraderParts {
  readonly account: string;
  readonly instrument: string;
  readonly broker: SimBroker;
  readonly board: MarketBoard;
  readonly queue: EventQueue;
  readonly random: Random;
  /** Contracts of a usual entry. */
  readonly size: number;
  /** True for a while after a flatten: a trader who has just flattened does not trade on. */
  readonly isHandsOff: () => boolean;
}

/** A habit of trading: called every second or so, it may give orders. */
export interface Trader {
  act(): void;
}

/** Shared eyes and hands of the traders. */
export class TraderHands {
  readonly parts: TraderParts;

  constructor(parts: TraderParts) {
    this.parts = parts;
  }

  get position(): number {
    return this.parts.broker.account(this.parts.account).position(this.parts.instrument);
  }

  /** Last price in ticks; null before the market opened. */
  get price(): number | null {
    return this.parts.board.tick(this.parts.instrument)?.last ?? null;
  }

  get liveOrders(): readonly SimOrder[] {
    return this.parts.broker.orders
      .liveIn(this.parts.instrument)
      .filter((order) => order.account === this.parts.account);
  }

  /** Half a second of volatility does not matter to these traders: distances are shares of the price. */
  distance(share: number): number {
    return Math.max(4, Math.round((this.price ?? 0) * share));
  }

  send(order: Partial<OrderRequest> & { readonly side: 1 | -1 }): SimOrder {
    const { side, ...rest } = order;
    const { account, instrument, size } = this.parts;
    return this.parts.broker.submit({
      ...marketEntry(account, instrument, size),
      action: side === 1 ? 'buy' : 'sell',
      ...rest,
    });
  }

  cancelAll(): void {
    for (const order of this.liveOrders) if (isLive(order)) this.parts.broker.cancel(order);
  }

  side(): 1 | -1 {
    return this.parts.random.chance(0.5) ? 1 : -1;
  }
}
