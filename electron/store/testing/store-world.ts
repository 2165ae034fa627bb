import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { JournalEntry } from '../../../shared/domain/journal/record.ts';
import { FakeClock } from '../../../shared/testing/fake-clock.ts';
import { stampAt } from '../../../shared/testing/desk-facts.ts';
import type { AppendItem } from '../../engine/ports.ts';
import { JournalStore } from '../journal-store.ts';
import SQLite from 'better-sqlite3';
import { openDatabase, openToRead, type Database, type OwnedDatabase } from '../sqlite.ts';
import { tempFolder } from './temp-folder.ts';

/** Opens a database of the test's own and closes it at the end. */
export function openTemp(path = join(tempFolder(), 'journal.db')): OwnedDatabase {
  const opened = openDatabase({ path });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.detail}`);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

export function readTemp(path: string): Database {
  const opened = openToRead({ path });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.detail}`);
  onTestFinished(() => {
    opened.value.close();
  });
  return opened.value;
}

/** A connection that goes past the ownership of the file, as another program would. */
export function openUnowned(path: string): Database {
  const db = new SQLite(path);
  onTestFinished(() => {
    db.close();
  });
  return db;
}

/** A journal on a real file, whose timers fire when the test says so. */
export function openJournal(path?: string, runId = 'run-1') {
  const clock = new FakeClock();
  const owned = openTemp(path);
  const journal = new JournalStore({
    timers: clock,
    runId,
    open: () => ({ ok: true, value: owned }),
  });
  return { clock, journal, owned, path: owned.path };
}

/** An entry that says only its number. */
export function entry(n: number): JournalEntry {
  return { kind: 'engine.stopped', reason: String(n) };
}

export function appendItem(of: JournalEntry | number, ms = 0): AppendItem {
  const said = typeof of === 'number' ? entry(of) : of;
  return { entry: said, stamp: stampAt(ms), correlationId: null, causationId: null };
}

/** The numbers that the journal holds, in its order. */
export function numbers(journal: JournalStore): number[] {
  return [...journal.read(1)].map((record) =>
    record.entry.kind === 'engine.stopped' ? Number(record.entry.reason) : NaN,
  );
}
