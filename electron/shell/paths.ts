import { createHash } from 'node:crypto';
import { accessSync, constants, lstatSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import type { App } from 'electron';
import { err, ok, type Result } from '../../shared/kernel/result.ts';

export interface PlaceOfData {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** From `--data-dir`; counts only where `mayOverride` says so. */
  readonly override: string | null;
  readonly mayOverride: boolean;
  readonly demo: boolean;
}

/**
 * Where the app keeps its data. Local, never roaming: a journal must not be merged by a file server.
 * Demo data lies in a folder of its own, so that a demo and a real desk share neither journal nor lock.
 */
export function dataFolder(place: PlaceOfData): string {
  const path = place.platform === 'win32' ? win32 : posix;
  const base = place.mayOverride && place.override !== null ? place.override : usualFolder(place);
  return place.demo ? path.join(base, 'demo') : base;
}

function usualFolder({ platform, env, home }: PlaceOfData): string {
  if (platform === 'win32') {
    return win32.join(env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local'), 'Enigma Apex');
  }
  if (platform === 'darwin') {
    return posix.join(home, 'Library', 'Application Support', 'Enigma Apex');
  }
  return posix.join(env['XDG_DATA_HOME'] || posix.join(home, '.local', 'share'), 'enigma-apex');
}

/** Makes the folder and checks that files can be made in it. */
export function prepareFolder(
  folder: string,
): Result<null, { readonly code: 'NOT_WRITABLE'; readonly detail: string }> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
    return ok(null);
  } catch (error) {
    return err({
      code: 'NOT_WRITABLE',
      detail: error instanceof Error ? error.message : 'unknown',
    });
  }
}

/**
 * Points Electron at the data folder; must run before the instance lock, which lives there. Where the
 * folder cannot be written Chromium gets a passing one, because the app must open all the same.
 */
export function applyPaths(app: App, folder: string, writable: boolean): void {
  const chromium = writable ? join(folder, 'window') : passingFolder(folder, tmpdir());
  mkdirSync(chromium, { recursive: true, mode: 0o700 });
  app.setPath('userData', chromium);
  app.setPath('sessionData', chromium);
  app.setPath('crashDumps', join(chromium, 'crashes'));
}

/**
 * A folder that stands in for an unwritable one. The same for every start over the same data, so that the
 * lock in it still holds a second app back; one that another user laid in wait there is not taken.
 */
export function passingFolder(folder: string, temporary: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const passing = join(temporary, `enigma-apex-window-${name}`);
  mkdirSync(passing, { recursive: true, mode: 0o700 });
  const found = lstatSync(passing);
  const isOurs =
    found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
  return isOurs ? passing : mkdtempSync(`${passing}-`);
}
