import type { AccountName } from '../account/account.ts';
import { bookFill, EMPTY_LEDGER } from '../account/profit-ledger.ts';
import { dateBefore, type TradingDay } from '../session/trading-day.ts';
import type { AccountDesk, DeskState, FillBook, FillCell } from './state.ts';

/**
 * Ten trading days. Older fills live on in their ledger: no decision looks at one of them, and platforms
 * replay some three days, so their ids need not be known for longer.
 */
const KEPT_CALENDAR_DAYS = 14;

/** A day's carried executions come first, then time decides, then the order of arrival. */
export function inOrder(a: FillCell, b: FillCell): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.execution.isStartOfDay !== b.execution.isStartOfDay) {
    return a.execution.isStartOfDay ? -1 : 1;
  }
  const inTime = a.execution.executedAt - b.execution.executedAt;
  return inTime === 0 ? a.arrival - b.arrival : inTime;
}

/**
 * Whether an execution whose id is not known is from a time of which the ids are let go, and so one of
 * those. A playback account can truly trade in the past.
 */
export function isLongRetired(
  account: AccountDesk,
  book: FillBook,
  at: Pick<FillCell, 'day' | 'heardOn'>,
): boolean {
  if (book.retired === null || account.identity.kind === 'playback') return false;
  return at.day <= book.retired.through && at.day < keptFrom(at.heardOn);
}

/**
 * Retires the fills of all accounts that are too old once `newest` has arrived. Both its own date and the
 * clock of the PC must have moved on, so that one of them being wrong takes no fill away too early.
 */
export function retireFills(state: DeskState, newest: FillCell): DeskState {
  const from = keptFrom(newest.day < newest.heardOn ? newest.day : newest.heardOn);
  if (state.fillsKeptFrom !== null && from <= state.fillsKeptFrom) return state;
  const accounts = new Map<AccountName, AccountDesk>();
  for (const [name, account] of state.accounts) {
    const books = new Map(account.books);
    for (const [instrument, book] of books) books.set(instrument, retiredFrom(book, from));
    accounts.set(name, { ...account, books });
  }
  return { ...state, accounts, fillsKeptFrom: from };
}

function keptFrom(day: TradingDay): TradingDay {
  return dateBefore(day, KEPT_CALENDAR_DAYS);
}

/** Only what comes before every kept fill can go: the order in which fills are booked must stay. */
function retiredFrom(book: FillBook, from: TradingDay): FillBook {
  const old: FillCell[] = [];
  let firstKept: FillCell | null = null;
  for (const cell of book.fills.values()) {
    if (cell.day < from && cell.heardOn < from) old.push(cell);
    else if (firstKept === null || inOrder(cell, firstKept) < 0) firstKept = cell;
  }
  let { retired, fills } = book;
  for (const cell of old.sort(inOrder)) {
    if (firstKept !== null && inOrder(firstKept, cell) < 0) break;
    const ledger = bookFill(retired?.ledger ?? EMPTY_LEDGER, cell.execution, cell.day);
    const through = retired !== null && retired.through > cell.day ? retired.through : cell.day;
    retired = { ledger, through };
    fills = fills.without(cell.execution.id);
  }
  return { ...book, retired, fills };
}
