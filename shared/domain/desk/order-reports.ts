import { isLiveOrder, type Order, type OrderId } from '../account/order.ts';
import type { AccountName } from '../account/account.ts';
import { tradingDayOf, type TradingDay } from '../session/trading-day.ts';
import type { Reduction } from './reduction.ts';
import {
  seqOf,
  withEntry,
  withoutEntry,
  type AccountDesk,
  type OrderCell,
  type Rank,
} from './state.ts';
import { VersionedMap } from './versioned-map.ts';

/** The order as the desk knows it, live or ended. */
export function knownOrder(account: AccountDesk, id: OrderId): OrderCell | undefined {
  return account.liveOrders.get(id) ?? account.settledOrders.get(id);
}

/** Whether two reports of an order say the same; its time alone is no news. */
export function sameOrder(a: Order, b: Order): boolean {
  return (
    a.state === b.state &&
    a.filled === b.filled &&
    a.quantity === b.quantity &&
    a.limit === b.limit &&
    a.stop === b.stop &&
    a.side === b.side &&
    a.type === b.type &&
    a.instrument === b.instrument &&
    a.oco === b.oco &&
    a.label === b.label &&
    a.comment === b.comment
  );
}

/** Takes in an order's state. */
export function orderReported(r: Reduction, order: Order, rank: Rank): void {
  const account = r.account(order.account);
  const known = knownOrder(account, order.id);
  if (!r.accepts(rank, account, known?.rank) && !isLateEnd(known, order)) return;
  const isNews = known === undefined || known.vanished || !sameOrder(known.order, order);
  if (!isNews) {
    // The report is younger than what it repeats: an older one must no longer get past it.
    placeOrder(r, { ...known, rank });
    return;
  }
  if (known === undefined && isLongEnded(account, order)) {
    r.hear(order.account);
    return;
  }
  placeOrder(r, { order, rank, vanished: false });
  r.isUrgent = true;
  r.keep({ kind: 'order.reported', seq: seqOf(rank), order });
}

/** A late report of how an order ended is welcome where nothing better is known: it cannot open anything. */
function isLateEnd(known: OrderCell | undefined, order: Order): boolean {
  return !isLiveOrder(order.state) && (known === undefined || known.vanished);
}

/** Takes in that the platform no longer knows a live order. */
export function orderVanished(r: Reduction, name: AccountName, id: OrderId, rank: Rank): void {
  const known = r.account(name).liveOrders.get(id);
  if (known === undefined) return;
  placeOrder(r, { order: known.order, rank, vanished: true });
  r.isUrgent = true;
  r.keep({ kind: 'order.vanished', account: name, orderId: id });
}

function placeOrder(r: Reduction, cell: OrderCell): void {
  const { order } = cell;
  const account = r.account(order.account);
  const heardAt = r.stamp.wall;
  if (isLiveOrder(order.state) && !cell.vanished) {
    r.putAccount(order.account, {
      liveOrders: withEntry(account.liveOrders, order.id, cell),
      settledOrders: account.settledOrders.without(order.id),
      heardAt,
    });
    return;
  }
  r.putAccount(order.account, {
    liveOrders: withoutEntry(account.liveOrders, order.id),
    ...settle(account, cell),
    heardAt,
  });
}

/** Ended orders are kept for the day only; on the first one of a new day the old ones go. */
function settle(
  account: AccountDesk,
  cell: OrderCell,
): Pick<AccountDesk, 'settledOrders' | 'ordersDay'> {
  const day = tradingDayOf(cell.order.updatedAt);
  const isNewDay = account.ordersDay === null || day > account.ordersDay;
  const settled = isNewDay ? VersionedMap.empty<OrderId, OrderCell>() : account.settledOrders;
  const ordersDay: TradingDay | null = isNewDay ? day : account.ordersDay;
  return { settledOrders: settled.with(cell.order.id, cell), ordersDay };
}

function isLongEnded(account: AccountDesk, order: Order): boolean {
  if (isLiveOrder(order.state) || account.ordersDay === null) return false;
  return tradingDayOf(order.updatedAt) < account.ordersDay;
}
