import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Failure } from './failure.mjs';

/**
 * Where everything is kept that is expensive to fetch or to build and belongs to no single checkout.
 * @param env ENIGMA_APEX_CACHE overrides the place.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const folder = resolve(env['ENIGMA_APEX_CACHE'] || join(userCache(env), 'enigma-apex'));
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // Any reason leads to the same advice: name a place that can be written to.
    throw new Failure(
      `The cache folder ${folder} cannot be created: allow this user to write there, or set ENIGMA_APEX_CACHE to another folder.`,
    );
  }
  sweep(folder);
  return folder;
}

const UNFINISHED = /^(electron-draft|native-build)-/;
const LONGEST_WORK_MS = 60 * 60_000;

/** A run that was ended in the middle of its work leaves an unfinished folder behind. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder).filter((entry) => UNFINISHED.test(entry))) {
    const { mtimeMs } = statSync(join(folder, name));
    if (Date.now() - mtimeMs > LONGEST_WORK_MS) rmSync(join(folder, name), { recursive: true });
  }
}

function userCache(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') {
    return env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  }
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
}
