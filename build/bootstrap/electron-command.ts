import { statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child-process.mjs';
import type { ElectronRuntime } from './electron-runtime.ts';
import { say } from './progress.mjs';

export interface ElectronCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** How the app is started from source: which program, with what before the app's own arguments. */
export async function electronCommand(electron: ElectronRuntime): Promise<ElectronCommand> {
  const sandboxed = await canSandbox(electron);
  if (!sandboxed) say('> WARNING: this user cannot have the Chromium sandbox; running without it');
  return {
    program: electron.executable,
    args: sandboxed ? [] : ['--no-sandbox'],
    env: electronEnvironment(electron, process.env),
  };
}

/** The app reads its own variables only when it runs from source. */
export function electronEnvironment(
  electron: ElectronRuntime,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env;
  return electron.sqliteBinding === undefined
    ? rest
    : { ...rest, ENIGMA_APEX_SQLITE_BINDING: electron.sqliteBinding };
}

/** Chromium's sandbox on Linux needs an ordinary user, and namespaces of that user or a helper owned by root. */
export async function canSandbox(electron: ElectronRuntime): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  if (process.getuid?.() === 0) return false;
  return hasSandboxHelper(electron.folder) || (await run('unshare', ['-U', 'true'])).code === 0;
}

function hasSandboxHelper(folder: string): boolean {
  const helper = statSync(join(folder, 'chrome-sandbox'), { throwIfNoEntry: false });
  return helper !== undefined && helper.uid === 0 && (helper.mode & 0o7777) === 0o4755;
}
