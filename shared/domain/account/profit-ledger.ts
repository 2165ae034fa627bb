import { addMoney, money, type Money } from '../money/money.ts';
import type { Instrument, Ticks } from '../instrument/instrument.ts';
import type { TradingDay } from '../session/trading-day.ts';
import type { Execution } from './execution.ts';

/** Contracts still open from one fill. */
export interface Lot {
  /** Signed: positive long, negative short, never zero. */
  readonly quantity: number;
  readonly price: Ticks;
}

/** What the fills of one trading day came to. */
export interface DayTotals {
  readonly day: TradingDay;
  /** Realized gain in ticks times contracts, before costs. */
  readonly realizedTicks: number;
  readonly costs: Money;
  readonly fills: number;
}

/**
 * The fills of one account in one instrument, matched first in, first out. Gains are kept in ticks times
 * contracts, so that the instrument's value per tick is needed only when money is asked for.
 */
export interface ProfitLedger {
  /** Oldest first; all of one sign. */
  readonly lots: readonly Lot[];
  /** Oldest first, at most `KEPT_DAYS`. */
  readonly days: readonly DayTotals[];
  /** Sums over the days no longer kept one by one. */
  readonly earlier: Omit<DayTotals, 'day'>;
}

/** Enough to show a week; older days live on in the sums. */
const KEPT_DAYS = 8;

const NOTHING: Omit<DayTotals, 'day'> = { realizedTicks: 0, costs: money(0), fills: 0 };

export const EMPTY_LEDGER: ProfitLedger = { lots: [], days: [], earlier: NOTHING };

/** What the ledger reads of an execution. */
export type LedgerFill = Pick<Execution, 'side' | 'quantity' | 'price' | 'cost' | 'isStartOfDay'>;

/**
 * Books one execution of a trading day. Executions must come in order of time, a day's carried ones first.
 * The first carried execution of a day states the position anew, so it replaces what was open before it.
 * One of a day before the last one closes what is open now, and its gain counts for its own day.
 */
export function bookFill(ledger: ProfitLedger, fill: LedgerFill, day: TradingDay): ProfitLedger {
  const signed = fill.side === 'buy' ? fill.quantity : -fill.quantity;
  if (fill.isStartOfDay) return bookCarried(ledger, { quantity: signed, price: fill.price }, day);
  const match = matchLots(ledger.lots, { quantity: signed, price: fill.price });
  const totals = { realizedTicks: match.realizedTicks, costs: fill.cost, fills: 1 };
  return { ...addToDay(ledger, day, totals), lots: match.lots };
}

function bookCarried(ledger: ProfitLedger, lot: Lot, day: TradingDay): ProfitLedger {
  const last = ledger.days.at(-1)?.day;
  const isFirstOfDay = last === undefined || last < day;
  const lots = isFirstOfDay ? [lot] : matchLots(ledger.lots, lot).lots;
  return { ...addToDay(ledger, day, NOTHING), lots };
}

function matchLots(
  lots: readonly Lot[],
  fill: Lot,
): { lots: readonly Lot[]; realizedTicks: number } {
  const first = lots[0];
  if (first === undefined || Math.sign(first.quantity) === Math.sign(fill.quantity)) {
    return { lots: [...lots, fill], realizedTicks: 0 };
  }
  const direction = Math.sign(first.quantity);
  let left = Math.abs(fill.quantity);
  let realizedTicks = 0;
  let used = 0;
  let partial: Lot | null = null;
  for (const lot of lots) {
    const closed = Math.min(left, Math.abs(lot.quantity));
    if (closed === 0) break;
    realizedTicks += (fill.price - lot.price) * closed * direction;
    left -= closed;
    used += 1;
    const rest = Math.abs(lot.quantity) - closed;
    if (rest > 0) partial = { quantity: rest * direction, price: lot.price };
  }
  const kept = lots.slice(used);
  if (partial !== null) return { lots: [partial, ...kept], realizedTicks };
  // What exceeds the open lots opens the other way: a position passed through zero.
  if (left > 0)
    return { lots: [{ quantity: -left * direction, price: fill.price }], realizedTicks };
  return { lots: kept, realizedTicks };
}

function addToDay(
  ledger: ProfitLedger,
  day: TradingDay,
  add: Omit<DayTotals, 'day'>,
): Pick<ProfitLedger, 'days' | 'earlier'> {
  const at = ledger.days.findLastIndex((totals) => totals.day <= day);
  const known = ledger.days[at];
  const days =
    known?.day === day
      ? ledger.days.with(at, { day, ...sum(known, add) })
      : ledger.days.toSpliced(at + 1, 0, { day, ...add });
  const [oldest] = days;
  if (days.length <= KEPT_DAYS || oldest === undefined) return { days, earlier: ledger.earlier };
  return { days: days.slice(1), earlier: sum(ledger.earlier, oldest) };
}

function sum(a: Omit<DayTotals, 'day'>, b: Omit<DayTotals, 'day'>): Omit<DayTotals, 'day'> {
  return {
    realizedTicks: a.realizedTicks + b.realizedTicks,
    costs: addMoney(a.costs, b.costs),
    fills: a.fills + b.fills,
  };
}

/** The fills' net position in signed contracts. */
export function netQuantity(ledger: ProfitLedger): number {
  return ledger.lots.reduce((net, lot) => net + lot.quantity, 0);
}

/** Realized gain before costs, costs, and count of fills of a trading day; zeros for a day without fills. */
export function dayTotals(ledger: ProfitLedger, day: TradingDay): DayTotals {
  return ledger.days.find((totals) => totals.day === day) ?? { day, ...NOTHING };
}

/** The same over everything the ledger has seen. */
export function lifeTotals(ledger: ProfitLedger): Omit<DayTotals, 'day'> {
  return ledger.days.reduce(sum, ledger.earlier);
}

/** Open gain of the lots at a mark, in ticks times contracts. */
export function openTicks(ledger: ProfitLedger, mark: Ticks): number {
  return ledger.lots.reduce((open, lot) => open + (mark - lot.price) * lot.quantity, 0);
}

/** Turns ticks times contracts into money of the instrument's currency; null beyond exact integers. */
export function moneyFromTicks(
  ticks: number,
  instrument: Pick<Instrument, 'tickValue'>,
): Money | null {
  const amount = ticks * instrument.tickValue;
  return Number.isSafeInteger(amount) ? money(amount) : null;
}
