import { assertNever } from '../../shared/kernel/assert-never.ts';
import { MONEY_SCALE } from '../../shared/domain/money/money.ts';
import {
  priceFromTicks,
  type InstrumentName,
  type Ticks,
} from '../../shared/domain/instrument/instrument.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { GuardLimits } from '../../shared/domain/guard/limits.ts';
import type { AppCommand } from '../../shared/protocol/addon/commands.ts';
import type { InstrumentTable } from './instrument-table.ts';

/** Type and payload of a message of the app, without its envelope. */
export type Outgoing = AppCommand extends infer M
  ? M extends { type: infer T; payload: infer P }
    ? { readonly type: T; readonly payload: P }
    : never
  : never;

/** Writes a command in the platform's words; null when a price has no known tick size. */
export function translateCommand(command: Command, instruments: InstrumentTable): Outgoing | null {
  const { commandId } = command;
  switch (command.kind) {
    case 'snapshot': {
      const { scope, executionsSince } = command;
      return { type: 'snapshot', payload: { commandId, kind: scope, executionsSince } };
    }
    case 'flatten': {
      const { scope, attempt, method, holdEntriesMs } = command;
      return { type: 'flatten', payload: { commandId, scope, attempt, method, holdEntriesMs } };
    }
    case 'cancelAll':
      return { type: 'cancelAll', payload: { commandId, scope: command.scope } };
    case 'cancelOrder': {
      const { account, orderId } = command;
      return { type: 'cancelOrder', payload: { commandId, account, orderId } };
    }
    case 'submitOrder':
      return submitOrder(command, instruments);
    case 'modifyOrder':
      return modifyOrder(command, instruments);
    case 'subscribe': {
      const { instruments: names, bars } = command;
      return { type: 'subscribe', payload: { commandId, quotes: [...names], bars } };
    }
    case 'unsubscribe':
      return { type: 'unsubscribe', payload: { commandId, quotes: [...command.instruments] } };
    case 'setGuard': {
      const { revision, note, accounts } = command;
      return {
        type: 'setGuard',
        payload: { commandId, revision, note, accounts: accounts.map(guardAccount) },
      };
    }
    default:
      return assertNever(command);
  }
}

function submitOrder(
  command: Extract<Command, { kind: 'submitOrder' }>,
  instruments: InstrumentTable,
): Outgoing | null {
  const prices = pricesOf(command, instruments);
  if (prices === null) return null;
  const { commandId, account, instrument, side, type, quantity, oco, label, reduceOnly } = command;
  return {
    type: 'submitOrder',
    payload: {
      commandId,
      account,
      instrument,
      action: side,
      orderType: type,
      tif: 'day',
      quantity,
      ...prices,
      oco,
      name: label,
      reduceOnly,
    },
  };
}

function modifyOrder(
  command: Extract<Command, { kind: 'modifyOrder' }>,
  instruments: InstrumentTable,
): Outgoing | null {
  const prices = pricesOf(command, instruments);
  if (prices === null) return null;
  const { commandId, account, orderId, quantity } = command;
  return { type: 'modifyOrder', payload: { commandId, account, orderId, quantity, ...prices } };
}

function pricesOf(
  {
    instrument,
    limit,
    stop,
  }: { instrument: InstrumentName; limit: Ticks | null; stop: Ticks | null },
  instruments: InstrumentTable,
): { limitPrice: number | null; stopPrice: number | null } | null {
  if (limit === null && stop === null) return { limitPrice: null, stopPrice: null };
  const terms = instruments.find(instrument);
  if (terms === undefined) return null;
  const price = (ticks: Ticks | null): number | null =>
    ticks === null ? null : priceFromTicks(terms.tickSizeE8, ticks);
  return { limitPrice: price(limit), stopPrice: price(stop) };
}

function guardAccount(limits: GuardLimits) {
  const { account, entriesLocked, lockedUntil, reason, maxContracts, flattenAtFloor } = limits;
  return {
    account,
    entriesLocked,
    lockedUntil,
    reason,
    maxContracts,
    hardFloor: limits.hardFloor === null ? null : limits.hardFloor / MONEY_SCALE,
    flattenAtFloor,
  };
}
