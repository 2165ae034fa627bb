import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { ensureDebianPackages, needs } from './debian-packages.ts';
import { Failure } from './failure.mjs';
import { sqliteBinding } from './native-module.ts';
import { officialElectron } from './official-electron.ts';
import { SUBSTITUTE_VERSION, substituteElectron } from './substitute-electron.ts';

export interface ElectronRuntime {
  readonly kind: 'official' | 'substitute';
  readonly version: string;
  /** The unpacked distribution, as electron-builder wants it. */
  readonly folder: string;
  readonly executable: string;
  /** Where the app finds better-sqlite3's native part, when not in the package itself. */
  readonly sqliteBinding: string | undefined;
}

/** The Electron to run from source: the official one, or on Linux a substitute where it is refused. */
export async function electronRuntime(root: string): Promise<ElectronRuntime> {
  const canSubstitute = process.platform === 'linux' && process.arch === 'x64';
  const cache = cacheFolder();
  const official = await officialElectron(root, {
    refusalIn: canSubstitute ? cache : undefined,
  });
  if (!official.ok && !canSubstitute) {
    throw new Failure(
      `Electron could not be fetched (${official.why}): check the network connection and run the command again.`,
    );
  }
  await ensureDebianPackages(needs.window);
  if (official.ok) return { kind: 'official', sqliteBinding: undefined, ...official.value };
  const folder = await substituteElectron(cache);
  const electron = { version: SUBSTITUTE_VERSION, executable: join(folder, 'electron') };
  const binding = await sqliteBinding(root, { cache, electron });
  return { kind: 'substitute', folder, ...electron, sqliteBinding: binding };
}
