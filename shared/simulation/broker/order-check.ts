import { priceFault, reachesStop } from '../exchange/matching.ts';
import {
  reduces,
  signOf,
  remaining,
  type OrderChange,
  type SimOrder,
} from '../exchange/sim-order.ts';
import type { MarketTick } from '../market/market-tick.ts';
import type { Contract } from '../contracts.ts';
import type { SimAccount } from './sim-account.ts';

/** NinjaTrader's error code and the words that come with it. */
export interface Refusal {
  readonly error: 'OrderRejected' | 'UnableToSubmitOrder' | 'UnableToChangeOrder';
  readonly comment: string;
}

export interface CheckInput {
  readonly order: SimOrder;
  readonly account: SimAccount;
  readonly contract: Contract;
  readonly tick: MarketTick | null;
}

/** What the broker checks before it takes an order; null when it takes it. */
export function refusalOf({ order, account, contract, tick }: CheckInput): Refusal | null {
  if (needsPrice(order)) return rejected('Please enter a price for this order type.');
  const fault = tick === null ? null : priceFault(order, tick);
  if (fault !== null) return rejected(fault);
  const position = account.position(order.instrument);
  if (reduces(position, order.side, remaining(order))) return null;
  const contracts = Math.abs(position + signOf(order.side) * remaining(order));
  const here = contract.root.initialMargin;
  const elsewhere = account.initialMargin - Math.abs(position) * here;
  const needed = elsewhere + contracts * here;
  if (contracts <= Math.abs(position) || needed <= account.netLiquidation) return null;
  return rejected('Order rejected: insufficient margin.');
}

/** Why a change is refused; null when it is made. */
export function changeFault(
  order: SimOrder,
  change: OrderChange,
  tick: MarketTick | null,
): string | null {
  if (change.quantity <= order.filled) return 'The new quantity is not above the filled quantity.';
  const movesStop = order.stop !== change.stop && !order.triggered;
  if (tick === null || !movesStop) return null;
  return reachesStop({ ...order, ...change }, tick) ? 'The stop price is beyond the market.' : null;
}

function needsPrice(order: SimOrder): boolean {
  const limited = order.type === 'limit' || order.type === 'stopLimit';
  const stopped = order.type === 'stopMarket' || order.type === 'stopLimit';
  return (limited && order.limit === null) || (stopped && order.stop === null);
}

function rejected(comment: string): Refusal {
  return { error: 'OrderRejected', comment };
}
