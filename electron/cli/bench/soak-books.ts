import { readFileSync } from 'node:fs';
import { openToRead } from '../../store/sqlite.ts';
import type { ExecutionKey } from './ledger-diff.ts';

export interface JournaledExecution extends ExecutionKey {
  readonly latencyMs: number;
}

/** Every execution row of a journal; `latencyMs` from the platform's time to the arrival of its message. */
export function journaledExecutions(path: string): readonly JournaledExecution[] {
  const opened = openToRead({ path });
  if (!opened.ok) throw new Error(opened.error.code);
  const rows = opened.value
    .prepare<[], JournaledExecution>(
      `SELECT payload ->> '$.execution.account' AS account,
              payload ->> '$.execution.id' AS executionId,
              wall - (payload ->> '$.execution.executedAt') AS latencyMs
       FROM journal WHERE kind = 'execution.reported'`,
    )
    .all();
  opened.value.close();
  return rows;
}

export interface BookedFill extends ExecutionKey {
  readonly kind: string;
  readonly instrument: string;
  readonly time: number;
}

/** Every fill in the broker's own books so far; a half-written last line is left out. */
export function bookedFills(file: string): readonly BookedFill[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as BookedFill)
    .filter(({ kind }) => kind === 'fill');
}
