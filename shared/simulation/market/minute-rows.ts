import { err, ok, type Result } from '../../kernel/result.ts';
import type { Instrument } from '../../domain/instrument/instrument.ts';
import { readPrice, readSize, readTime } from './csv-fields.ts';
import type { LineError } from './line-error.ts';

export const MINUTE_HEADING =
  'utc,bid_open,bid_high,bid_low,bid_close,bid_size,ask_open,ask_high,ask_low,ask_close,ask_size,open,high,low,close,volume';

/** Four prices in ticks. */
export interface Ohlc {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** One minute of a minute file; a side is null where the file leaves it empty. */
export interface MinuteRow {
  readonly startsAt: number;
  readonly bid: Ohlc | null;
  readonly ask: Ohlc | null;
  readonly trade: Ohlc | null;
  readonly bidSize: number;
  readonly askSize: number;
  readonly volume: number;
}

/** Reads a minute file; the first bad line ends it with one error. */
export function readMinuteRows(
  lines: Iterable<string>,
  instrument: Instrument,
): Result<readonly MinuteRow[], LineError> {
  const rows: MinuteRow[] = [];
  let number = 0;
  for (const raw of lines) {
    number += 1;
    const line = raw.trim();
    if (number === 1) {
      if (line !== MINUTE_HEADING) return bad('BAD_HEADING', 1, `expected ${MINUTE_HEADING}`);
    } else if (line !== '') {
      const row = readRow(line.split(','), instrument);
      if (!row.ok) return bad('BAD_LINE', number, row.error);
      const before = rows.at(-1);
      if (before !== undefined && row.value.startsAt <= before.startsAt) {
        return bad('BAD_LINE', number, 'its minute is not after the one before.');
      }
      rows.push(row.value);
    }
  }
  return rows.length === 0
    ? bad('NO_DATA', Math.max(1, number), 'no minute in the file.')
    : ok(rows);
}

function readRow(fields: readonly string[], instrument: Instrument): Result<MinuteRow, string> {
  if (fields.length !== 16) return err(`${fields.length} fields, expected 16.`);
  const at = readTime(fields[0] ?? '');
  if (!at.ok) return at;
  if (at.value % 60_000 !== 0) return err('the time is not the start of a minute.');
  const bid = readOhlc(fields.slice(1, 5), instrument);
  const ask = readOhlc(fields.slice(6, 10), instrument);
  const trade = readOhlc(fields.slice(11, 15), instrument);
  if (!bid.ok) return bid;
  if (!ask.ok) return ask;
  if (!trade.ok) return trade;
  if (bid.value === null && ask.value === null && trade.value === null)
    return err('no price at all.');
  const sizes = [fields[5], fields[10], fields[15]].map((field) => readSize(field ?? ''));
  const [bidSize, askSize, volume] = sizes;
  if (bidSize?.ok !== true || askSize?.ok !== true || volume?.ok !== true) {
    return err('a size is not a whole number of contracts.');
  }
  return ok({
    startsAt: at.value,
    bid: bid.value,
    ask: ask.value,
    trade: trade.value,
    bidSize: bidSize.value,
    askSize: askSize.value,
    volume: trade.value === null ? 0 : volume.value,
  });
}

function readOhlc(fields: readonly string[], instrument: Instrument): Result<Ohlc | null, string> {
  if (fields.every((field) => field === '')) return ok(null);
  const prices: number[] = [];
  for (const field of fields) {
    const price = readPrice(field, instrument);
    if (!price.ok) return price;
    prices.push(price.value);
  }
  const [open = 0, high = 0, low = 0, close = 0] = prices;
  if (high < Math.max(open, close, low) || low > Math.min(open, close)) {
    return err('high and low do not enclose open and close.');
  }
  return ok({ open, high, low, close });
}

function bad(code: LineError['code'], line: number, detail: string): Result<never, LineError> {
  return err({ code, line, detail });
}
