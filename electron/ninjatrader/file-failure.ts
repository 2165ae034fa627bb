import { err, ok, type Result } from '../../shared/kernel/result.ts';

/** Why the disk refused; the system's own code is in `detail`. */
export interface FileFailure {
  readonly code: 'HELD' | 'DENIED' | 'READ_ONLY' | 'FULL' | 'GONE' | 'TOO_LONG' | 'DISK';
  readonly detail: string;
}

const CODES: Readonly<Record<string, FileFailure['code']>> = {
  EBUSY: 'HELD',
  ETXTBSY: 'HELD',
  // Windows answers EPERM to a rename over a file that NinjaTrader or a virus scanner has open.
  EPERM: 'HELD',
  EACCES: 'DENIED',
  EROFS: 'READ_ONLY',
  ENOSPC: 'FULL',
  EDQUOT: 'FULL',
  ENOENT: 'GONE',
  ENOTDIR: 'GONE',
  ENAMETOOLONG: 'TOO_LONG',
};

const WORDS: Readonly<Record<FileFailure['code'], string>> = {
  HELD: 'NinjaTrader, a virus scanner or a sync program holds it, or Windows protects it; try again in a moment',
  DENIED: 'this Windows user may not use it',
  READ_ONLY: 'it cannot be written to',
  FULL: 'the disk is full',
  GONE: 'it is not there any more',
  TOO_LONG: 'its path is too long for Windows',
  DISK: 'the disk answered with an error',
};

/** The reason as a clause: "the disk is full (ENOSPC)". */
export function reasonOf({ code, detail }: FileFailure): string {
  return `${WORDS[code]} (${detail})`;
}

/** Runs one or more calls to the disk and turns its error into a coded one. */
export async function attempt<T>(run: () => Promise<T>): Promise<Result<T, FileFailure>> {
  try {
    return ok(await run());
  } catch (error) {
    const detail = codeOf(error);
    return err({ code: CODES[detail] ?? 'DISK', detail });
  }
}

/** The same, with null for "there is no such file or folder". */
export async function attemptIfPresent<T>(
  run: () => Promise<T>,
): Promise<Result<T | null, FileFailure>> {
  const done = await attempt(run);
  return !done.ok && done.error.code === 'GONE' ? ok(null) : done;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown error';
}
