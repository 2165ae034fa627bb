import { remaining, type SimOrder } from './sim-order.ts';
import type { MarketTick } from '../market/market-tick.ts';

/** Contracts left at the best prices of one tick; shared by every order that the tick fills. */
export interface Liquidity {
  bid: number;
  ask: number;
  readonly levels: number;
}

export interface Match {
  /** In ticks. */
  readonly price: number;
  readonly quantity: number;
}

/** How far an order walks from the best price before it waits for the next tick, in levels. */
export const USUAL_LEVELS = 10;

/** A stop is reached by the last trade, as NinjaTrader's simulator does it. */
export function reachesStop(order: SimOrder, tick: MarketTick): boolean {
  if (order.stop === null) return false;
  return order.side === 'buy' ? tick.last >= order.stop : tick.last <= order.stop;
}

/** Whether an order of this limit could trade against the tick at once. */
export function isMarketable(order: SimOrder, tick: MarketTick): boolean {
  if (order.limit === null) return true;
  return order.side === 'buy' ? tick.ask <= order.limit : tick.bid >= order.limit;
}

/** Why the exchange would refuse an order's prices in this market; null when they are sound. */
export function priceFault(order: SimOrder, tick: MarketTick): string | null {
  const { stop, side } = order;
  if (stop !== null && side === 'buy' && stop <= tick.last) {
    return "Buy stop or buy stop limit orders can't be placed below the market.";
  }
  if (stop !== null && side === 'sell' && stop >= tick.last) {
    return "Sell stop or sell stop limit orders can't be placed above the market.";
  }
  return null;
}

/** Fills an order against one tick, level by level, taking the contracts out of `liquidity`. */
export function matchOrder(
  order: SimOrder,
  tick: MarketTick,
  liquidity: Liquidity,
): readonly Match[] {
  if (!isMarketable(order, tick)) return [];
  const buys = order.side === 'buy';
  const best = buys ? tick.ask : tick.bid;
  const levelSize = Math.max(1, buys ? tick.askSize : tick.bidSize);
  const matches: Match[] = [];
  let open = remaining(order);
  for (let level = 0; level < liquidity.levels && open > 0; level += 1) {
    const price = buys ? best + level : best - level;
    if (order.limit !== null && (buys ? price > order.limit : price < order.limit)) break;
    const available = level === 0 ? (buys ? liquidity.ask : liquidity.bid) : levelSize;
    const quantity = Math.min(open, available);
    if (quantity <= 0) continue;
    if (level === 0 && buys) liquidity.ask -= quantity;
    if (level === 0 && !buys) liquidity.bid -= quantity;
    open -= quantity;
    matches.push({ price: order.resting ? (order.limit ?? price) : price, quantity });
    if (order.resting) break;
  }
  return matches;
}
