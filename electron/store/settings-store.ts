import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { SettingsView } from '../../shared/protocol/ipc/views.ts';
import type { OwnedDatabase } from './sqlite.ts';
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
  readonly #defaults: SettingsView;
  #owned: OwnedDatabase | null = null;
  #missing: StoreError;

  constructor(defaults: SettingsView, missing: StoreError) {
    this.#defaults = defaults;
    this.#missing = missing;
  }

  attach(owned: OwnedDatabase): void {
    this.#owned = owned;
  }

  /** Keeps why there is no database, to say so when it is asked for. */
  detach(missing: StoreError): void {
    this.#owned = null;
    this.#missing = missing;
  }

  read(): Result<SettingsRead, StoreError> {
    if (this.#owned === null) return err(this.#missing);
    const { db, path } = this.#owned;
    try {
      const rows = db
        .prepare<[], { key: string; value: string }>('SELECT key, value FROM setting')
        .all();
      return ok(settingsFrom(new Map(rows.map((row) => [row.key, row.value])), this.#defaults));
    } catch (cause) {
      return err(storeErrorFrom(cause, path));
    }
  }

  /** Writes the given settings. */
  write(change: { readonly [K in SettingKey]?: SettingsView[K] | undefined }): Result<
    null,
    StoreError
  > {
    if (this.#owned === null) return err(this.#missing);
    const { db, path } = this.#owned;
    try {
      const upsert = db.prepare<[string, string]>(
        'INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      );
      db.transaction(() => {
        for (const [key, value] of Object.entries(change)) {
          if (value !== undefined) upsert.run(key, JSON.stringify(value));
        }
      }).immediate();
      return ok(null);
    } catch (cause) {
      return err(storeErrorFrom(cause, path));
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
