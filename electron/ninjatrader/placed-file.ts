import { randomBytes } from 'node:crypto';
import type { PlatformPath } from 'node:path';
import type { Timers } from '../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { attempt, attemptIfPresent, type FileFailure } from './file-failure.ts';
import type { Files } from './files.ts';

export interface PlacedFileTools {
  readonly files: Files;
  readonly path: PlatformPath;
  readonly timers: Timers;
}

/** `ALTERED`: what the disk gives back is not what was written. */
export type PlaceFailure = FileFailure | { readonly code: 'ALTERED'; readonly detail: string };

/** NinjaTrader compiles `.cs` only; a draft must never be taken for a second AddOn. */
const DRAFT = /^[A-Za-z]+\.[0-9a-f]{8}\.new$/;
const RENAME_TRIES = 5;
const RENAME_PAUSE_MS = 100;

/**
 * Puts a file in its place in one step: a draft beside it, read back, renamed over it, read back again. Until the
 * rename the old file stands as it was; afterwards the draft is gone in any case.
 */
export async function placeFile(
  file: string,
  content: Uint8Array,
  tools: PlacedFileTools,
): Promise<Result<null, PlaceFailure>> {
  const { files, path } = tools;
  const stem = path.basename(file, path.extname(file));
  const draft = path.join(path.dirname(file), `${stem}.${randomBytes(4).toString('hex')}.new`);
  const placed = await placeOver(file, draft, content, tools);
  if (!placed.ok) await attempt(() => files.remove(draft));
  return placed;
}

async function placeOver(
  file: string,
  draft: string,
  content: Uint8Array,
  tools: PlacedFileTools,
): Promise<Result<null, PlaceFailure>> {
  const { files } = tools;
  const written = await attempt(() => files.writeNew(draft, content));
  if (!written.ok) return written;
  const drafted = await readBack(draft, content, files);
  if (!drafted.ok) return drafted;
  const renamed = await renamePatiently(draft, file, tools);
  if (!renamed.ok) return renamed;
  return readBack(file, content, files);
}

/** Compares the file on the disk with what it should hold. */
export async function readBack(
  file: string,
  content: Uint8Array,
  files: Files,
): Promise<Result<null, PlaceFailure>> {
  const read = await attempt(() => files.read(file));
  if (!read.ok) return read;
  if (read.value.equals(content)) return ok(null);
  return err({ code: 'ALTERED', detail: `${read.value.length} of ${content.length} bytes` });
}

/** A virus scanner looks at every new file for some milliseconds, during which Windows refuses the rename. */
async function renamePatiently(
  from: string,
  to: string,
  { files, timers }: PlacedFileTools,
): Promise<Result<void, FileFailure>> {
  for (let left = RENAME_TRIES; ; left -= 1) {
    const renamed = await attempt(() => files.rename(from, to));
    if (renamed.ok || left <= 1 || renamed.error.code !== 'HELD') return renamed;
    await new Promise<void>((resolve) => void timers.after(RENAME_PAUSE_MS, resolve));
  }
}

/** Removes drafts that an interrupted installation left in a folder; a draft that stays does no harm. */
export async function removeDrafts(
  folder: string,
  { files, path }: PlacedFileTools,
): Promise<void> {
  const entries = await attemptIfPresent(() => files.list(folder));
  if (!entries.ok || entries.value === null) return;
  for (const { name, kind } of entries.value) {
    if (kind === 'file' && DRAFT.test(name)) {
      await attempt(() => files.remove(path.join(folder, name)));
    }
  }
}
