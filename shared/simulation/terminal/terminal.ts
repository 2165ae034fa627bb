import type { EventQueue } from '../event-queue.ts';
import type { MarketClock } from '../market-clock.ts';
import type { Random } from '../random.ts';
import type { SimBroker } from '../broker/sim-broker.ts';
import { drawDelay, type Latency } from '../broker/latency.ts';
import { reportedItems } from '../broker/sim-account.ts';
import type { SimFill } from '../broker/sim-fill.ts';
import type { SimOrder } from '../exchange/sim-order.ts';
import type {
  AccountReport,
  ConnectionReport,
  ExecutionReport,
  OrderReport,
  PlatformEvent,
  PositionReport,
} from '../platform-event.ts';
import { TerminalAccount, type Lie } from './terminal-account.ts';

export interface TerminalParts {
  readonly queue: EventQueue;
  readonly clock: MarketClock;
  readonly random: Random;
  readonly latency: Latency;
  readonly broker: SimBroker;
  readonly connectionName: string;
  readonly provider: string;
  readonly emit: (event: PlatformEvent) => void;
}

/** NinjaTrader's picture of the broker: what the AddOn can see, in NinjaTrader's order of events. */
export class Terminal {
  readonly accounts = new Map<string, TerminalAccount>();
  /** Executions may come after the position they made, as on Rithmic. */
  shuffled = false;
  readonly #parts: TerminalParts;

  constructor(parts: TerminalParts) {
    this.#parts = parts;
    parts.broker.listen({
      onOrder: (order) => this.#onOrder(order),
      onFill: (fill) => this.#onFill(fill),
    });
    for (const name of parts.broker.accounts.keys()) {
      this.accounts.set(name, new TerminalAccount(name));
    }
  }

  account(name: string): TerminalAccount | undefined {
    return this.accounts.get(name);
  }

  reportOf(account: TerminalAccount): AccountReport {
    return {
      name: account.name,
      connectionName: this.#parts.connectionName,
      connectionStatus: account.connected ? 'connected' : 'connectionLost',
      provider: this.#parts.provider,
      reportedItems: reportedItems(this.#parts.broker.account(account.name).profile),
      executionCount: account.executions.size,
    };
  }

  /** The connection that all accounts share: lost once none of them can be seen. */
  connection(): ConnectionReport {
    const { connectionName: name, provider } = this.#parts;
    const seen = [...this.accounts.values()].some((account) => account.connected);
    const status = seen ? 'connected' : 'connectionLost';
    return { name, provider, status, priceStatus: 'connected', error: seen ? '' : 'Panic' };
  }

  /** Shows what the broker's books hold from an earlier run, as after a start of NinjaTrader; nobody is told. */
  recall(): void {
    const { broker } = this.#parts;
    for (const fill of broker.recentFills.all()) {
      this.accounts.get(fill.account)?.addExecution(this.#executionReport(fill));
    }
    for (const order of broker.orders.all()) {
      this.accounts.get(order.account)?.putOrder(this.#orderReport(order));
    }
    for (const account of this.accounts.values()) {
      const truth = broker.account(account.name);
      for (const item of reportedItems(truth.profile)) account.items.set(item, truth.item(item));
      for (const instrument of truth.openInstruments()) {
        account.putPosition(this.#truePosition(account, instrument));
      }
    }
  }

  /** Sends every item that changed since it was last sent. */
  flushItems(): void {
    for (const account of this.accounts.values()) {
      if (account.connected && account.itemsDirty) this.#sendItems(account);
    }
  }

  markDirty(instrument: string): void {
    for (const account of this.accounts.values()) {
      if (this.#parts.broker.account(account.name).position(instrument) !== 0) {
        account.itemsDirty = true;
      }
    }
  }

  /** NinjaTrader loses sight of the account; orders at the exchange live on and can fill. */
  disconnect(account: TerminalAccount, withZeros: boolean): void {
    account.connected = false;
    this.#parts.broker.disconnected.add(account.name);
    if (withZeros) this.sendZeros(account);
    this.#sendStatus(account);
  }

  /** Everything missed is delivered at once, the day's executions once more, without their orders. */
  reconnect(account: TerminalAccount): void {
    account.connected = true;
    this.#parts.broker.disconnected.delete(account.name);
    this.#sendStatus(account);
    for (const order of this.#parts.broker.orders.all()) {
      if (order.account === account.name && !account.knows(order)) this.#onOrder(order);
    }
    for (const execution of account.missed) account.addExecution(execution);
    account.missed = [];
    for (const [id, execution] of account.executions) {
      const replayed = { ...execution, orderId: null };
      account.executions.set(id, replayed);
      this.#parts.emit({ kind: 'execution', execution: replayed });
    }
    for (const instrument of this.#instrumentsOf(account)) this.#showPosition(account, instrument);
    account.itemsDirty = true;
    this.#sendItems(account);
  }

  /** What a disconnecting account was seen to send: every item at 0. */
  sendZeros(account: TerminalAccount): void {
    const time = this.#now();
    for (const item of this.reportOf(account).reportedItems) {
      const zero = 0 as never;
      account.items.set(item, zero);
      this.#parts.emit({ kind: 'item', item: { account: account.name, item, value: zero, time } });
    }
    account.itemsDirty = true;
  }

  /** Shows a false position until `stopLying`; fills in between change the truth only. */
  lie(account: TerminalAccount, instrument: string, lie: Lie): void {
    account.lies.set(instrument, lie);
    this.#showPosition(account, instrument);
  }

  stopLying(account: TerminalAccount, instrument: string): void {
    account.lies.delete(instrument);
    this.#showPosition(account, instrument);
  }

  #onOrder(order: SimOrder): void {
    const account = this.accounts.get(order.account);
    if (account?.connected !== true) return;
    const report = this.#orderReport(order);
    account.putOrder(report);
    this.#parts.emit({ kind: 'order', order: report });
  }

  #onFill(fill: SimFill): void {
    const account = this.accounts.get(fill.account);
    if (account === undefined) return;
    const { queue, random, latency } = this.#parts;
    const earliest = queue.now + drawDelay(latency.position, random);
    const due = account.nextPositionAt(fill.instrument, earliest);
    const execution = () => this.#showExecution(account, fill);
    const position = () => this.#onPosition(account, fill);
    if (this.shuffled && random.chance(0.5)) {
      queue.at(due, position);
      queue.at(due + 1, execution);
    } else {
      execution();
      queue.at(due, position);
    }
  }

  #showExecution(account: TerminalAccount, fill: SimFill): void {
    const execution = this.#executionReport(fill);
    if (!account.connected) {
      account.missed.push(execution);
      return;
    }
    account.addExecution(execution);
    this.#parts.emit({ kind: 'execution', execution });
  }

  #onPosition(account: TerminalAccount, fill: SimFill): void {
    if (!account.connected) return;
    if (!account.lies.has(fill.instrument)) {
      // The value of that fill, which a later one may have overtaken: NinjaTrader shows it all the same.
      this.#putPosition(account, {
        account: account.name,
        instrument: fill.instrument,
        quantity: fill.positionAfter,
        averageTicksE4: fill.averageAfterE4,
        time: this.#now(),
      });
    }
    account.itemsDirty = true;
    const { queue, random, latency } = this.#parts;
    queue.after(drawDelay(latency.items, random), () => {
      if (account.connected) this.#sendItems(account);
    });
  }

  #showPosition(account: TerminalAccount, instrument: string): void {
    if (!account.connected) return;
    const truth = this.#truePosition(account, instrument);
    this.#putPosition(account, { ...truth, ...account.lies.get(instrument) });
  }

  #truePosition(account: TerminalAccount, instrument: string): PositionReport {
    const truth = this.#parts.broker.account(account.name);
    return {
      account: account.name,
      instrument,
      quantity: truth.position(instrument),
      averageTicksE4: truth.averageTicksE4(instrument),
      time: this.#now(),
    };
  }

  #putPosition(account: TerminalAccount, position: PositionReport): void {
    account.putPosition(position);
    this.#parts.emit({ kind: 'position', position });
  }

  #sendItems(account: TerminalAccount): void {
    const truth = this.#parts.broker.account(account.name);
    const time = this.#now();
    account.itemsDirty = false;
    for (const item of reportedItems(truth.profile)) {
      const value = truth.item(item);
      if (account.items.has(item) && account.items.get(item) === value) continue;
      account.items.set(item, value);
      this.#parts.emit({ kind: 'item', item: { account: account.name, item, value, time } });
    }
  }

  #sendStatus(account: TerminalAccount): void {
    this.#parts.emit({ kind: 'connection', connection: this.connection() });
    this.#parts.emit({ kind: 'account', account: this.reportOf(account) });
  }

  #instrumentsOf(account: TerminalAccount): ReadonlySet<string> {
    const open = this.#parts.broker.account(account.name).openInstruments();
    return new Set([...account.positions.keys(), ...open]);
  }

  #executionReport({ at, averageAfterE4: _, ...rest }: SimFill): ExecutionReport {
    return { ...rest, time: this.#parts.clock.stamp(at) };
  }

  #orderReport(order: SimOrder): OrderReport {
    return {
      id: order.id,
      brokerId: order.brokerId,
      account: order.account,
      instrument: order.instrument,
      name: order.name,
      oco: order.oco,
      action: order.action,
      side: order.side,
      type: order.type,
      tif: order.tif,
      entry: order.entry,
      quantity: order.quantity,
      filled: order.filled,
      filledTicks: order.filledTicks,
      limit: order.limit,
      stop: order.stop,
      state: order.state,
      error: order.error,
      comment: order.comment,
      time: this.#parts.clock.stamp(order.updatedAt),
    };
  }

  #now() {
    return this.#parts.clock.stamp(this.#parts.queue.now);
  }
}
