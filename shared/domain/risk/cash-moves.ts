import type { EpochMs } from '../../kernel/clock.ts';
import { money, ZERO_MONEY, type Money } from '../money/money.ts';
import type { AccountBook } from './book.ts';
import type { ClosedDay, RiskEvent } from './event.ts';
import { plus } from './exact.ts';

type CashEvent = Extract<RiskEvent, { kind: 'cash' }>;
type NamedEvent = Extract<RiskEvent, { kind: 'cash-named' }>;
type WithdrawnEvent = Extract<RiskEvent, { kind: 'cash-withdrawn' }>;

/** Cash that moved without a trade and of which only one side has spoken yet: the desk, or the trader. */
export interface CashMove {
  readonly at: EpochMs;
  readonly reason: CashEvent['reason'];
  /** Signed: a payout is negative. */
  readonly amount: Money;
  /** The desk took it for this by itself. */
  readonly isAssumed: boolean;
  /** Finished days before it. */
  readonly days: number;
  /** The window of days that ran before it. */
  readonly windowFrom: number;
}

/** Moves that wait for the other side's word. */
const KEPT_MOVES = 16;

/** The last move of the running day with this amount of which only the one side has spoken. */
export function moveToday(
  { moves, days }: AccountBook,
  amount: Money,
  isAssumed: boolean,
): CashMove | null {
  const found = (moves ?? []).findLast(
    (move) => move.amount === amount && move.isAssumed === isAssumed && move.days === days.length,
  );
  return found ?? null;
}

/** The last move that the desk took for cash by itself, whatever its sign; null without. */
export function assumedMove({ moves }: AccountBook, amount: Money): CashMove | null {
  const size = Math.abs(amount);
  const found = (moves ?? []).findLast((move) => move.isAssumed && Math.abs(move.amount) === size);
  return found ?? null;
}

/** What fills that came late make up for: the last move the other way that the desk took for cash; null without. */
export function assumedBefore({ moves }: AccountBook, amount: Money): CashMove | null {
  const found = (moves ?? []).findLast(
    (move) => move.isAssumed && Math.sign(move.amount) === -Math.sign(amount),
  );
  return found ?? null;
}

/** Finished days within which the money of a payout that was told of leaves the account. */
const AWAITED_DAYS = 5;

/** A payout that the trader has told of before any cash showed it: it stands there without an amount; null without. */
export function awaitedPayout({ moves, days }: AccountBook): CashMove | null {
  const found = (moves ?? []).findLast(
    (move) =>
      move.reason === 'payout' && move.amount === 0 && days.length - move.days <= AWAITED_DAYS,
  );
  return found ?? null;
}

/** Whether a word is about a move that is known. */
export function isOfMove(book: AccountBook, event: NamedEvent | WithdrawnEvent): boolean {
  return moveOf(book, event) !== null;
}

/** The book with a move of cash noted; its money is counted elsewhere. */
export function withMove(book: AccountBook, event: CashEvent): AccountBook {
  const { at, reason, amount } = event;
  const move: CashMove = {
    ...{ at, reason, amount, isAssumed: event.isAssumed === true },
    ...{ days: book.days.length, windowFrom: book.windowFrom },
  };
  return { ...book, moves: [...(book.moves ?? []), move].slice(-KEPT_MOVES) };
}

/** Both sides have spoken of one move: nothing moves again, and its name is the trader's. */
export function namedMove(book: AccountBook, event: NamedEvent): AccountBook {
  const move = moveOf(book, event);
  if (move === null) return book;
  const rest = without(book, move);
  if (move.reason === event.reason) return rest;
  if (move.reason === 'payout') return withoutPayout(rest, move);
  if (event.reason !== 'payout') return rest;
  return { ...rest, payouts: rest.payouts + 1, windowFrom: move.days + 1 };
}

/** What was taken for cash was trading: it is a result of its day, and no payout. */
export function withdrawnMove(book: AccountBook, event: WithdrawnEvent): AccountBook {
  const move = moveOf(book, event);
  if (move === null) return book;
  const rest = without(book, move);
  const uncounted = move.reason === 'payout' ? withoutPayout(rest, move) : rest;
  const { today, days } = uncounted;
  if (move.days < days.length) {
    return { ...uncounted, days: days.map((day, index) => traded(day, index, move)) };
  }
  const reference = today.reference === null ? null : money(today.reference - move.amount);
  const cash = money((today.cash ?? ZERO_MONEY) - move.amount);
  return { ...uncounted, today: { ...today, reference, cash } };
}

function traded(day: ClosedDay, index: number, move: CashMove): ClosedDay {
  if (index !== move.days || day.net === null) return day;
  return { ...day, net: plus(day.net, move.amount) };
}

/** The days of before its payout count again, unless another payout came after it. */
function withoutPayout(book: AccountBook, move: CashMove): AccountBook {
  const isLast = book.windowFrom === move.days + 1;
  const windowFrom = isLast ? move.windowFrom : book.windowFrom;
  return { ...book, payouts: Math.max(0, book.payouts - 1), windowFrom };
}

function moveOf({ moves }: AccountBook, event: NamedEvent | WithdrawnEvent): CashMove | null {
  const { movedAt, amount } = event;
  return (moves ?? []).find((move) => move.at === movedAt && move.amount === amount) ?? null;
}

function without(book: AccountBook, move: CashMove): AccountBook {
  return { ...book, moves: (book.moves ?? []).filter((one) => one !== move) };
}
