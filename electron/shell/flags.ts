import { isAbsolute } from 'node:path';
import { err, ok, type Result } from '../../shared/kernel/result.ts';

export interface Flags {
  readonly demo: boolean;
  /** Start everything, report on one line, leave. */
  readonly smoke: boolean;
  /** Absolute; null for the usual place. */
  readonly dataFolder: string | null;
  /** 0 lets the system choose; null for the setting. */
  readonly port: number | null;
}

export type FlagError = {
  readonly code: 'BAD_PORT' | 'BAD_DATA_FOLDER';
  readonly word: string;
};

/** Reads the command line of the app; words it does not know belong to Chromium and are left alone. */
export function readFlags(words: readonly string[]): Result<Flags, FlagError> {
  const port = valueOf(words, '--port');
  const folder = valueOf(words, '--data-dir');
  if (port !== null && !isPort(port)) return err({ code: 'BAD_PORT', word: port });
  if (folder !== null && !isAbsolute(folder)) {
    return err({ code: 'BAD_DATA_FOLDER', word: folder });
  }
  return ok({
    demo: words.includes('--demo'),
    smoke: words.includes('--smoke'),
    dataFolder: folder,
    port: port === null ? null : Number(port),
  });
}

function valueOf(words: readonly string[], name: string): string | null {
  const joined = words.find((word) => word.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = words.indexOf(name);
  return at === -1 ? null : (words[at + 1] ?? '');
}

function isPort(word: string): boolean {
  return /^\d{1,5}$/.test(word) && Number(word) <= 65_535;
}
