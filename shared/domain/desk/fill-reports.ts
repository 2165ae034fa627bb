import type { Execution, ExecutionId } from '../account/execution.ts';
import { bookFill, EMPTY_LEDGER } from '../account/profit-ledger.ts';
import { tradingDayOf } from '../session/trading-day.ts';
import { inOrder, isLongRetired, retireFills } from './fill-retention.ts';
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
  const day = tradingDayOf(execution.executedAt);
  const heardOn = tradingDayOf(r.stamp.wall);
  const account = r.account(execution.account);
  const known = bookOf(account, execution);
  const isRepeat =
    hasFill(account, execution.id) ||
    // What the journal holds was accepted when it was written.
    (r.mode === 'live' && isLongRetired(account, known, { day, heardOn }));
  if (isRepeat) {
    r.hear(execution.account);
    return;
  }
  const cell: FillCell = { execution, day, heardOn, arrival: known.arrivals };
  const book = addFill(known, cell, r.stamp.mono);
  r.putAccount(execution.account, {
    books: withEntry(account.books, execution.instrument, book),
    heardAt: r.stamp.wall,
  });
  r.state = retireFills(r.state, cell);
  r.isUrgent = true;
  r.keep({ kind: 'execution.reported', seq, execution });
}

function bookOf(account: AccountDesk, execution: Execution): FillBook {
  return (
    account.books.get(execution.instrument) ?? {
      retired: null,
      fills: VersionedMap.empty(),
      ledger: EMPTY_LEDGER,
      arrivals: 0,
      latest: null,
      changedAt: 0 as FillBook['changedAt'],
    }
  );
}

function addFill(book: FillBook, cell: FillCell, changedAt: FillBook['changedAt']): FillBook {
  const fills = book.fills.with(cell.execution.id, cell);
  const added = { ...book, fills, arrivals: book.arrivals + 1, changedAt };
  if (book.latest === null || inOrder(book.latest, cell) <= 0) {
    const ledger = bookFill(book.ledger, cell.execution, cell.day);
    return { ...added, ledger, latest: cell };
  }
  // A fill from before the latest one: what it closes can only be told by booking all of them in order.
  const ordered = fills.values().sort(inOrder);
  let ledger = book.retired?.ledger ?? EMPTY_LEDGER;
  for (const fill of ordered) ledger = bookFill(ledger, fill.execution, fill.day);
  return { ...added, ledger };
}
