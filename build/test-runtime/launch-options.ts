import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../bootstrap/checkout.ts';
import { displayOf } from './hidden-display.ts';

export interface LaunchWish {
  /** Holds everything that the app keeps, so that each test has a machine of its own. */
  readonly home: string;
  /** The app's own arguments, such as "--demo". */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface LaunchOptions {
  readonly executablePath: string;
  readonly args: string[];
  readonly cwd: string;
  readonly chromiumSandbox: boolean;
  readonly env: Record<string, string>;
}

/** What Playwright's `_electron.launch` needs to start the built app inside `npm run test:e2e`. */
export function launchOptions({ home, args = [], env = {} }: LaunchWish): LaunchOptions {
  const executablePath = process.env['ENIGMA_APEX_TEST_ELECTRON'];
  if (executablePath === undefined) {
    throw new Error('Run the end-to-end tests with "npm run test:e2e -- <file>".');
  }
  mkdirSync(home, { recursive: true });
  return {
    executablePath,
    args: [checkout, ...args],
    cwd: home,
    chromiumSandbox: process.env['ENIGMA_APEX_TEST_SANDBOX'] === 'on',
    env: { ...ownFolders(home), ...displayOf(worker(), process.env), ...env },
  };
}

/** Which of the tests that run side by side this one is, as Playwright numbers them. */
function worker(): number {
  return Number(process.env['TEST_PARALLEL_INDEX'] ?? 0);
}

/** The keyring belongs to the session, so HOME may differ from test to test. */
function ownFolders(home: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    APPDATA: join(home, 'AppData', 'Roaming'),
  };
}
