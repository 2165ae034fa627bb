import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run } from './child-process.mjs';
import { failureCause, lastWord } from './failure-cause.mjs';
import { say, step } from './progress.mjs';
import { stamp, unstamp } from './stamp.ts';

const DOWNLOAD_LIMIT_MS = 10 * 60_000;
const REFUSAL_HOLDS_MS = 24 * 60 * 60_000;

export interface OfficialElectron {
  readonly version: string;
  readonly folder: string;
  readonly executable: string;
}

export type OfficialOutcome =
  | { readonly ok: true; readonly value: OfficialElectron }
  | { readonly ok: false; readonly why: string };

/**
 * Electron's own installer, which fetches the binary that its package belongs to. Where that was
 * refused, `remember` keeps the next runs of a day from waiting for another refusal.
 */
export async function officialElectron(
  root: string,
  remember: { readonly refusalIn: string | undefined },
): Promise<OfficialOutcome> {
  const found = installed(root);
  if (found) return { ok: true, value: found };
  const note = remember.refusalIn && join(remember.refusalIn, `electron-${version(root)}-refused`);
  if (note && isFresh(note)) {
    say(`> Electron ${version(root)} was not to be had earlier today; not asking again (${note})`);
    return { ok: false, why: readFileSync(note, 'utf8') };
  }
  const ended = await step(`Fetching Electron ${version(root)}`, () => install(root));
  const value = installed(root);
  if (ended.code === 0 && value) {
    if (note) unstamp(note);
    return { ok: true, value };
  }
  const why = reason(ended);
  say(`  refused: ${why}`);
  if (note) stamp(note, why);
  return { ok: false, why };
}

function install(root: string): ReturnType<typeof run> {
  const script = join(root, 'node_modules', 'electron', 'install.js');
  return run(process.execPath, [script], { cwd: root, timeLimitMs: DOWNLOAD_LIMIT_MS });
}

function reason(ended: Awaited<ReturnType<typeof run>>): string {
  if (ended.timedOut) return 'the download took longer than 10 minutes';
  switch (failureCause(ended.output)) {
    case 'no-network':
      return 'the download server cannot be reached';
    case 'no-permission':
      return 'this user may not write the downloaded files';
    case 'disk-full':
      return 'the disk is full';
    case 'damaged-download':
    case 'lockfile-disagrees':
    case 'unknown':
      return lastWord(ended.output);
  }
}

function isFresh(note: string): boolean {
  const stat = statSync(note, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < REFUSAL_HOLDS_MS;
}

function version(root: string): string {
  const about: unknown = createRequire(join(root, 'package.json'))('electron/package.json');
  return (about as { version: string }).version;
}

function installed(root: string): OfficialElectron | undefined {
  const home = join(root, 'node_modules', 'electron');
  try {
    const folder = join(home, 'dist');
    const executable = join(folder, readFileSync(join(home, 'path.txt'), 'utf8'));
    const present = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
    if (present !== version(root) || !existsSync(executable)) return undefined;
    return { version: present, folder, executable };
  } catch {
    // The installer writes these files last, so a missing one means that it has not run to its end.
    return undefined;
  }
}
