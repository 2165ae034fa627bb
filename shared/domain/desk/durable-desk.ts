import { dayTotals, netQuantity } from '../account/profit-ledger.ts';
import { followsPrices } from './account-reports.ts';
import type { AccountDesk, DeskState } from './state.ts';

/**
 * The part of the desk that the journal gives back, as plain sorted data: what a restart must know exactly.
 * Left out are quotes, figures that follow prices, ages, ranks and confirmations, which die with a session.
 */
export function durableDesk(state: DeskState): unknown {
  return {
    accounts: sorted(state.accounts).map(([name, account]) => [name, durableAccount(account)]),
    connections: sorted(state.connections).map(([, cell]) => ({
      name: cell.report.name,
      status: cell.report.status,
      priceStatus: cell.report.priceStatus,
    })),
    instruments: sorted(state.instruments).map(([, instrument]) => instrument),
  };
}

function durableAccount(account: AccountDesk): unknown {
  return {
    identity: account.identity,
    reportedItems: account.reportedItems,
    items: sorted(account.items)
      .filter(([item]) => !followsPrices(item))
      .map(([item, cell]) => [item, cell.value]),
    positions: sorted(account.positions).map(([name, cell]) => [name, cell.position]),
    liveOrders: sorted(account.liveOrders).map(([, cell]) => cell.order),
    settledOrders: account.settledOrders
      .values()
      .map((cell) => ({ order: cell.order, vanished: cell.vanished }))
      .sort((a, b) => (a.order.id < b.order.id ? -1 : 1)),
    ordersDay: account.ordersDay,
    carried: sorted(account.carried),
    carriedDay: account.carriedDay,
    books: sorted(account.books).map(([instrument, book]) => ({
      instrument,
      net: netQuantity(book.ledger),
      lots: book.ledger.lots,
      days: book.ledger.days.map(({ day }) => dayTotals(book.ledger, day)),
      fills: book.fills.values().sort((a, b) => a.arrival - b.arrival),
    })),
  };
}

function sorted<K extends string, V>(map: ReadonlyMap<K, V>): [K, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
