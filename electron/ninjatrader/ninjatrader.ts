import type { PlatformPath } from 'node:path';
import type { AddonOnDisk, RunningAddon } from '../../shared/domain/addon/facts.ts';
import { addonHealth, type AddonHealth } from '../../shared/domain/addon/health.ts';
import type { Clock, Timers } from '../../shared/kernel/clock.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { ShippedAddon } from './addon-source.ts';
import { inspectCompile, type CompileReport } from './compile-state.ts';
import type { Files } from './files.ts';
import { importZip } from './import-zip.ts';
import {
  installAddon,
  removeAddon,
  type Installed,
  type InstallFailure,
  type Removed,
} from './install.ts';
import { readInstalled } from './installed-addon.ts';
import { layoutOf } from './layout.ts';
import type { ShellFolder } from './shell-folder.ts';
import { scanSources } from './source-scan.ts';
import { findUserFolder, type FoundFolders } from './user-folder.ts';

export interface NinjaTraderParts {
  readonly files: Files;
  /** Windows' way of writing paths, and that of the machine in tests. */
  readonly path: PlatformPath;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly shellFolder: ShellFolder;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly shipped: ShippedAddon;
}

export interface AddonStatus {
  readonly health: AddonHealth;
  readonly disk: AddonOnDisk;
  readonly shipped: string;
  readonly running: RunningAddon;
  readonly compile: CompileReport;
  /** Files below bin\Custom, relative to it, that define the AddOn a second time. */
  readonly duplicates: readonly string[];
  /** False when not every source could be read: there may be more duplicates. */
  readonly sawAllSources: boolean;
}

/** The app's hand in NinjaTrader's folder. `root` is a user folder that was found or chosen. */
export interface NinjaTrader {
  findUserFolder(chosen: string | null): Promise<FoundFolders>;
  status(root: string, running: RunningAddon): Promise<AddonStatus>;
  install(
    root: string,
    wish: { readonly replaceNewer: boolean },
  ): Promise<Result<Installed, InstallFailure>>;
  remove(root: string): Promise<Result<Removed, InstallFailure>>;
  importZip(): Uint8Array;
}

export function createNinjaTrader(parts: NinjaTraderParts): NinjaTrader {
  const { files, path, timers, shipped } = parts;
  const tools = { files, path, timers };
  return {
    findUserFolder: (chosen) => findUserFolder(parts, chosen),
    status: (root, running) => readStatus(parts, root, running),
    install: (root, wish) => installAddon(layoutOf(root, path), shipped, tools, wish),
    remove: (root) => removeAddon(layoutOf(root, path), shipped, tools),
    importZip: () => importZip(shipped),
  };
}

async function readStatus(
  { files, path, clock, shipped }: NinjaTraderParts,
  root: string,
  running: RunningAddon,
): Promise<AddonStatus> {
  const layout = layoutOf(root, path);
  const found = await readInstalled(layout, shipped, files);
  const scan = await scanSources(layout, files, path);
  const disk: AddonOnDisk = !found.ok
    ? { state: 'unreadable' }
    : (found.value?.verdict ?? { state: 'absent' });
  const installed = found.ok ? found.value : null;
  const addon =
    installed === null
      ? null
      : { version: installed.verdict.version, writtenAt: installed.writtenAt };
  const now = clock.wall();
  const compile = await inspectCompile({ layout, files, path, addon, scan, now });
  const duplicates = scan.sources
    .filter(({ definesAddon }) => definesAddon)
    .map(({ name }) => name);
  const health = addonHealth({
    shipped: shipped.version,
    disk,
    running,
    compile: compile.verdict,
    duplicates: duplicates.length,
  });
  return {
    health,
    disk,
    shipped: shipped.version,
    running,
    compile,
    duplicates,
    sawAllSources: scan.isComplete,
  };
}
