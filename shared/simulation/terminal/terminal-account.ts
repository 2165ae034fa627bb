import type { AccountItemName } from '../../domain/account/account.ts';
import { isLiveOrder } from '../../domain/account/order.ts';
import type { Money } from '../../domain/money/money.ts';
import type { ExecutionReport, OrderReport, PositionReport } from '../platform-event.ts';

/** A position report that stands in for the truth while a lie lasts. */
export interface Lie {
  readonly quantity: number;
  readonly averageTicksE4: number | null;
}

/** Ended orders that stay readable; a day of flooding would otherwise fill the memory. */
const ENDED_KEPT = 500;

/** What NinjaTrader believes about one account: late after every fill, blind while disconnected. */
export class TerminalAccount {
  readonly name: string;
  connected = true;
  readonly orders = new Map<string, OrderReport>();
  /** The orders that can still fill, as NinjaTrader shows them. */
  readonly liveOrders = new Map<string, OrderReport>();
  readonly executions = new Map<string, ExecutionReport>();
  /** Open positions only. */
  readonly positions = new Map<string, PositionReport>();
  readonly items = new Map<AccountItemName, Money | null>();
  readonly lies = new Map<string, Lie>();
  /** Fills made while NinjaTrader could not see the account. */
  missed: ExecutionReport[] = [];
  itemsDirty = true;
  readonly #positionByFills = new Map<string, number>();
  readonly #ended = new Set<string>();
  readonly #positionDue = new Map<string, number>();

  constructor(name: string) {
    this.name = name;
  }

  position(instrument: string): number {
    return this.positions.get(instrument)?.quantity ?? 0;
  }

  addExecution(execution: ExecutionReport): void {
    this.executions.set(execution.id, execution);
    this.#positionByFills.set(execution.instrument, execution.positionAfter);
  }

  /** Instruments whose last fill says another position than the one shown: an update is on its way, or lost. */
  get unsettled(): readonly string[] {
    return [...this.#positionByFills]
      .filter(([instrument, quantity]) => quantity !== this.position(instrument))
      .map(([instrument]) => instrument);
  }

  isSettled(instrument: string): boolean {
    const byFills = this.#positionByFills.get(instrument);
    return byFills === undefined || byFills === this.position(instrument);
  }

  /** Virtual time of the next position update: one update never overtakes another of its instrument. */
  nextPositionAt(instrument: string, earliest: number): number {
    const due = Math.max(earliest, this.#positionDue.get(instrument) ?? 0);
    this.#positionDue.set(instrument, due);
    return due;
  }

  /** Whether the platform would tell anything new by reporting the order again. */
  knows(order: Pick<OrderReport, 'id' | 'state' | 'filled' | 'quantity'>): boolean {
    const seen = this.orders.get(order.id);
    return (
      seen?.state === order.state &&
      seen.filled === order.filled &&
      seen.quantity === order.quantity
    );
  }

  putOrder(order: OrderReport): void {
    this.orders.set(order.id, order);
    if (isLiveOrder(order.state)) {
      this.liveOrders.set(order.id, order);
      return;
    }
    this.liveOrders.delete(order.id);
    if (this.#ended.has(order.id)) return;
    this.#ended.add(order.id);
    if (this.#ended.size > ENDED_KEPT) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const [oldest] = this.#ended;
    if (oldest === undefined) return;
    this.#ended.delete(oldest);
    this.orders.delete(oldest);
  }

  putPosition(position: PositionReport): void {
    if (position.quantity === 0) this.positions.delete(position.instrument);
    else this.positions.set(position.instrument, position);
  }
}
