import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What can be wrong with a machine; each is done for real, to the test's own folder. */
export interface Faults {
  /** Nothing can be made or changed in the data folder. */
  readonly readOnlyFolder?: boolean;
  /** The journal is no database. */
  readonly corruptJournal?: boolean;
  /** Every write to the journal meets a full disk. */
  readonly fullDisk?: boolean;
}

/** Applies the faults; the answer undoes what would hinder tidying up. */
export function breakMachine(faults: Faults, dataFolder: string): () => void {
  mkdirSync(dataFolder, { recursive: true });
  if (faults.corruptJournal === true) {
    writeFileSync(join(dataFolder, 'journal.db'), 'This is no database. '.repeat(400));
  }
  // The system answers every write to this device with "no space left".
  if (faults.fullDisk === true) symlinkSync('/dev/full', join(dataFolder, 'journal.db-wal'));
  if (faults.readOnlyFolder === true) chmodSync(dataFolder, 0o500);
  return () => chmodSync(dataFolder, 0o700);
}
