import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import {
  hasErrors,
  readPack,
  type PackReading,
} from '../../shared/protocol/rule-pack/read-pack.ts';
import type { RulePack, Template } from '../../shared/protocol/rule-pack/template.ts';

export interface PackAtHand extends PackReading {
  readonly file: string;
}

export type FileError = {
  readonly code: 'UNREADABLE';
  readonly file: string;
  readonly detail: string;
};

/** Reads one pack. `today` as YYYY-MM-DD decides what is too old. */
export function readPackFile(file: string, today: string): Result<PackAtHand, FileError> {
  try {
    return ok({ file, ...readPack(readFileSync(file, 'utf8'), today) });
  } catch (error) {
    // The disk's own words are the best there are: missing, not permitted, a folder.
    return err({ code: 'UNREADABLE', file, detail: (error as Error).message });
  }
}

/** The packs of a folder by name; what else lies there is left alone. */
export function packFilesIn(folder: string): Result<readonly string[], FileError> {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    return ok(names.toSorted().map((name) => join(folder, name)));
  } catch (error) {
    return err({ code: 'UNREADABLE', file: folder, detail: (error as Error).message });
  }
}

/** Every template that may be used: those of the packs without an error. */
export function usableTemplates(packs: readonly PackAtHand[]): ReadonlyMap<string, Template> {
  const sound = packs.flatMap((reading): readonly RulePack[] =>
    reading.pack === null || hasErrors(reading) ? [] : [reading.pack],
  );
  return new Map(sound.flatMap((pack) => pack.templates.map((t) => [t.id, t] as const)));
}
