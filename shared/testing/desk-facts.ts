import type { EpochMs, MonoMs } from '../kernel/clock.ts';
import type { AccountIdentity, AccountItemName, AccountName } from '../domain/account/account.ts';
import type { Execution, ExecutionId } from '../domain/account/execution.ts';
import type { Order, OrderId } from '../domain/account/order.ts';
import type {
  AccountReported,
  Fact,
  ItemReported,
  PositionReported,
  SnapshotReceived,
  Stamp,
} from '../domain/desk/fact.ts';
import type { Instrument, InstrumentName, Ticks } from '../domain/instrument/instrument.ts';
import { money, type Money } from '../domain/money/money.ts';

export const SIM = 'Sim101' as AccountName;
export const ES = 'ES 12-26' as InstrumentName;
/** Monday 2026-01-05, 09:00 in Chicago. */
export const OPEN_AT = Date.UTC(2026, 0, 5, 15, 0, 0) as EpochMs;

export const ES_TERMS: Instrument = {
  name: ES,
  root: 'ES',
  tickSizeE8: 25_000_000,
  tickValue: money(125_000),
  currency: 'USD',
};

export function stampAt(ms: number): Stamp {
  return { wall: (OPEN_AT + ms) as EpochMs, mono: ms as MonoMs };
}

export function opened(sessionId = 'sess-1'): Fact {
  return {
    kind: 'link.opened',
    sessionId,
    instanceId: 'inst-1',
    addonVersion: '0.1.0',
    platform: 'NinjaTrader',
    platformVersion: '8.1.6.0',
  };
}

export function lost(sessionId = 'sess-1'): Fact {
  return { kind: 'link.lost', sessionId, reason: 'closed', detail: '' };
}

export function account(seq: number, over: Partial<AccountIdentity> = {}): AccountReported {
  return {
    kind: 'account.reported',
    seq,
    account: {
      name: SIM,
      displayName: over.name ?? SIM,
      kind: 'simulation',
      provider: 'Simulator',
      connectionName: 'Simulated',
      connectionStatus: 'connected',
      currency: 'USD',
      ...over,
    },
    reportedItems: null,
  };
}

export function item(
  seq: number,
  name: AccountItemName,
  value: number | null,
  of: AccountName = SIM,
): ItemReported {
  return {
    kind: 'item.reported',
    seq,
    account: of,
    item: name,
    value: value as Money | null,
    reportedAt: OPEN_AT,
  };
}

export function order(id: string, over: Partial<Order> = {}): Order {
  return {
    id: id as OrderId,
    account: SIM,
    instrument: ES,
    side: 'buy',
    type: 'limit',
    state: 'working',
    quantity: 1,
    filled: 0,
    limit: 20_000 as Ticks,
    stop: null,
    oco: '',
    label: '',
    comment: '',
    updatedAt: OPEN_AT,
    ...over,
  };
}

export function execution(id: string, over: Partial<Execution> = {}): Execution {
  return {
    id: id as ExecutionId,
    account: SIM,
    instrument: ES,
    orderId: null,
    side: 'buy',
    quantity: 1,
    price: 20_000 as Ticks,
    cost: money(0),
    isStartOfDay: false,
    executedAt: OPEN_AT,
    ...over,
  };
}

export function position(
  seq: number,
  quantity: number,
  over: Partial<PositionReported> = {},
): PositionReported {
  return {
    kind: 'position.reported',
    seq,
    account: SIM,
    instrument: ES,
    quantity,
    averageTicksE4: quantity === 0 ? null : 200_000_000,
    reportedAt: OPEN_AT,
    ...over,
  };
}

export function snapshot(asOfSeq: number, over: Partial<SnapshotReceived> = {}): SnapshotReceived {
  return {
    kind: 'snapshot.received',
    seq: asOfSeq + 1,
    asOfSeq,
    scope: 'full',
    commandId: null,
    accounts: [account(asOfSeq)],
    items: [],
    connections: [],
    orders: [],
    executions: [],
    positions: [],
    commands: [],
    refused: [],
    ...over,
  };
}

export function terms(seq: number, instrument: Instrument = ES_TERMS): Fact {
  return { kind: 'instrument.reported', seq, instrument };
}

export function quote(last: number, at: number = OPEN_AT, instrument: InstrumentName = ES): Fact {
  return {
    kind: 'quote.reported',
    quote: {
      instrument,
      bid: (last - 1) as Ticks,
      ask: (last + 1) as Ticks,
      last: last as Ticks,
      bidSize: 5,
      askSize: 5,
      lastSize: 1,
      quotedAt: at as EpochMs,
    },
  };
}
