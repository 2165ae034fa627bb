import type { Timers } from '../../shared/kernel/clock.ts';
import type { SettingsView } from '../../shared/protocol/ipc/views.ts';
import { SqliteBarStore } from './bar-store.ts';
import { JournalStore } from './journal-store.ts';
import { SettingsStore } from './settings-store.ts';
import { openDatabase, type DatabaseOptions, type OwnedDatabase } from './sqlite.ts';
import type { StoreError } from './store-error.ts';

export interface StoreOptions extends DatabaseOptions {
  readonly timers: Timers;
  /** Names this run of the engine in the journal. */
  readonly runId: string;
  readonly defaultSettings: SettingsView;
}

/** The journal, the settings and the bars of one file. */
export interface Store {
  readonly journal: JournalStore;
  readonly settings: SettingsStore;
  readonly bars: SqliteBarStore;
  /** Why the file could not be used at the start; null when it could. */
  readonly trouble: StoreError | null;
  /** Writes what is queued and frees the file. */
  close(): void;
}

/**
 * Opens the store. It always answers with one that can be used: a file that cannot be opened shows in the
 * journal's health and is tried again, and meanwhile everything that reduces risk works without it.
 */
export function openStore(options: StoreOptions): Store {
  const { timers, runId, defaultSettings } = options;
  const closed: StoreError = { code: 'OTHER', path: options.path, detail: 'not open' };
  const settings = new SettingsStore(defaultSettings, closed);
  const bars = new SqliteBarStore(timers);
  let trouble: StoreError | null = null;
  const attach = (owned: OwnedDatabase): void => {
    settings.attach(owned);
    bars.attach(owned);
  };
  const journal = new JournalStore({
    timers,
    runId,
    open: () => {
      const opened = openDatabase(options);
      if (opened.ok) attach(opened.value);
      else settings.detach(opened.error);
      trouble = opened.ok ? null : opened.error;
      return opened;
    },
  });
  return {
    journal,
    settings,
    bars,
    trouble,
    close: () => {
      bars.close();
      settings.detach(closed);
      journal.close();
    },
  };
}
