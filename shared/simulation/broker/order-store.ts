import { isLive, type SimOrder } from '../exchange/sim-order.ts';

/** Ended orders that stay readable, at least; the oldest are forgotten or a flood would fill the memory. */
const ENDED_KEPT = 10_000;

/** Every order of the session, with the live ones found by instrument and by OCO group. */
export class OrderStore {
  readonly #orders = new Map<string, SimOrder>();
  readonly #live = new Map<string, Set<SimOrder>>();
  readonly #ended: SimOrder[] = [];
  readonly #groups = new Map<string, SimOrder[]>();

  add(order: SimOrder): void {
    this.#orders.set(order.id, order);
    const live = this.#live.get(order.instrument) ?? new Set();
    this.#live.set(order.instrument, live.add(order));
    if (order.oco === '') return;
    const key = groupKey(order);
    this.#groups.set(key, [...(this.#groups.get(key) ?? []), order]);
  }

  get(id: string): SimOrder | undefined {
    return this.#orders.get(id);
  }

  /** Forgets an order that can no longer fill as a candidate; it stays readable. */
  retire(order: SimOrder): void {
    this.#live.get(order.instrument)?.delete(order);
    this.#ended.push(order);
    if (this.#ended.length < 2 * ENDED_KEPT) return;
    for (const old of this.#ended.splice(0, ENDED_KEPT)) {
      this.#orders.delete(old.id);
      if (old.oco !== '') this.#groups.delete(groupKey(old));
    }
  }

  /** Live orders of an instrument in order of arrival. */
  liveIn(instrument: string): readonly SimOrder[] {
    return [...(this.#live.get(instrument) ?? [])];
  }

  hasLiveIn(instrument: string): boolean {
    return (this.#live.get(instrument)?.size ?? 0) > 0;
  }

  liveOf(account: string): readonly SimOrder[] {
    return [...this.#live.values()].flatMap((orders) =>
      [...orders].filter((order) => order.account === account),
    );
  }

  /** The other live legs of an order's OCO group. */
  matesOf(order: SimOrder): readonly SimOrder[] {
    return this.#groupOf(order).filter((other) => other !== order && isLive(other));
  }

  /** Whether the order's OCO id belongs to a group that has already ended; NinjaTrader refuses its re-use. */
  isSpentOco(order: SimOrder): boolean {
    return this.#groupOf(order).some((other) => other !== order && !isLive(other));
  }

  all(): IterableIterator<SimOrder> {
    return this.#orders.values();
  }

  #groupOf(order: SimOrder): readonly SimOrder[] {
    return order.oco === '' ? [] : (this.#groups.get(groupKey(order)) ?? []);
  }
}

function groupKey(order: SimOrder): string {
  return `${order.account}\n${order.oco}`;
}
