import type { AddonEvent } from '../../../shared/protocol/addon/events.ts';

type PayloadOf<T extends AddonEvent['type']> = Extract<AddonEvent, { type: T }>['payload'];

/** Payloads for tests that care about one field of them. */

export function instrument(
  fullName = 'ES 12-26',
  terms: Partial<PayloadOf<'instrument'>> = {},
): PayloadOf<'instrument'> {
  return {
    fullName,
    root: 'ES',
    instrumentType: 'Future',
    tickSize: 0.25,
    pointValue: 50,
    currency: 'UsDollar',
    expiry: null,
    ...terms,
  };
}

export function account(
  name = 'Sim101',
  more: Partial<PayloadOf<'account'>> = {},
): PayloadOf<'account'> {
  return {
    name,
    displayName: name,
    kind: 'simulation',
    provider: 'Simulator',
    connectionName: null,
    connectionStatus: 'connected',
    currency: 'UsDollar',
    reportedItems: null,
    executionCount: 0,
    ...more,
  };
}

export function order(more: Partial<PayloadOf<'order'>> = {}): PayloadOf<'order'> {
  return {
    account: 'Sim101',
    instrument: 'ES 12-26',
    orderId: 'o1',
    brokerOrderId: '',
    name: '',
    oco: '',
    action: 'buy',
    orderType: 'limit',
    tif: 'day',
    entry: 'manual',
    quantity: 1,
    filled: 0,
    averageFillPrice: 0,
    limitPrice: 5_000.25,
    stopPrice: 0,
    state: 'working',
    error: '',
    comment: '',
    time: 1_000,
    ...more,
  };
}

export function execution(more: Partial<PayloadOf<'execution'>> = {}): PayloadOf<'execution'> {
  return {
    account: 'Sim101',
    instrument: 'ES 12-26',
    executionId: 'e1',
    orderId: 'o1',
    side: 'buy',
    quantity: 1,
    price: 5_000.25,
    commission: 2.09,
    fee: 0.35,
    positionAfter: 1,
    isStartOfDay: false,
    time: 1_000,
    ...more,
  };
}

export function position(more: Partial<PayloadOf<'position'>> = {}): PayloadOf<'position'> {
  return {
    account: 'Sim101',
    instrument: 'ES 12-26',
    quantity: 2,
    averagePrice: 5_000.375,
    time: 1_000,
    ...more,
  };
}

export function item(more: Partial<PayloadOf<'accountItem'>> = {}): PayloadOf<'accountItem'> {
  return { account: 'Sim101', item: 'netLiquidation', value: 50_000, time: 1_000, ...more };
}

export function quote(more: Partial<PayloadOf<'quote'>> = {}): PayloadOf<'quote'> {
  return {
    instrument: 'ES 12-26',
    bid: 5_000,
    bidSize: 3,
    ask: 5_000.25,
    askSize: 4,
    last: 5_000.25,
    lastSize: 1,
    time: 1_000,
    ...more,
  };
}

export function bar(more: Partial<PayloadOf<'bar'>> = {}): PayloadOf<'bar'> {
  return {
    instrument: 'ES 12-26',
    minutes: 1,
    startsAt: 60_000,
    open: 5_000,
    high: 5_001,
    low: 4_999.75,
    close: 5_000.5,
    volume: 12,
    closed: true,
    ...more,
  };
}

/** One part of a snapshot, empty but for what is given. */
export function snapshot(more: Partial<PayloadOf<'snapshot'>> = {}): PayloadOf<'snapshot'> {
  return {
    snapshotId: 'snap-1',
    kind: 'full',
    asOfSeq: 0,
    part: 1,
    parts: 1,
    accounts: [],
    accountItems: [],
    connections: [],
    instruments: [],
    orders: [],
    executions: [],
    positions: [],
    commands: [],
    ...more,
  };
}
