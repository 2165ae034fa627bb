import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { SettingsView } from '../../shared/protocol/ipc/views.ts';
import type { Database } from './sqlite.ts';
import { storeErrorFrom, type StoreError } from './store-error.ts';

export type SettingKey = keyof SettingsView;

/** A stored setting that cannot be used; the trader is told, and the default stands in until it is set anew. */
export interface SettingProblem {
  readonly code: 'CORRUPT_SETTING';
  readonly key: SettingKey;
  readonly detail: string;
}

export interface SettingsRead {
  readonly settings: SettingsView;
  readonly problems: readonly SettingProblem[];
}

/** Settings as rows of JSON, each checked on its own, so that one bad row does not take the others along. */
export class SettingsStore {
  readonly #db: Database;
  readonly #path: string;
  readonly #defaults: SettingsView;

  constructor(db: Database, path: string, defaults: SettingsView) {
    this.#db = db;
    this.#path = path;
    this.#defaults = defaults;
  }

  read(): Result<SettingsRead, StoreError> {
    try {
      const rows = this.#db
        .prepare<[], { key: string; value: string }>('SELECT key, value FROM setting')
        .all();
      return ok(settingsFrom(new Map(rows.map((row) => [row.key, row.value])), this.#defaults));
    } catch (cause) {
      return err(storeErrorFrom(cause, this.#path));
    }
  }

  /** Writes the given settings with a full sync. */
  write(change: Partial<SettingsView>): Result<null, StoreError> {
    try {
      const upsert = this.#db.prepare<[string, string]>(
        'INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      );
      this.#db
        .transaction(() => {
          for (const [key, value] of Object.entries(change)) upsert.run(key, JSON.stringify(value));
        })
        .immediate();
      return ok(null);
    } catch (cause) {
      return err(storeErrorFrom(cause, this.#path));
    }
  }
}

function settingsFrom(stored: ReadonlyMap<string, string>, defaults: SettingsView): SettingsRead {
  const problems: SettingProblem[] = [];
  const settings: Record<string, unknown> = { ...defaults };
  for (const key of SettingsView.keyof().options) {
    const text = stored.get(key);
    if (text === undefined) continue;
    const value = SettingsView.shape[key].safeParse(parse(text));
    if (value.success) settings[key] = value.data;
    else problems.push({ code: 'CORRUPT_SETTING', key, detail: text.slice(0, 100) });
  }
  return { settings: settings as SettingsView, problems };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No setting is undefined, so the schema refuses it and the problem names the key.
    return undefined;
  }
}
