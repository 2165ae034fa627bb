import SQLite from 'better-sqlite3';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What can be wrong with a machine; each is done for real, to the test's own folder. */
export interface Faults {
  /** Nothing can be made or changed in the data folder. */
  readonly readOnlyFolder?: boolean;
  /** The journal is no database. */
  readonly corruptJournal?: boolean;
}

/** Applies the faults; the answer undoes what would hinder tidying up. */
export function breakMachine(faults: Faults, dataFolder: string): () => void {
  mkdirSync(dataFolder, { recursive: true });
  if (faults.corruptJournal === true) {
    writeFileSync(join(dataFolder, 'journal.db'), 'This is no database. '.repeat(400));
  }
  if (faults.readOnlyFolder === true) chmodSync(dataFolder, 0o500);
  return () => chmodSync(dataFolder, 0o700);
}

/** From now on the app cannot write its store, as under a scanner or a backup that holds it; lifted again by the answer. */
export function holdStore(dataFolder: string): () => void {
  const other = new SQLite(join(dataFolder, 'journal.db'), { fileMustExist: true, timeout: 5_000 });
  other.exec('BEGIN IMMEDIATE');
  return () => {
    other.exec('ROLLBACK');
    other.close();
  };
}
