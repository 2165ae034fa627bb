import type { Brand } from '../../kernel/brand.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { money, MONEY_SCALE, type Money } from '../money/money.ts';

/** Full contract name as NinjaTrader writes it, for example `ES 12-26`. */
export type InstrumentName = Brand<string, 'InstrumentName'>;

/** A price as an integer number of the instrument's ticks from zero. */
export type Ticks = Brand<number, 'Ticks'>;

/** A contract's fixed terms. */
export interface Instrument {
  readonly name: InstrumentName;
  /** Root symbol, for example `ES`. */
  readonly root: string;
  /** Tick size in 1e-8 of a price point, an exact integer (0.25 = 25_000_000). */
  readonly tickSizeE8: number;
  /** What one tick of one contract is worth. */
  readonly tickValue: Money;
  readonly currency: string;
}

export type InstrumentError = { readonly code: 'BAD_TICK_SIZE' | 'BAD_POINT_VALUE' };
export type PriceError = { readonly code: 'NOT_FINITE' | 'OFF_TICK' };

/** 1e-8 is fine enough for every futures tick in use (6J: 0.0000005). */
const TICK_SCALE = 100_000_000;

/** How far from a tick a reported price may lie, in ticks; covers binary rounding only. */
const OFF_TICK_TOLERANCE = 1e-4;

export interface InstrumentTerms {
  readonly name: string;
  readonly root: string;
  /** In price points. */
  readonly tickSize: number;
  /** Currency per price point of one contract. */
  readonly pointValue: number;
  readonly currency: string;
}

/** Builds an instrument from decimal terms; refuses terms whose tick size or tick value is not exact. */
export function instrumentFromTerms(terms: InstrumentTerms): Result<Instrument, InstrumentError> {
  const tickSizeE8 = Math.round(terms.tickSize * TICK_SCALE);
  if (!(terms.tickSize > 0) || !isNearInteger(terms.tickSize * TICK_SCALE)) {
    return err({ code: 'BAD_TICK_SIZE' });
  }
  const tickValue = (tickSizeE8 * terms.pointValue * MONEY_SCALE) / TICK_SCALE;
  if (!(tickValue >= 1) || !isNearInteger(tickValue)) return err({ code: 'BAD_POINT_VALUE' });
  return ok({
    name: terms.name as InstrumentName,
    root: terms.root,
    tickSizeE8,
    tickValue: money(Math.round(tickValue)),
    currency: terms.currency,
  });
}

/** Converts a decimal price into ticks; a price between two ticks is refused, never rounded. */
export function ticksFromPrice(instrument: Instrument, price: number): Result<Ticks, PriceError> {
  if (!Number.isFinite(price)) return err({ code: 'NOT_FINITE' });
  const exact = (price * TICK_SCALE) / instrument.tickSizeE8;
  const nearest = Math.round(exact);
  if (Math.abs(exact - nearest) > OFF_TICK_TOLERANCE) return err({ code: 'OFF_TICK' });
  return ok((nearest + 0) as Ticks);
}

/** Converts ticks back into a decimal price, exact to eight decimals. */
export function priceFromTicks(tickSizeE8: number, ticks: number): number {
  return (ticks * tickSizeE8) / TICK_SCALE;
}

/** Decimals needed to write every price of the instrument in full (0.25 needs 2). */
export function priceDecimals(tickSizeE8: number): number {
  return String(tickSizeE8).padStart(9, '0').slice(-8).replace(/0+$/, '').length;
}

function isNearInteger(value: number): boolean {
  return (
    Number.isFinite(value) &&
    Math.abs(value - Math.round(value)) < 1e-6 * Math.max(1, Math.abs(value))
  );
}
