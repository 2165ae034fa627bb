import { join } from 'node:path';
import type { Timers } from '../../shared/kernel/clock.ts';
import type { Log } from '../../shared/kernel/log.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { SettingsView } from '../../shared/protocol/ipc/views.ts';
import { SqliteBarStore } from '../store/bar-store.ts';
import { JournalStore } from '../store/journal-store.ts';
import { SqliteSnapshotStore } from '../store/snapshot-store.ts';
import { SettingsStore } from '../store/settings-store.ts';
import { openDatabase, type OwnedDatabase } from '../store/sqlite.ts';
import { describeStoreError, type StoreError } from '../store/store-error.ts';
import { DEFAULT_SETTINGS } from '../../shared/protocol/ipc/default-settings.ts';

/** Name of the one file of a desk, below its data folder. */
export const JOURNAL_FILE = 'journal.db';

export interface DeskStoreParts {
  readonly folder: string;
  readonly runId: string;
  readonly timers: Timers;
  readonly log: Log;
  /** A database engine built for an older runtime; undefined for the shipped one. */
  readonly nativeBinding: string | undefined;
}

export interface DeskStore {
  readonly journal: JournalStore;
  readonly bars: SqliteBarStore;
  readonly snapshots: SqliteSnapshotStore;
  /** As found on disk, with defaults for what is missing or damaged. */
  readonly settings: SettingsView;
  /** False when the change could not be kept. */
  keepSettings(change: Partial<SettingsView>): boolean;
  /** Why the file could not be opened at the start; null when it could. */
  readonly failure: string | null;
  close(): void;
}

/** Opens the one file of the desk. A failure leaves a store that keeps what it can in memory and tries again. */
export function openDeskStore(parts: DeskStoreParts): DeskStore {
  const { folder, runId, timers, log, nativeBinding } = parts;
  const path = join(folder, JOURNAL_FILE);
  const bars = new SqliteBarStore(timers);
  const snapshots = new SqliteSnapshotStore();
  let settingsStore: SettingsStore | null = null;
  let failure: string | null = null;

  const open = (): Result<OwnedDatabase, StoreError> => {
    const opened = openDatabase({ path, nativeBinding });
    failure = opened.ok ? null : describeStoreError(opened.error);
    if (!opened.ok) return opened;
    bars.attach(opened.value.db, path);
    snapshots.attach(opened.value.db, path);
    settingsStore = new SettingsStore(opened.value.db, path, DEFAULT_SETTINGS);
    return ok(opened.value);
  };
  const journal = new JournalStore({ open, timers, runId });

  return {
    journal,
    bars,
    snapshots,
    settings: readSettings(settingsStore, log),
    keepSettings: (change) => settingsStore?.write(change).ok ?? false,
    failure,
    close: () => {
      bars.close();
      journal.close();
    },
  };
}

function readSettings(store: SettingsStore | null, log: Log): SettingsView {
  const read = store?.read();
  if (read === undefined) return DEFAULT_SETTINGS;
  if (!read.ok) {
    log.warn('settings.unreadable', { code: read.error.code });
    return DEFAULT_SETTINGS;
  }
  for (const { key, code } of read.value.problems) log.warn('settings.damaged', { key, code });
  return read.value.settings;
}
