import type { Brand } from '../../kernel/brand.ts';
import type { EpochMs } from '../../kernel/clock.ts';
import type { InstrumentName, Ticks } from '../instrument/instrument.ts';
import type { Money } from '../money/money.ts';
import type { AccountName } from './account.ts';
import type { OrderId, OrderSide } from './order.ts';

/** The platform's opaque execution id; unique per account, replayed on reconnect. */
export type ExecutionId = Brand<string, 'ExecutionId'>;

export interface Execution {
  readonly id: ExecutionId;
  readonly account: AccountName;
  readonly instrument: InstrumentName;
  /** Null for old fills that the platform delivers without their order. */
  readonly orderId: OrderId | null;
  readonly side: OrderSide;
  readonly quantity: number;
  readonly price: Ticks;
  /** Commission and fees of this fill together; positive is a cost. */
  readonly cost: Money;
  /** A carried position booked as a fill at the start of the day: no trade, no cost. */
  readonly isStartOfDay: boolean;
  readonly executedAt: EpochMs;
}
