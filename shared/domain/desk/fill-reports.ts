import type { Execution, ExecutionId } from '../account/execution.ts';
import { bookFill, EMPTY_LEDGER } from '../account/profit-ledger.ts';
import { tradingDayOf } from '../session/trading-day.ts';
import type { Reduction } from './reduction.ts';
import { withEntry, type AccountDesk, type FillBook, type FillCell } from './state.ts';
import { VersionedMap } from './versioned-map.ts';

/** Whether the account already has the execution; platforms replay a day of them on every reconnect. */
export function hasFill(account: AccountDesk, id: ExecutionId): boolean {
  for (const book of account.books.values()) if (book.fills.has(id)) return true;
  return false;
}

/** Takes in an execution once, however often and over however many sessions it is reported. */
export function executionReported(r: Reduction, execution: Execution, seq: number): void {
  const account = r.account(execution.account);
  if (hasFill(account, execution.id)) {
    r.hear(execution.account);
    return;
  }
  const book = bookOf(account, execution);
  const cell: FillCell = {
    execution,
    day: tradingDayOf(execution.executedAt),
    arrival: book.fills.size,
  };
  r.putAccount(execution.account, {
    books: withEntry(account.books, execution.instrument, addFill(book, cell, r.stamp.mono)),
    heardAt: r.stamp.wall,
  });
  r.isUrgent = true;
  r.keep({ kind: 'execution.reported', seq, execution });
}

function bookOf(account: AccountDesk, execution: Execution): FillBook {
  return (
    account.books.get(execution.instrument) ?? {
      fills: VersionedMap.empty(),
      ledger: EMPTY_LEDGER,
      latest: null,
      changedAt: 0 as FillBook['changedAt'],
    }
  );
}

function addFill(book: FillBook, cell: FillCell, changedAt: FillBook['changedAt']): FillBook {
  const fills = book.fills.with(cell.execution.id, cell);
  if (book.latest === null || inOrder(book.latest, cell) <= 0) {
    const ledger = bookFill(book.ledger, cell.execution, cell.day);
    return { fills, ledger, latest: cell, changedAt };
  }
  // A fill from before the latest one: what it closes can only be told by booking all of them in order.
  const ordered = fills.values().sort(inOrder);
  let ledger = EMPTY_LEDGER;
  for (const fill of ordered) ledger = bookFill(ledger, fill.execution, fill.day);
  return { fills, ledger, latest: book.latest, changedAt };
}

/** A day's carried executions come first, then time decides, then the order of arrival. */
function inOrder(a: FillCell, b: FillCell): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.execution.isStartOfDay !== b.execution.isStartOfDay) {
    return a.execution.isStartOfDay ? -1 : 1;
  }
  const inTime = a.execution.executedAt - b.execution.executedAt;
  return inTime === 0 ? a.arrival - b.arrival : inTime;
}
