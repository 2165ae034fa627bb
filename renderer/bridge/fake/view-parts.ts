import { NO_RULES_CHOSEN } from '../../../shared/protocol/ipc/risk-view.ts';
import type {
  AccountView,
  BridgeView,
  DeskView,
  FeedEntryView,
  FigureView,
  FlattenView,
  GuardView,
  InstrumentView,
  OrderView,
  PositionView,
} from '../../../shared/protocol/ipc/views.ts';

/** The moment of every scenario: 2026-01-05 15:04:22 UTC. */
export const SCENE = Date.UTC(2026, 0, 5, 15, 4, 22);

/** Ten-thousandths of a dollar. */
export function dollars(amount: number): number {
  return Math.round(amount * 10_000);
}

export const ES: InstrumentView = {
  name: 'ES 03-26',
  tickSizeE8: 25_000_000,
  tickValue: dollars(12.5),
  currency: 'USD',
  bid: 24_012,
  ask: 24_013,
  last: 24_013,
  quotedAt: SCENE - 300,
};

export const NQ: InstrumentView = {
  name: 'NQ 03-26',
  tickSizeE8: 25_000_000,
  tickValue: dollars(5),
  currency: 'USD',
  bid: 86_402,
  ask: 86_404,
  last: 86_403,
  quotedAt: SCENE - 400,
};

export const GC: InstrumentView = {
  name: 'GC 02-26',
  tickSizeE8: 10_000_000,
  tickValue: dollars(10),
  currency: 'USD',
  bid: 26_551,
  ask: 26_552,
  last: 26_551,
  quotedAt: SCENE - 900,
};

/** A figure that the broker reported a moment ago. */
export function reported(value: number, ageMs = 800): FigureView {
  return { value, source: 'broker', asOf: SCENE - ageMs };
}

/** A figure worked out from fills. */
export function fromFills(value: number, ageMs = 400): FigureView {
  return { value, source: 'fills', asOf: SCENE - ageMs };
}

export const NOT_REPORTED: FigureView = { value: null, source: 'none', asOf: null };

const GUARD_OFF: GuardView = {
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

/** A guard of an account, in force unless told otherwise. */
export function guard(more: Partial<GuardView> = {}): GuardView {
  return { ...GUARD_OFF, state: 'armed', ...more };
}

export function account(name: string, more: Partial<AccountView> = {}): AccountView {
  return {
    name,
    displayName: name,
    badge: 'SIM',
    connection: 'Simulated Data Feed',
    connectionStatus: 'connected',
    currency: 'USD',
    freshness: 'live',
    heardAt: SCENE - 400,
    netLiquidation: reported(dollars(50_000)),
    cashValue: reported(dollars(50_000)),
    realizedToday: fromFills(0),
    openProfit: fromFills(0),
    positions: [],
    orders: [],
    fillsToday: 0,
    guard: GUARD_OFF,
    risk: NO_RULES_CHOSEN,
    doubts: [],
    ...more,
  };
}

/** A position with its open profit worked out from the instrument's last price. */
export function position(
  instrument: InstrumentView,
  quantity: number,
  averageTicks: number,
): PositionView {
  const distance = ((instrument.last ?? 0) - averageTicks) * Math.sign(quantity);
  return {
    instrument: instrument.name,
    quantity,
    averageTicksE4: Math.round(averageTicks * 10_000),
    openProfit: Math.round(distance * Math.abs(quantity) * instrument.tickValue),
    openTicksE4: Math.round(distance * 10_000),
    markedAt: instrument.quotedAt,
  };
}

export function order(id: string, more: Partial<OrderView>): OrderView {
  return {
    id,
    instrument: ES.name,
    side: 'sell',
    type: 'stopMarket',
    state: 'working',
    quantity: 2,
    filled: 0,
    limit: null,
    stop: null,
    label: '',
    reducing: true,
    ...more,
  };
}

export function flatten(id: string, more: Partial<FlattenView>): FlattenView {
  return {
    id,
    scope: { kind: 'all' },
    door: 'dashboard',
    state: 'requested',
    requestedAt: SCENE - 400,
    changedAt: SCENE - 400,
    verifiesAt: null,
    presses: 1,
    attempt: 1,
    remaining: [],
    code: null,
    message: '',
    armed: false,
    ...more,
  };
}

export const CONNECTED: BridgeView = {
  state: 'connected',
  detail: '',
  port: 8765,
  peer: { platform: 'NinjaTrader', platformVersion: '8.1.5.2', addonVersion: '0.1.0' },
  connectedAt: SCENE - 5_400_000,
  heardAt: SCENE - 300,
  messagesPerSecond: 184,
  latencyMs: 0.8,
  gaps: 0,
  refused: 0,
  reconnects: 0,
};

/** Feed entries from texts, the last one newest; each is a few seconds after the one before. */
export function feedOf(
  lines: readonly (readonly [FeedEntryView['severity'], string | null, string])[],
): FeedEntryView[] {
  return lines.map(([severity, name, text], place) => ({
    id: place + 1,
    at: SCENE - (lines.length - place) * 7_300,
    severity,
    account: name,
    text,
  }));
}

export function desk(more: Partial<DeskView>): DeskView {
  return {
    rev: 1,
    at: SCENE,
    mode: 'test',
    status: 'ok',
    bridge: CONNECTED,
    store: { state: 'ok', detail: '', pending: 0 },
    accounts: [],
    instruments: [],
    flattens: [],
    feed: [],
    ...more,
  };
}
