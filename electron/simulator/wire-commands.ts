import type { EpochMs } from '../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { moneyFromDecimal } from '../../shared/domain/money/money.ts';
import { ticksFromPrice } from '../../shared/domain/instrument/instrument.ts';
import { contractFromName, type Contract } from '../../shared/simulation/contracts.ts';
import type { PlatformCommand } from '../../shared/simulation/platform-command.ts';
import type { GuardEntry, RefusalCode } from '../../shared/simulation/platform-event.ts';
import type { AppCommand } from '../../shared/protocol/addon/commands.ts';

/** Commands that the platform executes; the others are the session's own business. */
export type ExecutableCommand = Exclude<AppCommand, { type: 'heartbeat' | 'ping' | 'snapshot' }>;

type Read = Result<PlatformCommand, { readonly code: RefusalCode; readonly detail: string }>;

/** What the reader must know of the platform: the contract of an order that is to be changed. */
export type OrderContract = (account: string, orderId: string) => Contract | undefined;

/** Reads a command of the app: decimals become ticks and ten-thousandths, or the command is refused. */
export function readCommand(command: ExecutableCommand, contractOfOrder: OrderContract): Read {
  const { type, payload } = command;
  switch (type) {
    case 'flatten':
    case 'cancelAll':
    case 'cancelOrder':
      return ok({ kind: type, ...payload } as PlatformCommand);
    case 'subscribe': {
      const { commandId, quotes, bars } = payload;
      return ok({ kind: 'subscribe', commandId, instruments: quotes, bars });
    }
    case 'unsubscribe': {
      const { commandId, quotes } = payload;
      return ok({ kind: 'unsubscribe', commandId, instruments: quotes });
    }
    case 'submitOrder':
      return readSubmit(payload);
    case 'modifyOrder':
      return readModify(payload, contractOfOrder(payload.account, payload.orderId));
    case 'setGuard':
      return readGuard(payload);
  }
}

type Payload<T extends ExecutableCommand['type']> = Extract<
  ExecutableCommand,
  { type: T }
>['payload'];

function readSubmit(payload: Payload<'submitOrder'>): Read {
  const { commandId, orderType, limitPrice, stopPrice, reduceOnly, ...order } = payload;
  const contract = contractFromName(payload.instrument);
  if (!contract.ok) return err(contract.error);
  const limit = ticksOf(contract.value, limitPrice);
  const stop = ticksOf(contract.value, stopPrice);
  if (limit === undefined || stop === undefined) return badPrice(payload.instrument);
  return ok({
    kind: 'submitOrder',
    commandId,
    order: { ...order, type: orderType, limit, stop },
    reduceOnly,
  });
}

function readModify(payload: Payload<'modifyOrder'>, contract: Contract | undefined): Read {
  const { commandId, account, orderId, quantity } = payload;
  if (contract === undefined) return err({ code: 'UNKNOWN_ORDER', detail: orderId });
  const limit = ticksOf(contract, payload.limitPrice);
  const stop = ticksOf(contract, payload.stopPrice);
  if (limit === undefined || stop === undefined) return badPrice(contract.instrument.name);
  return ok({ kind: 'modifyOrder', commandId, account, orderId, quantity, limit, stop });
}

function readGuard(payload: Payload<'setGuard'>): Read {
  const accounts: GuardEntry[] = [];
  for (const entry of payload.accounts) {
    const floor = entry.hardFloor === null ? null : moneyFromDecimal(entry.hardFloor);
    if (floor !== null && !floor.ok) return err({ code: 'BAD_COMMAND', detail: floor.error.code });
    accounts.push({
      ...entry,
      lockedUntil: entry.lockedUntil as EpochMs | null,
      hardFloor: floor?.value ?? null,
    });
  }
  const { commandId, revision } = payload;
  return ok({ kind: 'setGuard', commandId, revision, accounts });
}

/** Undefined for a price between two ticks. */
function ticksOf(contract: Contract, price: number | null): number | null | undefined {
  if (price === null) return null;
  const ticks = ticksFromPrice(contract.instrument, price);
  return ticks.ok ? ticks.value : undefined;
}

function badPrice(instrument: string): Read {
  return err({ code: 'BAD_PRICE', detail: `not a price of ${instrument}` });
}
