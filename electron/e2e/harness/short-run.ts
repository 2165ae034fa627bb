import { execFile } from 'node:child_process';
import { launchOptions, type LaunchWish } from '../../../build/test-runtime/launch-options.ts';

export interface ShortRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the app to its end without Playwright, which waits for a debugger that an app that leaves at once
 * may never open.
 */
export function runToItsEnd(wish: LaunchWish): Promise<ShortRun> {
  const { executablePath, args, cwd, env, chromiumSandbox } = launchOptions(wish);
  const words = chromiumSandbox ? args : ['--no-sandbox', ...args];
  return new Promise((resolve) => {
    const app = execFile(executablePath, words, { cwd, env }, (_, stdout, stderr) => {
      // An app that was ended by a signal has no code of its own.
      resolve({ code: app.exitCode ?? -1, stdout, stderr });
    });
  });
}
