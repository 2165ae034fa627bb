import type { z } from 'zod';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Execution, ExecutionId } from '../../shared/domain/account/execution.ts';
import type { Order, OrderId, OrderType } from '../../shared/domain/account/order.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import { money, moneyFromDecimal, type Money } from '../../shared/domain/money/money.ts';
import type { ExecutionRecord, OrderRecord } from '../../shared/protocol/addon/records.ts';
import { optionalPrice, priceInTicks, type TranslationCode } from './instrument-table.ts';
import type { Lexicon } from './translate.ts';

type WireOrder = z.infer<typeof OrderRecord>;

const USES_LIMIT: ReadonlySet<WireOrder['orderType']> = new Set(['limit', 'stopLimit', 'unknown']);
const USES_STOP: ReadonlySet<WireOrder['orderType']> = new Set([
  'stopMarket',
  'stopLimit',
  'mit',
  'unknown',
]);

/** An order as the platform last saw it. Buy-to-cover and sell-short are words of stocks: sides are two. */
export function translateOrder(
  record: WireOrder,
  { instruments }: Lexicon,
): Result<Order, TranslationCode> {
  const instrument = instruments.find(record.instrument);
  if (instrument === undefined) return err('UNKNOWN_INSTRUMENT');
  // A price the order's type does not use is the platform's filler (0), not a price.
  const limit = optionalPrice(
    instrument,
    USES_LIMIT.has(record.orderType) ? record.limitPrice : null,
  );
  if (!limit.ok) return limit;
  const stop = optionalPrice(instrument, USES_STOP.has(record.orderType) ? record.stopPrice : null);
  if (!stop.ok) return stop;
  return ok({
    id: record.orderId as OrderId,
    account: record.account as AccountName,
    instrument: record.instrument as InstrumentName,
    side: record.action === 'buy' || record.action === 'buyToCover' ? 'buy' : 'sell',
    type: orderType(record.orderType),
    state: record.state,
    quantity: record.quantity + 0,
    filled: record.filled + 0,
    limit: limit.value,
    stop: stop.value,
    oco: record.oco,
    label: record.name,
    comment: [record.error, record.comment].filter((text) => text !== '').join(': '),
    updatedAt: record.time as EpochMs,
  });
}

/** A fill. */
export function translateExecution(
  record: z.infer<typeof ExecutionRecord>,
  { instruments }: Lexicon,
): Result<Execution, TranslationCode> {
  const instrument = instruments.find(record.instrument);
  if (instrument === undefined) return err('UNKNOWN_INSTRUMENT');
  const price = priceInTicks(instrument, record.price);
  if (!price.ok) return price;
  const cost = costOf(record.commission, record.fee);
  if (!cost.ok) return cost;
  return ok({
    id: record.executionId as ExecutionId,
    account: record.account as AccountName,
    instrument: record.instrument as InstrumentName,
    orderId: record.orderId as OrderId | null,
    side: record.side,
    quantity: record.quantity,
    price: price.value,
    cost: cost.value,
    isStartOfDay: record.isStartOfDay,
    executedAt: record.time as EpochMs,
  });
}

function costOf(commission: number, fee: number): Result<Money, TranslationCode> {
  const first = moneyFromDecimal(commission);
  if (!first.ok) return err(first.error.code);
  const second = moneyFromDecimal(fee);
  if (!second.ok) return err(second.error.code);
  const sum = first.value + second.value;
  return Number.isSafeInteger(sum) ? ok(money(sum)) : err('OUT_OF_RANGE');
}

function orderType(type: WireOrder['orderType']): OrderType {
  return type === 'mit' ? 'marketIfTouched' : type;
}
