import { isLiveOrder, type OrderSide, type OrderState } from '../../domain/account/order.ts';

export type SimOrderType = 'market' | 'limit' | 'stopMarket' | 'stopLimit';
export type OrderAction = 'buy' | 'buyToCover' | 'sell' | 'sellShort';

/** Stop and target to be sent as an OCO pair once the entry has filled; distances in ticks from the fill. */
export interface BracketPlan {
  readonly stopTicks: number;
  readonly targetTicks: number;
}

/** What a trader, a strategy or a command asks of the broker; prices in ticks. */
export interface OrderRequest {
  readonly account: string;
  readonly instrument: string;
  readonly action: OrderAction;
  readonly type: SimOrderType;
  readonly quantity: number;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly oco: string;
  readonly name: string;
  readonly tif: 'day' | 'gtc';
  readonly entry: 'automated' | 'manual';
  readonly bracket: BracketPlan | null;
}

/** An order as the broker holds it; only the broker changes it. */
export interface SimOrder extends Omit<OrderRequest, 'quantity' | 'limit' | 'stop'> {
  readonly id: string;
  readonly brokerId: string;
  readonly side: OrderSide;
  quantity: number;
  filled: number;
  /** Sum of fill price times quantity, in ticks. */
  filledTicks: number;
  limit: number | null;
  stop: number | null;
  state: OrderState;
  error: string;
  comment: string;
  /** It has reached the exchange. */
  arrived: boolean;
  /** The exchange took it out because another leg of its group filled. */
  withdrawn: boolean;
  /** Whether the exchange may fill it. */
  matchable: boolean;
  /** A stop whose price was reached. */
  triggered: boolean;
  /** It was not marketable when it came to the book, so it fills at its own limit. */
  resting: boolean;
  cancelRequested: boolean;
  updatedAt: number;
}

/** New values of a working order; `quantity` is the new total, the filled part included. */
export interface OrderChange {
  readonly quantity: number;
  readonly limit: number | null;
  readonly stop: number | null;
}

export function sideOf(action: OrderAction): OrderSide {
  return action === 'buy' || action === 'buyToCover' ? 'buy' : 'sell';
}

/** +1 for a buy, -1 for a sell. */
export function signOf(side: OrderSide): 1 | -1 {
  return side === 'buy' ? 1 : -1;
}

export function isLive(order: SimOrder): boolean {
  return isLiveOrder(order.state);
}

export function remaining(order: SimOrder): number {
  return order.quantity - order.filled;
}

/** Whether filling `quantity` on a side would only shrink a signed position. */
export function reduces(position: number, side: OrderSide, quantity: number): boolean {
  return position * signOf(side) < 0 && quantity <= Math.abs(position);
}
