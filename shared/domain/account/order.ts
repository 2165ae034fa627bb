import type { Brand } from '../../kernel/brand.ts';
import type { EpochMs } from '../../kernel/clock.ts';
import type { InstrumentName, Ticks } from '../instrument/instrument.ts';
import type { AccountName } from './account.ts';

/** The AddOn's local key of an order; the broker's text can change during the order's life. */
export type OrderId = Brand<string, 'OrderId'>;

export const ORDER_STATES = [
  'initialized',
  'submitted',
  'accepted',
  'acceptedByRisk',
  'triggerPending',
  'working',
  'changePending',
  'changeSubmitted',
  'cancelPending',
  'cancelSubmitted',
  'partFilled',
  'suspended',
  'filled',
  'cancelled',
  'rejected',
  'unknown',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export type OrderSide = 'buy' | 'sell';
export type OrderType =
  'market' | 'limit' | 'stopMarket' | 'stopLimit' | 'marketIfTouched' | 'unknown';

export interface Order {
  readonly id: OrderId;
  readonly account: AccountName;
  readonly instrument: InstrumentName;
  readonly side: OrderSide;
  readonly type: OrderType;
  readonly state: OrderState;
  readonly quantity: number;
  readonly filled: number;
  readonly limit: Ticks | null;
  readonly stop: Ticks | null;
  readonly oco: string;
  readonly label: string;
  /** The platform's own words for a refusal; empty when there is none. */
  readonly comment: string;
  readonly updatedAt: EpochMs;
}

/**
 * Whether the order can still fill. `unknown` counts as live: the platform lost sight of it, and an order
 * that may fill is not gone (NinjaTrader itself calls `Unknown` terminal; we do not, for flatten's sake).
 */
export function isLiveOrder(state: OrderState): boolean {
  return state !== 'filled' && state !== 'cancelled' && state !== 'rejected';
}

/** Contracts of the order that can still fill. */
export function remainingQuantity(order: Pick<Order, 'quantity' | 'filled' | 'state'>): number {
  return isLiveOrder(order.state) ? Math.max(0, order.quantity - order.filled) : 0;
}
