import type { EpochMs } from '../../kernel/clock.ts';
import { money, ZERO_MONEY, type Money } from '../money/money.ts';
import { namedMove, withdrawnMove, withMove, type CashMove } from './cash-moves.ts';
import type {
  ClosedDay,
  DayKind,
  HeldPosition,
  NewsRelease,
  OwnPosition,
  RiskEvent,
  Strike,
  WorkingOrder,
} from './event.ts';
import { minus, plus } from './exact.ts';
import type { Share } from './rule-parts.ts';

/** The account's figures; null where the platform has not given one. */
export interface Figures {
  readonly balance: Money | null;
  readonly open: Money | null;
  /** Balance and open result less fees not yet booked. */
  readonly equity: Money | null;
  /** Extremes of the equity since the event before; both are the equity outside of a sample. */
  readonly high: Money | null;
  readonly low: Money | null;
  readonly fees: Money;
  readonly worstTrade: Money | null;
  readonly quality: 'missing' | 'fresh' | 'stale' | 'degraded';
  readonly isBounded: boolean;
}

/** The trading day that runs. */
export interface OpenDay {
  /** Empty while no calendar has named it. */
  readonly day: string;
  readonly kind: DayKind;
  /** The balance at its beginning, with the day's payouts and adjustments added. */
  readonly reference: Money | null;
  readonly closed: Money;
  readonly fills: number;
  readonly opened: number;
  readonly trades: number;
  /** Payouts and adjustments of the day, signed; absent while there were none. */
  readonly cash?: Money;
}

/** The figures of a flat account before they were lost. */
export interface Lapse {
  readonly at: EpochMs;
  readonly balance: Money;
  /** Finished days at that time. */
  readonly days: number;
}

/** What all rules of one account look at. */
export interface AccountBook {
  readonly at: EpochMs;
  readonly figures: Figures;
  readonly today: OpenDay;
  readonly days: readonly ClosedDay[];
  /** False while days and payouts from before the desk watched may be missing. */
  readonly isHistoryKnown: boolean;
  /** Index of the first day after the last payout. */
  readonly windowFrom: number;
  readonly payouts: number;
  /** Absent while there were none. */
  readonly moves?: readonly CashMove[];
  readonly positions: readonly HeldPosition[] | null;
  readonly orders: readonly WorkingOrder[];
  /** Net results of the latest trades, newest last. */
  readonly trades: readonly Money[];
  readonly signals: readonly Share[];
  readonly releases: readonly NewsRelease[] | null;
  readonly own: readonly OwnPosition[] | null;
  readonly brokerFloor: Money | null;
  /** Absent once a fill or cash moved the account, and when something was open as the figures were lost. */
  readonly lapse?: Lapse;
  /** Why the calendar could not name the boundaries; empty when it could. */
  readonly gap: string;
}

/** Trades and signals that are kept for the rates of the circuit breakers. */
export const KEPT_RESULTS = 500;

export function newDay(day: string, kind: DayKind, reference: Money | null): OpenDay {
  return { day, kind, reference, closed: ZERO_MONEY, fills: 0, opened: 0, trades: 0 };
}

/** The book of an account that begins to be watched. A fresh account has no days before that. */
export function emptyBook(
  at: EpochMs,
  balance: Money | null,
  today: OpenDay,
  isFresh: boolean,
): AccountBook {
  const fresh: Figures = {
    balance,
    open: balance === null ? null : ZERO_MONEY,
    equity: balance,
    high: balance,
    low: balance,
    fees: ZERO_MONEY,
    worstTrade: null,
    quality: balance === null ? 'missing' : 'fresh',
    isBounded: false,
  };
  return {
    at,
    figures: fresh,
    today,
    days: [],
    isHistoryKnown: isFresh,
    windowFrom: 0,
    payouts: 0,
    positions: null,
    orders: [],
    trades: [],
    signals: [],
    releases: null,
    own: null,
    brokerFloor: null,
    gap: '',
  };
}

/** The day's closed result, net of fees and without payouts; null while a balance is unknown. */
export function closedToday({ figures, today }: AccountBook): Money | null {
  if (figures.balance === null || today.reference === null) return null;
  return minus(figures.balance, today.reference);
}

/** The book after the firm's trading day has rolled: the old day is closed, the next one begins. */
export function rollDay(book: AccountBook, strike: Strike): AccountBook {
  const { today } = book;
  const balance = strike.balance ?? book.figures.balance;
  const isTrusted = strike.balance !== null || isTrustworthy(book.figures);
  const net =
    !isTrusted || balance === null || today.reference === null
      ? null
      : minus(balance, today.reference);
  const closed: ClosedDay = {
    day: today.day,
    kind: today.kind,
    net,
    closed: today.closed,
    fills: today.fills,
    opened: today.opened,
    ...(net === null && today.reference !== null && { reference: today.reference }),
  };
  const began = newDay(strike.day, strike.dayKind, isTrusted ? balance : null);
  return { ...book, at: strike.at, today: began, days: [...book.days, closed] };
}

/** The book after an event; clocks are the engine's matter. */
export function applyToBook(before: AccountBook, event: RiskEvent): AccountBook {
  const book = settle(before, event.at);
  switch (event.kind) {
    case 'mark':
      return { ...book, figures: marked(event) };
    case 'figures-lost':
      return lost(book);
    case 'cash':
      return applyCash(withMove(moved(book), event), event);
    case 'cash-named':
      return namedMove(added(moved(book), ZERO_MONEY, event.balance), event);
    case 'cash-withdrawn':
      return withdrawnMove(added(moved(book), ZERO_MONEY, event.balance), event);
    case 'trade':
      return applyTrade(moved(book), event);
    case 'fill':
      return { ...moved(book), today: withFill(book.today, event.opens) };
    case 'exposure':
      return { ...book, positions: event.positions, orders: event.orders };
    case 'own-accounts':
      return { ...book, own: event.positions };
    case 'news':
      return { ...book, releases: event.releases };
    case 'signal':
      return { ...book, signals: [...book.signals, event.quality].slice(-KEPT_RESULTS) };
    case 'broker-floor':
      return { ...book, brokerFloor: event.floor };
    case 'history':
      return { ...book, days: [...event.days, ...book.days], isHistoryKnown: true };
    case 'restart':
      return emptyBook(
        event.at,
        event.balance,
        newDay(book.today.day, book.today.kind, event.balance),
        true,
      );
    case 'clock':
    case 'payout-request':
    case 'peak-told':
    case 'snapshot-report':
    case 'nothing-traded':
    case 'tick':
    case 'unlock':
      return book;
  }
}

/** Whether the figures may be taken as they stand. */
export function isTrustworthy({ quality }: Figures): boolean {
  return quality === 'fresh' || quality === 'degraded';
}

function lost(book: AccountBook): AccountBook {
  const { figures, positions, days, at } = book;
  const { balance, open } = figures;
  const stale = { ...book, figures: { ...figures, quality: 'stale' } } as const;
  if (!isTrustworthy(figures)) return stale;
  const isFlat = positions?.length === 0 && open === 0;
  if (!isFlat || balance === null) return moved(stale);
  return { ...stale, lapse: { at, balance, days: days.length } };
}

/** What was known before the figures were lost tells nothing any more. */
function moved(book: AccountBook): AccountBook {
  const { lapse: _lapse, ...rest } = book;
  return rest;
}

/** A sample's extremes belong to its own event alone. */
function settle(book: AccountBook, at: EpochMs): AccountBook {
  const { figures } = book;
  const { equity } = figures;
  return { ...book, at, figures: { ...figures, high: equity, low: equity, isBounded: false } };
}

function marked(event: Extract<RiskEvent, { kind: 'mark' }>): Figures {
  const { balance, open, fees, high, low, worstTrade } = event;
  const equity = balance === null || open === null ? null : money(balance + open - fees);
  const isSampled = high !== null || low !== null;
  return {
    balance,
    open,
    equity,
    high: equity === null ? null : money(Math.max(equity, high ?? equity)),
    low: equity === null ? null : money(Math.min(equity, low ?? equity)),
    fees,
    worstTrade,
    quality: equity === null ? 'missing' : event.quality,
    isBounded: isSampled,
  };
}

/** The broker's balance in place of the last one; what is open stays as it was. */
export function withBalance(book: AccountBook, balance: Money): AccountBook {
  const { figures } = book;
  const equity = figures.open === null ? null : money(balance + figures.open - figures.fees);
  return { ...book, figures: { ...figures, balance, equity, high: equity, low: equity } };
}

function added(book: AccountBook, amount: Money, reported: Money | null): AccountBook {
  if (reported !== null) return withBalance(book, reported);
  const { balance } = book.figures;
  return balance === null ? book : withBalance(book, plus(balance, amount));
}

function applyCash(before: AccountBook, event: Extract<RiskEvent, { kind: 'cash' }>): AccountBook {
  const book = added(before, event.amount, event.balance);
  const { reference } = book.today;
  const today = {
    ...book.today,
    reference: reference === null ? null : plus(reference, event.amount),
    cash: plus(book.today.cash ?? ZERO_MONEY, event.amount),
  };
  if (event.reason !== 'payout') return { ...book, today };
  // The day of the payout itself stays out of the next window.
  return { ...book, today, payouts: book.payouts + 1, windowFrom: book.days.length + 1 };
}

function applyTrade(
  before: AccountBook,
  event: Extract<RiskEvent, { kind: 'trade' }>,
): AccountBook {
  const net = minus(event.gross, event.fees);
  const book = leavingOpen(before, added(before, net, event.balance));
  const { today } = book;
  return {
    ...book,
    today: { ...today, closed: plus(today.closed, net), trades: today.trades + 1 },
    trades: [...book.trades, net].slice(-KEPT_RESULTS),
  };
}

/**
 * What a trade closes was open before: the equity stays until the next reading. The fees of the trade show in it then.
 * Where nothing was open the reading came first or there is none, and the balance alone counts.
 */
function leavingOpen(before: AccountBook, after: AccountBook): AccountBook {
  const { open, balance, equity } = before.figures;
  const now = after.figures.balance;
  if (open === null || open === 0 || balance === null || now === null) return after;
  const figures = { ...after.figures, open: minus(open, minus(now, balance)) };
  return { ...after, figures: { ...figures, equity, high: equity, low: equity } };
}

function withFill(today: OpenDay, opens: boolean): OpenDay {
  return { ...today, fills: today.fills + 1, opened: today.opened + (opens ? 1 : 0) };
}
