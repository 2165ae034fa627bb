import type { OrderSide } from '../../domain/account/order.ts';
import type { Money } from '../../domain/money/money.ts';

/** One execution in the broker's books. */
export interface SimFill {
  readonly id: string;
  readonly account: string;
  readonly instrument: string;
  readonly orderId: string;
  readonly side: OrderSide;
  readonly quantity: number;
  /** In ticks. */
  readonly price: number;
  readonly commission: Money;
  /** Signed, in contracts. */
  readonly positionAfter: number;
  readonly averageAfterE4: number | null;
  /** Virtual time in milliseconds. */
  readonly at: number;
}
