import type { z } from 'zod';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import type { Bar, Quote } from '../../shared/domain/market/quote.ts';
import type { BarRecord, QuoteRecord } from '../../shared/protocol/addon/records.ts';
import { optionalPrice, priceInTicks, type TranslationCode } from './instrument-table.ts';
import type { Lexicon } from './translate.ts';

/** Best bid, ask and last; a side not seen yet stays null. */
export function translateQuote(
  record: z.infer<typeof QuoteRecord>,
  { instruments }: Lexicon,
): Result<Quote, TranslationCode> {
  const instrument = instruments.find(record.instrument);
  if (instrument === undefined) return err('UNKNOWN_INSTRUMENT');
  const bid = optionalPrice(instrument, record.bid);
  if (!bid.ok) return bid;
  const ask = optionalPrice(instrument, record.ask);
  if (!ask.ok) return ask;
  const last = optionalPrice(instrument, record.last);
  if (!last.ok) return last;
  return ok({
    instrument: record.instrument as InstrumentName,
    bid: bid.value,
    ask: ask.value,
    last: last.value,
    bidSize: record.bidSize,
    askSize: record.askSize,
    lastSize: record.lastSize,
    quotedAt: record.time as EpochMs,
  });
}

/** A one-minute bar; null for other lengths, which the desk has no use for. */
export function translateBar(
  record: z.infer<typeof BarRecord>,
  { instruments }: Lexicon,
): Result<Bar | null, TranslationCode> {
  if (record.minutes !== 1) return ok(null);
  const instrument = instruments.find(record.instrument);
  if (instrument === undefined) return err('UNKNOWN_INSTRUMENT');
  const open = priceInTicks(instrument, record.open);
  if (!open.ok) return open;
  const high = priceInTicks(instrument, record.high);
  if (!high.ok) return high;
  const low = priceInTicks(instrument, record.low);
  if (!low.ok) return low;
  const close = priceInTicks(instrument, record.close);
  if (!close.ok) return close;
  return ok({
    instrument: record.instrument as InstrumentName,
    startsAt: record.startsAt as EpochMs,
    open: open.value,
    high: high.value,
    low: low.value,
    close: close.value,
    volume: record.volume,
    closed: record.closed,
  });
}
