import type { PlatformPath } from 'node:path';

/** Where things lie below NinjaTrader's user folder ("NinjaTrader 8" in the user's documents). */
export interface Layout {
  readonly root: string;
  /** All source below it is compiled into one assembly. */
  readonly custom: string;
  readonly addons: string;
  readonly addonFile: string;
  readonly assembly: string;
  readonly database: string;
  readonly logs: string;
  readonly traces: string;
  /** The AddOn's own folder for its guard; earlier files are kept below it, far from the compiler. */
  readonly ownFolder: string;
  readonly backups: string;
}

/** The AddOn's class, and its file's name without the extension. */
export const ADDON_CLASS = 'EnigmaApexBridge';
const ADDON_FILE = `${ADDON_CLASS}.cs`;

/** The paths, in the way of writing that `path` stands for (Windows' own in the app). */
export function layoutOf(root: string, path: PlatformPath): Layout {
  const custom = path.join(root, 'bin', 'Custom');
  const addons = path.join(custom, 'AddOns');
  const ownFolder = path.join(root, ADDON_CLASS);
  return {
    root,
    custom,
    addons,
    addonFile: path.join(addons, ADDON_FILE),
    assembly: path.join(custom, 'NinjaTrader.Custom.dll'),
    database: path.join(root, 'db'),
    logs: path.join(root, 'log'),
    traces: path.join(root, 'trace'),
    ownFolder,
    backups: path.join(ownFolder, 'backup'),
  };
}
