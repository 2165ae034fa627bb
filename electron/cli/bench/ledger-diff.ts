/** An execution by what identifies it: ids are unique per account. */
export interface ExecutionKey {
  readonly account: string;
  readonly executionId: string;
}

export interface LedgerDiff {
  /** Due in the journal and not there. */
  readonly lost: number;
  /** Rows of the journal beyond the first of an execution. */
  readonly duplicated: number;
  /** In the journal and in no book of the broker. */
  readonly invented: number;
}

/**
 * Compares the broker's books with the journal. `due` are the executions that must be journaled by now,
 * `all` everything the broker booked, the most recent included.
 */
export function diffLedger(books: {
  readonly due: Iterable<ExecutionKey>;
  readonly all: Iterable<ExecutionKey>;
  readonly journaled: Iterable<ExecutionKey>;
}): LedgerDiff {
  const kept = new Set<string>();
  let rows = 0;
  for (const key of books.journaled) {
    kept.add(textOf(key));
    rows += 1;
  }
  const booked = new Set([...books.all].map(textOf));
  const due = new Set([...books.due].map(textOf));
  return {
    lost: [...due].filter((key) => !kept.has(key)).length,
    duplicated: rows - kept.size,
    invented: [...kept].filter((key) => !booked.has(key)).length,
  };
}

function textOf({ account, executionId }: ExecutionKey): string {
  return JSON.stringify([account, executionId]);
}
