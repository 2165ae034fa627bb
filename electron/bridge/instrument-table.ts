import { err, ok, type Result } from '../../shared/kernel/result.ts';
import {
  instrumentFromTerms,
  ticksFromPrice,
  type Instrument,
  type Ticks,
} from '../../shared/domain/instrument/instrument.ts';
import type { z } from 'zod';
import type { InstrumentRecord } from '../../shared/protocol/addon/records.ts';

/** Why a figure or a record of the platform cannot become a fact. */
export type TranslationCode =
  | 'UNKNOWN_INSTRUMENT'
  | 'NOT_FINITE'
  | 'OFF_TICK'
  | 'OUT_OF_RANGE'
  | 'BAD_TICK_SIZE'
  | 'BAD_POINT_VALUE';

/** Far beyond any contract; keeps products of ticks, contracts and tick values exact. */
const MAX_TICKS = 100_000_000;
const MAX_TICK_SIZE = 1_000_000;
/** Currency per tick of one contract. */
const MAX_TICK_VALUE = 1_000_000;

/** The contracts' terms as the platform reported them; prices mean nothing without. */
export class InstrumentTable {
  readonly #known = new Map<string, Instrument>();

  find(name: string): Instrument | undefined {
    return this.#known.get(name);
  }

  /** Takes terms on; `changed` is false when they were known already. */
  learn(
    record: z.infer<typeof InstrumentRecord>,
  ): Result<{ readonly instrument: Instrument; readonly changed: boolean }, TranslationCode> {
    if (record.tickSize > MAX_TICK_SIZE) return err('BAD_TICK_SIZE');
    if (record.tickSize * record.pointValue > MAX_TICK_VALUE) return err('BAD_POINT_VALUE');
    const built = instrumentFromTerms({ ...record, name: record.fullName });
    if (!built.ok) return err(built.error.code);
    const before = this.#known.get(record.fullName);
    if (before !== undefined && sameTerms(before, built.value)) {
      return ok({ instrument: before, changed: false });
    }
    this.#known.set(record.fullName, built.value);
    return ok({ instrument: built.value, changed: true });
  }
}

/** A price in ticks, or why it is none. */
export function priceInTicks(
  instrument: Instrument,
  price: number,
): Result<Ticks, TranslationCode> {
  const ticks = ticksFromPrice(instrument, price);
  if (!ticks.ok) return err(ticks.error.code);
  return Math.abs(ticks.value) <= MAX_TICKS ? ticks : err('OUT_OF_RANGE');
}

/** Like `priceInTicks`, for a price that may not be known. */
export function optionalPrice(
  instrument: Instrument,
  price: number | null,
): Result<Ticks | null, TranslationCode> {
  return price === null ? ok(null) : priceInTicks(instrument, price);
}

/** An average of prices, in ten-thousandths of a tick; unlike a price it may lie between ticks. */
export function averageInTicksE4(
  instrument: Instrument,
  price: number,
): Result<number, TranslationCode> {
  if (!Number.isFinite(price)) return err('NOT_FINITE');
  const scaled = Math.round((price * 1e12) / instrument.tickSizeE8);
  return Math.abs(scaled) <= MAX_TICKS * 10_000 ? ok(scaled + 0) : err('OUT_OF_RANGE');
}

function sameTerms(a: Instrument, b: Instrument): boolean {
  return (
    a.root === b.root &&
    a.tickSizeE8 === b.tickSizeE8 &&
    a.tickValue === b.tickValue &&
    a.currency === b.currency
  );
}
