import type { OrderRequest } from './sim-order.ts';

/** An order by hand that opens so many contracts at the market; negative is short. */
export function marketEntry(account: string, instrument: string, quantity: number): OrderRequest {
  return {
    account,
    instrument,
    action: quantity > 0 ? 'buy' : 'sellShort',
    type: 'market',
    quantity: Math.abs(quantity),
    limit: null,
    stop: null,
    oco: '',
    name: 'Entry',
    tif: 'gtc',
    entry: 'manual',
    bracket: null,
  };
}
