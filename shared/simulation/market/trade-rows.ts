import { err, ok, type Result } from '../../kernel/result.ts';
import type { Instrument } from '../../domain/instrument/instrument.ts';
import { readPrice, readSize, readTime } from './csv-fields.ts';
import type { LineError } from './line-error.ts';

export const TRADE_HEADING = 'utc,price,size';

/** One trade of a tick file; price in ticks. */
export interface TradeRow {
  readonly at: number;
  readonly price: number;
  readonly size: number;
}

/** Reads a tick file; the first bad line ends it with one error. */
export function readTradeRows(
  lines: Iterable<string>,
  instrument: Instrument,
): Result<readonly TradeRow[], LineError> {
  const rows: TradeRow[] = [];
  let number = 0;
  for (const raw of lines) {
    number += 1;
    const line = raw.trim();
    if (number === 1) {
      if (line !== TRADE_HEADING) {
        return err({ code: 'BAD_HEADING', line: 1, detail: `expected ${TRADE_HEADING}` });
      }
    } else if (line !== '') {
      const row = readRow(line.split(','), instrument);
      if (!row.ok) return err({ code: 'BAD_LINE', line: number, detail: row.error });
      if (row.value.at < (rows.at(-1)?.at ?? 0)) {
        return err({
          code: 'BAD_LINE',
          line: number,
          detail: 'its time is before the line above.',
        });
      }
      rows.push(row.value);
    }
  }
  if (rows.length > 0) return ok(rows);
  return err({ code: 'NO_DATA', line: Math.max(1, number), detail: 'no trade in the file.' });
}

function readRow(fields: readonly string[], instrument: Instrument): Result<TradeRow, string> {
  if (fields.length !== 3) return err(`${fields.length} fields, expected 3.`);
  const at = readTime(fields[0] ?? '');
  if (!at.ok) return at;
  const price = readPrice(fields[1] ?? '', instrument);
  if (!price.ok) return price;
  const size = readSize(fields[2] ?? '');
  if (!size.ok) return size;
  return ok({ at: at.value, price: price.value, size: size.value });
}
