import SQLite from 'better-sqlite3';
import { join } from 'node:path';
import type { JournalEntry } from '../../../shared/domain/journal/record.ts';
import { readRows, recordFrom } from '../../store/journal-reader.ts';
import { verifyJournal, type JournalFlaw } from '../../store/journal-verify.ts';

/** The journal of an app, read from beside it as support would. */
export interface JournalReading {
  readonly entries: readonly JournalEntry[];
  readonly flaws: readonly JournalFlaw[];
}

export function readJournal(dataFolder: string): JournalReading {
  const db = new SQLite(join(dataFolder, 'journal.db'), { readonly: true, fileMustExist: true });
  try {
    const entries: JournalEntry[] = [];
    for (const row of readRows(db, 1)) {
      const record = recordFrom(row);
      if (!record.ok) throw new Error(`Journal record ${row.seq}: ${record.error.code}`);
      entries.push(record.value.entry);
    }
    return { entries, flaws: verifyJournal(db).flaws };
  } finally {
    db.close();
  }
}

/** The entries of one kind. */
export function entriesOf<K extends JournalEntry['kind']>(
  { entries }: JournalReading,
  kind: K,
): readonly Extract<JournalEntry, { kind: K }>[] {
  return entries.filter(
    (entry): entry is Extract<JournalEntry, { kind: K }> => entry.kind === kind,
  );
}
