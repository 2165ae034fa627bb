import type { AccountName } from '../account/account.ts';
import { inScope, type FlattenScope } from '../flatten/scope.ts';
import type { Exposure } from '../flatten/record.ts';
import type { InstrumentName } from '../instrument/instrument.ts';
import type { AccountDesk, DeskState } from './state.ts';

/**
 * How far the desk's word on an account's positions and orders can be taken. `offline`: no link.
 * `disconnected`: the platform has no broker for it. `unconfirmed`: no complete snapshot since the last
 * change of link or connection, or messages were lost after it.
 */
export type Standing = 'confirmed' | 'unconfirmed' | 'disconnected' | 'offline';

/** The standing of an account now. */
export function standingOf(state: DeskState, account: AccountDesk): Standing {
  if (!state.link.isOpen) return 'offline';
  const { connectionStatus } = account.identity;
  if (connectionStatus !== 'connected' && connectionStatus !== 'unknown') return 'disconnected';
  const isConfirmed =
    connectionStatus === 'connected' &&
    account.confirmedIn === state.link.epoch &&
    account.doubt === null;
  return isConfirmed ? 'confirmed' : 'unconfirmed';
}

/** Whether every fill of this session has been seen, as far as the link can tell. */
export function hasAllFills(state: DeskState, account: AccountDesk): boolean {
  return account.fillsConfirmedIn === state.link.epoch && account.fillsDoubt === null;
}

/** What is open in a scope as last reported: positions, live orders, or both. */
export function exposuresIn(state: DeskState, scope: FlattenScope): Exposure[] {
  const exposures: Exposure[] = [];
  for (const [name, account] of state.accounts) {
    if (scope.kind !== 'all' && scope.account !== name) continue;
    for (const instrument of openInstruments(account)) {
      if (!inScope(scope, name, instrument)) continue;
      exposures.push(exposureOf(account, name, instrument));
    }
  }
  return exposures;
}

/** Accounts of a scope by what can be said of them now; each is in exactly one list. */
export interface Coverage {
  readonly confirmed: readonly AccountName[];
  /** Connected, and yet the word on it is not complete: see `unconfirmed` and `offline` of `Standing`. */
  readonly inDoubt: readonly AccountName[];
  readonly disconnected: readonly AccountName[];
  /** Named by the scope and never reported. */
  readonly missing: readonly AccountName[];
}

/** Which accounts of a scope the desk can speak for. */
export function coverage(state: DeskState, scope: FlattenScope): Coverage {
  const confirmed: AccountName[] = [];
  const inDoubt: AccountName[] = [];
  const disconnected: AccountName[] = [];
  for (const [name, account] of state.accounts) {
    if (scope.kind !== 'all' && scope.account !== name) continue;
    const standing = standingOf(state, account);
    if (standing === 'confirmed') confirmed.push(name);
    else if (standing === 'disconnected') disconnected.push(name);
    else inDoubt.push(name);
  }
  const missing = scope.kind !== 'all' && !state.accounts.has(scope.account) ? [scope.account] : [];
  return { confirmed, inDoubt, disconnected, missing };
}

/** Whether the account has a position or an order that can still fill. */
export function isExposed(account: AccountDesk): boolean {
  if (account.liveOrders.size > 0) return true;
  for (const cell of account.positions.values()) if (cell.position !== null) return true;
  return false;
}

function openInstruments(account: AccountDesk): Set<InstrumentName> {
  const open = new Set<InstrumentName>();
  for (const [instrument, cell] of account.positions) {
    if (cell.position !== null) open.add(instrument);
  }
  for (const { order } of account.liveOrders.values()) open.add(order.instrument);
  return open;
}

function exposureOf(account: AccountDesk, name: AccountName, instrument: InstrumentName): Exposure {
  let liveOrders = 0;
  for (const { order } of account.liveOrders.values()) {
    if (order.instrument === instrument) liveOrders += 1;
  }
  const quantity = account.positions.get(instrument)?.position?.quantity ?? 0;
  return { account: name, instrument, quantity, liveOrders };
}
