import type { OrderState } from '../../domain/account/order.ts';
import type { Contract } from '../contracts.ts';
import type { EventQueue } from '../event-queue.ts';
import type { MarketBoard } from '../exchange/market-board.ts';
import { isMarketable, matchOrder, reachesStop, type Match } from '../exchange/matching.ts';
import { isLive, remaining, signOf } from '../exchange/sim-order.ts';
import type { OrderChange, OrderRequest, SimOrder } from '../exchange/sim-order.ts';
import type { MarketTick } from '../market/market-tick.ts';
import type { Random } from '../random.ts';
import { CLOSE_NAME, USUAL_BEHAVIOUR, type Behaviour } from './behaviour.ts';
import { drawDelay, type Delay, type Latency } from './latency.ts';
import { bracketOrders, newOrder } from './new-orders.ts';
import { changeFault, refusalOf, type Refusal } from './order-check.ts';
import { OrderStore } from './order-store.ts';
import { RecentFills } from './recent-fills.ts';
import type { SimAccount } from './sim-account.ts';
import type { SimFill } from './sim-fill.ts';

/** What the broker tells, at the moment it happens. */
export interface BrokerListener {
  onOrder(order: SimOrder): void;
  onFill(fill: SimFill): void;
}

export interface BrokerParts {
  readonly queue: EventQueue;
  readonly random: Random;
  readonly latency: Latency;
  readonly board: MarketBoard;
  /** A live stop keeps the state Accepted when it rests on the broker's server. */
  readonly stopsStayAccepted: boolean;
  readonly contractOf: (instrument: string) => Contract;
  /** Called after the books have changed and before anybody is told of it. */
  readonly onChange: () => void;
}

/** How often a cancel that is ahead of its order looks whether the order has arrived. */
const BEHIND_ORDER: Delay = [2, 2];

/** Broker and exchange in one: takes orders through their life-cycle and keeps the accounts' true books. */
export class SimBroker {
  readonly orders = new OrderStore();
  readonly accounts = new Map<string, SimAccount>();
  readonly disconnected = new Set<string>();
  readonly recentFills = new RecentFills();
  /** Numbers given so far; the ids of orders and fills are made of them. */
  readonly given = { orders: 0, fills: 0 };
  readonly #parts: BrokerParts;
  readonly #listeners: BrokerListener[] = [];
  readonly #behaviours = new Map<string, Behaviour>();

  constructor(parts: BrokerParts) {
    this.#parts = parts;
  }

  listen(listener: BrokerListener): void {
    this.#listeners.push(listener);
  }

  behaviour(account: string): Behaviour {
    return this.#behaviours.get(account) ?? USUAL_BEHAVIOUR;
  }

  setBehaviour(account: string, change: Partial<Behaviour>): void {
    this.#behaviours.set(account, { ...this.behaviour(account), ...change });
  }

  account(name: string): SimAccount {
    const account = this.accounts.get(name);
    if (account === undefined) throw new Error(`The simulation has no account "${name}".`);
    return account;
  }

  submit(request: OrderRequest): SimOrder {
    this.given.orders += 1;
    const order = newOrder(request, this.given.orders, this.#parts.queue.now);
    this.orders.add(order);
    this.#tell(order);
    this.#enter(order, 'submitted');
    this.#later(this.#parts.latency.toBroker, () => this.#arriveAtBroker(order));
    return order;
  }

  /** Asks for a cancel; until it is confirmed the order can still fill. */
  cancel(order: SimOrder): void {
    if (!isLive(order) || order.cancelRequested) return;
    order.cancelRequested = true;
    this.#setState(order, 'cancelPending');
    for (const mate of this.orders.matesOf(order)) this.cancel(mate);
    this.#later(this.#parts.latency.cancelSubmit, () => this.#submitCancel(order));
  }

  change(order: SimOrder, change: OrderChange): void {
    if (!isLive(order) || order.cancelRequested) return;
    this.#setState(order, 'changePending');
    this.#later(this.#parts.latency.change, () => {
      this.#enter(order, 'changeSubmitted');
      this.#later(this.#parts.latency.change, () => this.#applyChange(order, change));
    });
  }

  /** A new tick: marks the accounts and fills what it reaches. */
  onTick(instrument: string, tick: MarketTick): void {
    this.#parts.board.put(instrument, tick);
    for (const account of this.accounts.values()) account.mark(instrument, tick.last);
    if (this.orders.hasLiveIn(instrument)) this.match(instrument);
  }

  /** Fills every matchable order of an instrument against its present tick. */
  match(instrument: string): void {
    for (const order of this.orders.liveIn(instrument)) this.#tryFill(order);
  }

  #arriveAtBroker(order: SimOrder): void {
    if (!isLive(order)) return;
    const refusal = this.#refusalOf(order);
    if (refusal !== null) return this.#reject(order, refusal);
    this.#enter(order, 'accepted');
    this.#later(this.#parts.latency.toExchange, () => {
      if (!isLive(order)) return;
      // A cancel never overtakes its order: a market order fills before the cancel can matter.
      order.arrived = true;
      order.matchable = !order.withdrawn;
      const tick = this.#parts.board.tick(order.instrument);
      order.resting = order.limit !== null && tick !== null && !isMarketable(order, tick);
      const isStop = order.stop !== null;
      if (!(isStop && this.#parts.stopsStayAccepted)) this.#enter(order, 'working');
      this.#tryFill(order);
    });
  }

  #refusalOf(order: SimOrder): Refusal | null {
    const behaviour = this.behaviour(order.account);
    const exposed = behaviour.rejectOnly === 'any' || order.name === CLOSE_NAME;
    if (this.disconnected.has(order.account)) {
      return { error: 'UnableToSubmitOrder', comment: 'Account is not connected.' };
    }
    if (exposed && this.#parts.random.chance(behaviour.rejectProbability)) {
      return { error: 'OrderRejected', comment: behaviour.rejectComment };
    }
    if (this.orders.isSpentOco(order)) {
      return { error: 'OrderRejected', comment: `OCO ID '${order.oco}' cannot be reused.` };
    }
    return refusalOf({
      order,
      account: this.account(order.account),
      contract: this.#parts.contractOf(order.instrument),
      tick: this.#parts.board.tick(order.instrument),
    });
  }

  #reject(order: SimOrder, refusal: Refusal): void {
    order.error = refusal.error;
    order.comment = refusal.comment;
    this.#end(order, 'rejected');
    for (const mate of this.orders.matesOf(order)) this.cancel(mate);
  }

  #submitCancel(order: SimOrder): void {
    if (!isLive(order)) return;
    this.#setState(order, 'cancelSubmitted');
    const { random, latency, board } = this.#parts;
    const inFlight = order.matchable && random.chance(this.behaviour(order.account).fillInFlight);
    const tick = board.tick(order.instrument);
    if (inFlight && tick !== null) {
      const price = order.limit ?? order.stop ?? (order.side === 'buy' ? tick.ask : tick.bid);
      this.#later([0, latency.cancelConfirm[0] / 2], () => {
        if (isLive(order)) this.#fill(order, { price, quantity: remaining(order) });
      });
    }
    this.#later(latency.cancelConfirm, () => this.#confirmCancel(order));
  }

  #confirmCancel(order: SimOrder): void {
    if (!isLive(order)) return;
    if (!order.arrived) return this.#later(BEHIND_ORDER, () => this.#confirmCancel(order));
    if (this.behaviour(order.account).confirmsCancels) this.#end(order, 'cancelled');
    // Lost on the way: the order lives on as it is, and only a new cancel can end it.
    else order.cancelRequested = false;
  }

  #applyChange(order: SimOrder, change: OrderChange): void {
    if (!isLive(order) || order.cancelRequested) return;
    const tick = this.#parts.board.tick(order.instrument);
    const fault = changeFault(order, change, tick);
    if (fault !== null) {
      order.error = 'UnableToChangeOrder';
      order.comment = fault;
      this.#enter(order, order.filled > 0 ? 'partFilled' : 'working');
      return;
    }
    order.error = '';
    order.comment = '';
    Object.assign(order, change);
    order.resting = order.limit !== null && tick !== null && !isMarketable(order, tick);
    this.#enter(order, 'accepted');
    const isHeldStop = order.stop !== null && this.#parts.stopsStayAccepted;
    if (order.filled > 0) this.#enter(order, 'partFilled');
    else if (!isHeldStop) this.#enter(order, 'working');
    this.#tryFill(order);
  }

  #tryFill(order: SimOrder): void {
    const { board } = this.#parts;
    const tick = board.tick(order.instrument);
    const shown = board.liquidity(order.instrument);
    if (!isLive(order) || !order.matchable || tick === null || shown === null) return;
    if (board.isPaused(order.instrument)) return;
    if (order.stop !== null && !order.triggered) {
      if (!reachesStop(order, tick)) return;
      order.triggered = true;
    }
    const cap = this.behaviour(order.account).fillCap;
    const liquidity =
      cap === null
        ? shown
        : { bid: Math.min(shown.bid, cap), ask: Math.min(shown.ask, cap), levels: 1 };
    for (const match of matchOrder(order, tick, liquidity)) this.#fill(order, match);
  }

  #fill(order: SimOrder, match: Match): void {
    const { queue, contractOf } = this.#parts;
    const account = this.account(order.account);
    order.filled += match.quantity;
    order.filledTicks += match.price * match.quantity;
    const signed = signOf(order.side) * match.quantity;
    const commission = account.book(contractOf(order.instrument), signed, match.price);
    this.given.fills += 1;
    const fill: SimFill = {
      id: `9369100|${order.brokerId}|${this.given.fills}`,
      account: order.account,
      instrument: order.instrument,
      orderId: order.id,
      side: order.side,
      quantity: match.quantity,
      price: match.price,
      commission,
      positionAfter: account.position(order.instrument),
      averageAfterE4: account.averageTicksE4(order.instrument),
      at: queue.now,
    };
    this.recentFills.add(fill);
    if (remaining(order) === 0) this.#end(order, 'filled');
    else if (order.cancelRequested) this.#tell(order);
    else this.#setState(order, 'partFilled');
    for (const listener of this.#listeners) listener.onFill(fill);
    this.#settleGroup(order, match.quantity);
    this.#sendBracket(order, match);
  }

  /** The exchange's OCO: what one leg fills, the others lose at once, whatever their cancels do. */
  #settleGroup(order: SimOrder, filled: number): void {
    const race = this.behaviour(order.account).ocoRace;
    for (const mate of this.orders.matesOf(order)) {
      if (race) {
        if (!isLive(order)) this.cancel(mate);
      } else if (remaining(mate) > filled && isLive(order)) {
        mate.quantity -= filled;
        this.#tell(mate);
      } else {
        mate.withdrawn = true;
        mate.matchable = false;
        this.cancel(mate);
      }
    }
  }

  #sendBracket(entry: SimOrder, match: Match): void {
    const legs = bracketOrders(entry, match);
    if (legs.length === 0) return;
    const late = this.behaviour(entry.account).bracketDelayMs;
    this.#later(late === null ? this.#parts.latency.bracket : [late, late], () => {
      for (const leg of legs) this.submit(leg);
    });
  }

  /** Moves on unless a cancel was asked for, whose states win, or the order has ended. */
  #enter(order: SimOrder, state: OrderState): void {
    if (isLive(order) && !order.cancelRequested) this.#setState(order, state);
  }

  #end(order: SimOrder, state: 'filled' | 'cancelled' | 'rejected'): void {
    order.matchable = false;
    this.orders.retire(order);
    this.#setState(order, state);
  }

  #setState(order: SimOrder, state: OrderState): void {
    order.state = state;
    this.#tell(order);
  }

  #tell(order: SimOrder): void {
    order.updatedAt = this.#parts.queue.now;
    this.#parts.onChange();
    for (const listener of this.#listeners) listener.onOrder(order);
  }

  #later(delay: Delay, run: () => void): void {
    this.#parts.queue.after(drawDelay(delay, this.#parts.random), run);
  }
}
