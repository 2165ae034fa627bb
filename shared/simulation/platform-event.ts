import type { EpochMs } from '../kernel/clock.ts';
import type { AccountItemName, ConnectionStatus } from '../domain/account/account.ts';
import type { OrderSide, OrderState } from '../domain/account/order.ts';
import type { Bar, Quote } from '../domain/market/quote.ts';
import type { Money } from '../domain/money/money.ts';
import type { Contract } from './contracts.ts';
import type { OrderAction, SimOrderType } from './exchange/sim-order.ts';

/** What the simulated platform reports, in ticks and ten-thousandths; the edge writes it as wire messages. */
export type PlatformEvent =
  | { readonly kind: 'account'; readonly account: AccountReport }
  | { readonly kind: 'item'; readonly item: ItemReport }
  | { readonly kind: 'order'; readonly order: OrderReport }
  | { readonly kind: 'execution'; readonly execution: ExecutionReport }
  | { readonly kind: 'position'; readonly position: PositionReport }
  | { readonly kind: 'connection'; readonly connection: ConnectionReport }
  | { readonly kind: 'instrument'; readonly contract: Contract }
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'bar'; readonly bar: Bar }
  | { readonly kind: 'ack'; readonly ack: AckReport }
  | { readonly kind: 'result'; readonly result: ResultReport }
  | { readonly kind: 'progress'; readonly progress: ProgressReport }
  | { readonly kind: 'guard'; readonly guard: GuardReport };

export interface AccountReport {
  readonly name: string;
  readonly connectionName: string;
  readonly connectionStatus: ConnectionStatus;
  readonly provider: string;
  readonly reportedItems: readonly AccountItemName[];
  readonly executionCount: number;
}

export interface ItemReport {
  readonly account: string;
  readonly item: AccountItemName;
  /** Null: listed and never reported. */
  readonly value: Money | null;
  readonly time: EpochMs;
}

export interface OrderReport {
  readonly id: string;
  readonly brokerId: string;
  readonly account: string;
  readonly instrument: string;
  readonly name: string;
  readonly oco: string;
  readonly action: OrderAction;
  readonly side: OrderSide;
  readonly type: SimOrderType;
  readonly tif: 'day' | 'gtc';
  readonly entry: 'automated' | 'manual';
  readonly quantity: number;
  readonly filled: number;
  /** Sum of fill price times quantity, in ticks. */
  readonly filledTicks: number;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly state: OrderState;
  readonly error: string;
  readonly comment: string;
  readonly time: EpochMs;
}

export interface ExecutionReport {
  readonly id: string;
  readonly account: string;
  readonly instrument: string;
  /** Null for fills replayed after a reconnect. */
  readonly orderId: string | null;
  readonly side: OrderSide;
  readonly quantity: number;
  /** In ticks. */
  readonly price: number;
  readonly commission: Money;
  readonly positionAfter: number;
  readonly time: EpochMs;
}

export interface PositionReport {
  readonly account: string;
  readonly instrument: string;
  /** Signed contracts; 0 says that the position was removed. */
  readonly quantity: number;
  readonly averageTicksE4: number | null;
  readonly time: EpochMs;
}

export interface ConnectionReport {
  readonly name: string;
  readonly provider: string;
  readonly status: ConnectionStatus;
  readonly priceStatus: ConnectionStatus;
  readonly error: string;
}

export type RefusalCode =
  | 'NOT_CONNECTED'
  | 'UNKNOWN_ACCOUNT'
  | 'UNKNOWN_INSTRUMENT'
  | 'UNKNOWN_ORDER'
  | 'ENTRIES_LOCKED'
  | 'BAD_PRICE'
  | 'BAD_QUANTITY'
  | 'NOT_REDUCING'
  | 'BAD_COMMAND';

export interface AckReport {
  readonly commandId: string;
  readonly status: 'accepted' | 'duplicate' | 'refused';
  readonly code: RefusalCode | null;
  readonly detail: string;
}

export interface RemainingReport {
  readonly account: string;
  readonly instrument: string;
  readonly quantity: number;
  readonly workingOrders: number;
}

export interface ResultReport {
  readonly commandId: string;
  readonly outcome: 'done' | 'partial' | 'failed';
  readonly code: string;
  readonly detail: string;
  readonly remaining: readonly RemainingReport[];
}

export type FlattenStepName =
  | 'cancelSent'
  | 'cancelConfirmed'
  | 'cancelTimedOut'
  | 'closeSent'
  | 'closeFilled'
  | 'closeRejected'
  | 'residualFound'
  | 'reversalFound'
  | 'lateOrderFound'
  | 'entryBlocked'
  | 'flatSeen';

export interface ProgressReport {
  readonly commandId: string;
  readonly account: string;
  readonly instrument: string;
  readonly step: FlattenStepName;
  readonly detail: string;
}

export interface GuardEntry {
  readonly account: string;
  readonly entriesLocked: boolean;
  readonly lockedUntil: EpochMs | null;
  readonly reason: string;
  readonly maxContracts: number | null;
  readonly hardFloor: Money | null;
  readonly flattenAtFloor: boolean;
}

export interface GuardReport {
  readonly revision: number;
  readonly enforcing: boolean;
  readonly accounts: readonly GuardEntry[];
}
