import type { Contract } from '../contracts.ts';
import { isLive, type SimOrder } from '../exchange/sim-order.ts';
import { SimAccount, type AccountBooks } from './sim-account.ts';
import type { SimBroker } from './sim-broker.ts';
import type { SimFill } from './sim-fill.ts';

/** What a broker has to remember to go on after its process has ended; times are virtual milliseconds. */
export interface BrokerBooks {
  /** Numbers given to orders and fills so far: an id is never given twice. */
  readonly given: { readonly orders: number; readonly fills: number };
  readonly accounts: readonly AccountBooks[];
  /** Orders that can still fill. */
  readonly orders: readonly SimOrder[];
  /** The last fills of every account, oldest first. */
  readonly fills: readonly SimFill[];
}

export function booksOf(broker: SimBroker): BrokerBooks {
  return {
    given: { ...broker.given },
    accounts: [...broker.accounts.values()].map((account) => account.books),
    orders: [...broker.orders.all()].filter(isLive).map((order) => ({ ...order })),
    fills: broker.recentFills.all(),
  };
}

export interface GoingOn {
  readonly books: BrokerBooks;
  /** When virtual time 0 of the books was, in the virtual time of now. */
  readonly shiftMs: number;
  readonly contractOf: (instrument: string) => Contract;
}

/** Lets a broker that has done nothing yet go on from its books; accounts that it does not have are left out. */
export function goOnFrom(broker: SimBroker, { books, shiftMs, contractOf }: GoingOn): void {
  Object.assign(broker.given, books.given);
  for (const account of books.accounts) {
    const profile = broker.accounts.get(account.name)?.profile;
    if (profile === undefined) continue;
    broker.accounts.set(account.name, SimAccount.goingOn(account, profile, contractOf));
  }
  for (const fill of books.fills) {
    if (!broker.accounts.has(fill.account)) continue;
    contractOf(fill.instrument);
    broker.recentFills.add({ ...fill, at: fill.at + shiftMs });
  }
  for (const kept of books.orders) {
    if (!broker.accounts.has(kept.account)) continue;
    contractOf(kept.instrument);
    const order = takenUp({ ...kept, updatedAt: kept.updatedAt + shiftMs });
    broker.orders.add(order);
    if (!isLive(order)) broker.orders.retire(order);
  }
}

/** An order that the broker took stands at the exchange by now; one on its way to him, or on its way out, is gone. */
function takenUp(order: SimOrder): SimOrder {
  const isUntaken = order.state === 'initialized' || order.state === 'submitted';
  if (isUntaken || order.withdrawn || order.cancelRequested) {
    const comment = 'It was on its way when the platform ended.';
    return { ...order, state: 'cancelled', matchable: false, comment };
  }
  const standing = order.stop === null ? 'working' : 'accepted';
  const state = order.filled > 0 ? 'partFilled' : standing;
  return { ...order, state, arrived: true, matchable: true };
}
