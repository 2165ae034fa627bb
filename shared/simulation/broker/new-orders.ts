import type { Match } from '../exchange/matching.ts';
import { sideOf, signOf, type OrderRequest, type SimOrder } from '../exchange/sim-order.ts';

/** Makes an order of a request; nothing is sent yet. */
export function newOrder(request: OrderRequest, number: number, now: number): SimOrder {
  return {
    ...request,
    id: `o${number}`,
    brokerId: String(2_193_000_000 + number),
    side: sideOf(request.action),
    filled: 0,
    filledTicks: 0,
    state: 'initialized',
    error: '',
    comment: '',
    arrived: false,
    withdrawn: false,
    matchable: false,
    triggered: false,
    resting: false,
    cancelRequested: false,
    updatedAt: now,
  };
}

/** Stop and target for one fill of an entry, as an OCO pair of its own; nothing for a plain order. */
export function bracketOrders(entry: SimOrder, fill: Match): readonly OrderRequest[] {
  const plan = entry.bracket;
  if (plan === null) return [];
  const sign = signOf(entry.side);
  const leg = {
    account: entry.account,
    instrument: entry.instrument,
    action: entry.side === 'buy' ? 'sell' : 'buyToCover',
    quantity: fill.quantity,
    oco: `${entry.id}-${entry.filled}`,
    tif: 'gtc',
    entry: entry.entry,
    bracket: null,
    limit: null,
    stop: null,
  } as const;
  return [
    { ...leg, type: 'stopMarket', stop: fill.price - sign * plan.stopTicks, name: 'Stop1' },
    { ...leg, type: 'limit', limit: fill.price + sign * plan.targetTicks, name: 'Target1' },
  ];
}
