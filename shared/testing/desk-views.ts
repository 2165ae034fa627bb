import { NO_RULES_CHOSEN } from '../protocol/ipc/risk-view.ts';
import type { AccountView, DeskView, FlattenView } from '../protocol/ipc/views.ts';

const AT = Date.UTC(2026, 0, 5, 15, 0, 0);
const unknown = { value: null, source: 'none', asOf: null } as const;

/** An account without a guard. */
const GUARD_OFF: AccountView['guard'] = {
  state: 'off',
  entriesLocked: false,
  lockedUntil: null,
  reason: '',
  maxContracts: null,
  hardFloor: null,
  flattenAtFloor: false,
  code: null,
  problem: '',
  since: null,
};

/** A live account with nothing open. */
export function accountView(change: Partial<AccountView> = {}): AccountView {
  return {
    name: 'Sim101',
    displayName: 'Sim101',
    badge: 'SIM',
    connection: 'Simulated Data Feed',
    connectionStatus: 'connected',
    currency: 'UsDollar',
    freshness: 'live',
    heardAt: AT,
    netLiquidation: unknown,
    cashValue: unknown,
    realizedToday: unknown,
    openProfit: unknown,
    positions: [],
    orders: [],
    fillsToday: 0,
    guard: GUARD_OFF,
    risk: NO_RULES_CHOSEN,
    doubts: [],
    ...change,
  };
}

/** A position to put into an account. */
export function positionView(quantity: number): AccountView['positions'][number] {
  return {
    instrument: 'ES 12-26',
    quantity,
    averageTicksE4: null,
    openProfit: null,
    openTicksE4: null,
    markedAt: null,
  };
}

/** A working stop order to put into an account. */
export function orderView(): AccountView['orders'][number] {
  return {
    id: 'order-1',
    instrument: 'ES 12-26',
    side: 'sell',
    type: 'stopMarket',
    state: 'working',
    quantity: 1,
    filled: 0,
    limit: null,
    stop: 26_000,
    label: 'Stop1',
    reducing: true,
  };
}

/** A flatten of everything. */
export function flattenView(change: Partial<FlattenView> = {}): FlattenView {
  return {
    id: 'flat-1',
    scope: { kind: 'all' },
    door: 'tray',
    state: 'sent',
    requestedAt: AT,
    changedAt: AT,
    verifiesAt: null,
    presses: 1,
    attempt: 1,
    remaining: [],
    code: null,
    message: '',
    armed: false,
    ...change,
  };
}

/** A connected desk with nothing open. */
export function deskView(change: Partial<DeskView> = {}): DeskView {
  return {
    rev: 1,
    at: AT,
    mode: 'test',
    status: 'ok',
    bridge: {
      state: 'connected',
      detail: '',
      port: 8765,
      peer: null,
      connectedAt: AT,
      heardAt: AT,
      messagesPerSecond: 10,
      latencyMs: 0.2,
      gaps: 0,
      refused: 0,
      reconnects: 0,
    },
    store: { state: 'ok', detail: '', pending: 0 },
    accounts: [accountView()],
    instruments: [],
    flattens: [],
    feed: [],
    ...change,
  };
}
