import { err, ok, type Result } from '../../kernel/result.ts';
import { ticksFromPrice, type Instrument } from '../../domain/instrument/instrument.ts';

const STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;

/** Reads a UTC time such as `2013-10-08T13:30:00.000Z`. */
export function readTime(field: string): Result<number, string> {
  const at = STAMP.test(field) ? Date.parse(field) : Number.NaN;
  return Number.isNaN(at)
    ? err(`"${field}" is not a UTC time like 2013-10-08T13:30:00.000Z.`)
    : ok(at);
}

/** Reads a price in points as ticks. */
export function readPrice(field: string, instrument: Instrument): Result<number, string> {
  if (field.trim() === '') return err('a price is missing.');
  const ticks = ticksFromPrice(instrument, Number(field));
  if (ticks.ok) return ok(ticks.value);
  return err(
    ticks.error.code === 'OFF_TICK'
      ? `price ${field} is not a multiple of ${instrument.name}'s tick.`
      : `"${field}" is not a price.`,
  );
}

/** Reads a number of contracts; empty means 0. */
export function readSize(field: string): Result<number, string> {
  const size = field === '' ? 0 : Number(field);
  return Number.isSafeInteger(size) && size >= 0 ? ok(size) : err(`"${field}" is not a size.`);
}
