import type { OrderView } from '../../shared/protocol/ipc/views.ts';
import { priceText } from '../format/price-text.ts';

const TYPES: Readonly<Record<string, string>> = {
  market: 'market',
  limit: 'limit',
  stopMarket: 'stop',
  stopLimit: 'stop limit',
  marketIfTouched: 'if touched',
};

/** `changePending` becomes `change pending`. */
export function stateWords(state: string): string {
  return state.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Side, what is left to fill, and type: `Sell 2 stop`. */
export function orderTitle(
  order: Pick<OrderView, 'side' | 'quantity' | 'filled' | 'type'>,
): string {
  const side = order.side === 'buy' ? 'Buy' : 'Sell';
  const left = Math.max(0, order.quantity - order.filled);
  return `${side} ${String(left)} ${TYPES[order.type] ?? stateWords(order.type)}`;
}

/** The order's price or prices; without terms of the instrument they stay in ticks. */
export function orderPrice(
  order: Pick<OrderView, 'limit' | 'stop'>,
  tickSizeE8: number | undefined,
): string {
  const write = (ticks: number): string =>
    tickSizeE8 === undefined ? `${String(ticks)} ticks` : priceText(ticks, tickSizeE8);
  const prices = [order.stop, order.limit].flatMap((ticks) => (ticks === null ? [] : write(ticks)));
  return prices.length === 0 ? 'at market' : prices.join(' / ');
}

/** Filled part, where there is one. */
export function filledText(order: Pick<OrderView, 'quantity' | 'filled'>): string {
  return order.filled === 0 ? '' : `${String(order.filled)} of ${String(order.quantity)} filled`;
}
