import type { Log } from '../../shared/kernel/log.ts';
import type { SettingsView } from '../../shared/protocol/ipc/views.ts';

/** Absent and undefined both leave a setting as it is. */
export type SettingsChange = { readonly [K in keyof SettingsView]?: SettingsView[K] | undefined };

export interface SettingsParts {
  /** What was on disk at the start, with defaults where nothing usable was. */
  readonly initial: SettingsView;
  /** Writes a change; false when it could not be kept. */
  readonly keep: (change: Partial<SettingsView>) => boolean;
  /** Tells the journal of each setting that is another one now. */
  readonly changed: (key: string, from: string, to: string) => void;
  readonly log: Log;
}

/** The settings in force. A change counts for this run even when the disk does not take it. */
export class Settings {
  readonly #parts: SettingsParts;
  #now: SettingsView;

  constructor(parts: SettingsParts) {
    this.#parts = parts;
    this.#now = parts.initial;
  }

  read(): SettingsView {
    return this.#now;
  }

  change(change: SettingsChange): SettingsView {
    const given = Object.entries(change).filter(
      ([key, value]) => value !== undefined && value !== this.#now[key as keyof SettingsView],
    );
    if (given.length === 0) return this.#now;
    const before = this.#now;
    const difference = Object.fromEntries(given) as Partial<SettingsView>;
    this.#now = { ...before, ...difference };
    if (!this.#parts.keep(difference)) this.#parts.log.warn('settings.notKept');
    for (const [key, value] of given) {
      this.#parts.changed(key, textOf(before[key as keyof SettingsView]), textOf(value));
    }
    return this.#now;
  }
}

function textOf(value: SettingsView[keyof SettingsView] | undefined): string {
  return value === null || value === undefined ? 'off' : String(value);
}
