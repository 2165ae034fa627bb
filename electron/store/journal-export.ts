import { readRows } from './journal-reader.ts';
import type { Database } from './sqlite.ts';

/** The journal as JSON lines, each row as it was written, oldest first. */
export function* exportJournal(db: Database, fromSeq = 1): Generator<string> {
  for (const row of readRows(db, fromSeq)) {
    const { payload, ...rest } = row;
    yield JSON.stringify({ ...rest, payload: payloadOf(payload) });
  }
}

function payloadOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // An export hides nothing: what is not JSON goes out as the text it is.
    return text;
  }
}
