import type { z } from 'zod';
import { priceFromTicks } from '../../shared/domain/instrument/instrument.ts';
import { MONEY_SCALE, type Money } from '../../shared/domain/money/money.ts';
import type { Bar, Quote } from '../../shared/domain/market/quote.ts';
import type { Contract } from '../../shared/simulation/contracts.ts';
import type {
  AccountReport,
  ConnectionReport,
  ExecutionReport,
  GuardEntry,
  ItemReport,
  OrderReport,
  PositionReport,
} from '../../shared/simulation/platform-event.ts';
import type { GuardAccount } from '../../shared/protocol/addon/guard.ts';
import type * as records from '../../shared/protocol/addon/records.ts';

type Wire<K extends keyof typeof records> = (typeof records)[K] extends z.ZodType
  ? z.infer<(typeof records)[K]>
  : never;

/** Finds a contract by name; every record of the simulation has one. */
export type ContractOf = (name: string) => Contract;

/** The platform's figures are decimals; this is where the simulation's integers become floats. */
function decimal(amount: Money): number {
  return amount / MONEY_SCALE;
}

function price(contract: Contract, ticks: number): number {
  return priceFromTicks(contract.instrument.tickSizeE8, ticks);
}

function optional(contract: Contract, ticks: number | null): number | null {
  return ticks === null ? null : price(contract, ticks);
}

export function accountRecord(report: AccountReport): Wire<'AccountRecord'> {
  return {
    name: report.name,
    displayName: report.name,
    kind: 'simulation',
    provider: report.provider,
    connectionName: report.connectionName,
    connectionStatus: report.connectionStatus,
    currency: 'USD',
    reportedItems: [...report.reportedItems],
    executionCount: report.executionCount,
  };
}

export function itemRecord(report: ItemReport): Wire<'AccountItemRecord'> {
  const { account, item, value, time } = report;
  return { account, item, value: value === null ? null : decimal(value), time };
}

export function connectionRecord(report: ConnectionReport): Wire<'ConnectionRecord'> {
  return { ...report, mode: 'simulation', nativeError: '' };
}

export function instrumentRecord(contract: Contract): Wire<'InstrumentRecord'> {
  const { instrument, root, expiry } = contract;
  return {
    fullName: instrument.name,
    root: root.symbol,
    instrumentType: 'future',
    tickSize: root.tickSize,
    pointValue: root.pointValue,
    currency: instrument.currency,
    expiry,
  };
}

export function orderRecord(report: OrderReport, contract: Contract): Wire<'OrderRecord'> {
  const { filled, filledTicks } = report;
  return {
    account: report.account,
    instrument: report.instrument,
    orderId: report.id,
    brokerOrderId: report.brokerId,
    name: report.name,
    oco: report.oco,
    action: report.action,
    orderType: report.type,
    tif: report.tif,
    entry: report.entry,
    quantity: report.quantity,
    filled,
    averageFillPrice: filled === 0 ? 0 : price(contract, filledTicks) / filled,
    limitPrice: optional(contract, report.limit),
    stopPrice: optional(contract, report.stop),
    state: report.state,
    error: report.error,
    comment: report.comment,
    time: report.time,
  };
}

export function executionRecord(
  report: ExecutionReport,
  contract: Contract,
): Wire<'ExecutionRecord'> {
  return {
    account: report.account,
    instrument: report.instrument,
    executionId: report.id,
    orderId: report.orderId,
    side: report.side,
    quantity: report.quantity,
    price: price(contract, report.price),
    commission: decimal(report.commission),
    fee: 0,
    positionAfter: report.positionAfter,
    isStartOfDay: false,
    time: report.time,
  };
}

export function positionRecord(report: PositionReport, contract: Contract): Wire<'PositionRecord'> {
  const average = report.averageTicksE4;
  return {
    account: report.account,
    instrument: report.instrument,
    quantity: report.quantity,
    averagePrice: average === null ? null : price(contract, average) / 10_000,
    time: report.time,
  };
}

export function quoteRecord(quote: Quote, contract: Contract): Wire<'QuoteRecord'> {
  return {
    instrument: quote.instrument,
    bid: optional(contract, quote.bid),
    bidSize: quote.bidSize,
    ask: optional(contract, quote.ask),
    askSize: quote.askSize,
    last: optional(contract, quote.last),
    lastSize: quote.lastSize,
    time: quote.quotedAt,
  };
}

export function barRecord(bar: Bar, contract: Contract): Wire<'BarRecord'> {
  return {
    instrument: bar.instrument,
    minutes: 1,
    startsAt: bar.startsAt,
    open: price(contract, bar.open),
    high: price(contract, bar.high),
    low: price(contract, bar.low),
    close: price(contract, bar.close),
    volume: bar.volume,
    closed: bar.closed,
  };
}

export function guardRecord(entry: GuardEntry): z.infer<typeof GuardAccount> {
  return { ...entry, hardFloor: entry.hardFloor === null ? null : decimal(entry.hardFloor) };
}
