import type { SimBroker } from '../broker/sim-broker.ts';
import type { EventQueue } from '../event-queue.ts';
import type { MarketBoard } from '../exchange/market-board.ts';
import type { SimOrder } from '../exchange/sim-order.ts';
import type { MarketClock } from '../market-clock.ts';
import type { PlatformEvent, RemainingReport } from '../platform-event.ts';
import { scopeHas, type PlatformScope } from '../platform-command.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { TerminalAccount } from '../terminal/terminal-account.ts';

/** What the AddOn's parts work with: NinjaTrader's picture to read, the broker to give orders to. */
export interface AddonParts {
  readonly queue: EventQueue;
  readonly clock: MarketClock;
  readonly board: MarketBoard;
  readonly broker: SimBroker;
  readonly terminal: Terminal;
  readonly emit: (event: PlatformEvent) => void;
}

/** Orders that NinjaTrader still shows as live, as the broker's own objects. */
export function visibleLiveOrders(
  parts: AddonParts,
  account: TerminalAccount,
  instrument: string,
): readonly SimOrder[] {
  const orders: SimOrder[] = [];
  for (const report of account.liveOrders.values()) {
    const order = parts.broker.orders.get(report.id);
    if (report.instrument === instrument && order !== undefined) orders.push(order);
  }
  return orders;
}

/** Instruments of an account with a position, a live order or a fill whose position is still to come. */
export function openInstruments(account: TerminalAccount, scope: PlatformScope): readonly string[] {
  const names = new Set<string>([...account.positions.keys(), ...account.unsettled]);
  for (const order of account.liveOrders.values()) names.add(order.instrument);
  return [...names].filter((name) => scopeHas(scope, account.name, name));
}

/** What NinjaTrader still shows open in a scope. */
export function remainingIn(parts: AddonParts, scope: PlatformScope): readonly RemainingReport[] {
  return [...parts.terminal.accounts.values()].flatMap((account) =>
    openInstruments(account, scope).map((instrument) => ({
      account: account.name,
      instrument,
      quantity: account.position(instrument),
      workingOrders: [...account.liveOrders.values()].filter(
        (order) => order.instrument === instrument,
      ).length,
    })),
  );
}

/** Accounts a scope names; all of them for `all`. */
export function accountsOf(parts: AddonParts, scope: PlatformScope): readonly TerminalAccount[] {
  const accounts = [...parts.terminal.accounts.values()];
  return scope.kind === 'all' ? accounts : accounts.filter((each) => each.name === scope.account);
}
