import { reduces, sideOf } from '../exchange/sim-order.ts';
import type {
  ModifyCommand,
  PlatformCommand,
  PlatformScope,
  SubmitCommand,
} from '../platform-command.ts';
import type { GuardReport, RefusalCode } from '../platform-event.ts';
import { assertNever } from '../../kernel/assert-never.ts';
import type { AddonParts } from './addon-parts.ts';
import type { EntryGate } from './entry-gate.ts';

type GuardCommand = Extract<PlatformCommand, { kind: 'setGuard' }>;

export interface Objection {
  readonly code: RefusalCode;
  readonly detail: string;
}

export interface CheckParts extends AddonParts {
  readonly gate: EntryGate;
  /** Whether the instrument exists or could be opened. */
  readonly knows: (instrument: string) => boolean;
}

/** Why the AddOn refuses a command outright; null when it starts it. */
export function objectionTo(parts: CheckParts, command: PlatformCommand): Objection | null {
  switch (command.kind) {
    case 'flatten':
    case 'cancelAll':
      return scopeObjection(parts, command.scope);
    case 'cancelOrder':
      return orderObjection(parts, command.account, command.orderId);
    case 'modifyOrder':
      return modifyObjection(parts, command);
    case 'submitOrder':
      return submitObjection(parts, command);
    case 'subscribe':
    case 'unsubscribe':
      return instrumentsObjection(parts, command.instruments);
    case 'setGuard':
      return guardObjection(parts.gate.guard, command);
    default:
      return assertNever(command);
  }
}

function scopeObjection(parts: AddonParts, scope: PlatformScope): Objection | null {
  return scope.kind === 'all' ? null : accountObjection(parts, scope.account);
}

function accountObjection(parts: AddonParts, name: string): Objection | null {
  const account = parts.terminal.account(name);
  if (account === undefined) return refuse('UNKNOWN_ACCOUNT', name);
  return account.connected ? null : refuse('NOT_CONNECTED', name);
}

function orderObjection(parts: AddonParts, account: string, orderId: string): Objection | null {
  const first = accountObjection(parts, account);
  if (first !== null) return first;
  const order = parts.terminal.account(account)?.orders.get(orderId);
  return order === undefined ? refuse('UNKNOWN_ORDER', orderId) : null;
}

function modifyObjection(parts: CheckParts, command: ModifyCommand): Objection | null {
  const first = orderObjection(parts, command.account, command.orderId);
  if (first !== null) return first;
  const order = parts.terminal.account(command.account)?.orders.get(command.orderId);
  if (order === undefined) return refuse('UNKNOWN_ORDER', command.orderId);
  const misplaced =
    (command.limit !== null && order.limit === null) ||
    (command.stop !== null && order.stop === null);
  if (misplaced) return refuse('BAD_PRICE', `a ${order.type} order has no such price`);
  if (command.quantity !== null && command.quantity <= order.filled) {
    return refuse('BAD_QUANTITY', `${order.filled} are filled already`);
  }
  const quantity = (command.quantity ?? order.quantity) - order.filled;
  const grows = quantity > order.quantity - order.filled;
  const reason = grows ? parts.gate.objection({ ...order, quantity }) : null;
  return reason === null ? null : refuse('ENTRIES_LOCKED', reason);
}

function submitObjection(parts: CheckParts, command: SubmitCommand): Objection | null {
  const { order } = command;
  const first = accountObjection(parts, order.account);
  if (first !== null) return first;
  if (!parts.knows(order.instrument)) return refuse('UNKNOWN_INSTRUMENT', order.instrument);
  const limited = order.type === 'limit' || order.type === 'stopLimit';
  const stopped = order.type === 'stopMarket' || order.type === 'stopLimit';
  if (limited !== (order.limit !== null) || stopped !== (order.stop !== null)) {
    return refuse('BAD_PRICE', `prices do not fit a ${order.type} order`);
  }
  const side = sideOf(order.action);
  const position = parts.terminal.account(order.account)?.position(order.instrument) ?? 0;
  if (command.reduceOnly && !reduces(position, side, order.quantity)) {
    return refuse('NOT_REDUCING', `the position is ${position}`);
  }
  const reason = parts.gate.objection({ ...order, side });
  return reason === null ? null : refuse('ENTRIES_LOCKED', reason);
}

/** A revision names one guard: the one in force may be sent again, another one under its number may not. */
function guardObjection(inForce: GuardReport, command: GuardCommand): Objection | null {
  const { revision, accounts } = command;
  const isSame = JSON.stringify(accounts) === JSON.stringify(inForce.accounts);
  if (revision > inForce.revision || (revision === inForce.revision && isSame)) return null;
  return refuse('BAD_COMMAND', `revision ${inForce.revision} is in force`);
}

function instrumentsObjection(parts: CheckParts, names: readonly string[]): Objection | null {
  const missing = names.find((name) => !parts.knows(name));
  return missing === undefined ? null : refuse('UNKNOWN_INSTRUMENT', missing);
}

function refuse(code: RefusalCode, detail: string): Objection {
  return { code, detail };
}
