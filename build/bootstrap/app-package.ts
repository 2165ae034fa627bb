import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from './app-build.ts';
import type { ElectronRuntime } from './electron-runtime.ts';
import { lastWord } from './failure-cause.mjs';
import { Failure } from './failure.mjs';
import { step } from './progress.mjs';
import { tool } from './tool.ts';

/**
 * Packages the built app for this platform: the installer on Windows, an unpacked folder on Linux.
 * @returns the folder with the unpacked app.
 */
export async function packageApp(root: string, electron: ElectronRuntime): Promise<string> {
  await buildApp(root);
  const [target, name] =
    process.platform === 'win32'
      ? (['--win', 'win-unpacked'] as const)
      : (['--linux', 'linux-unpacked'] as const);
  const folder = join(root, 'release', name);
  rmSync(folder, { recursive: true, force: true });
  await step(`Packaging the app with Electron ${electron.version}`, async () => {
    const version = `--config.electronVersion=${electron.version}`;
    const args = [target, `--${process.arch}`, `--config.electronDist=${electron.folder}`, version];
    const ended = await tool(root, 'electron-builder', [...args, '--publish', 'never']);
    if (ended.code !== 0) {
      throw new Failure(
        `The app could not be packaged (electron-builder said: ${lastWord(ended.output)}).`,
      );
    }
  });
  if (electron.sqliteBinding !== undefined) replaceSqliteBinding(folder, electron.sqliteBinding);
  return folder;
}

/** In the substitute Electron the package's own binary would end the process at first use. */
function replaceSqliteBinding(folder: string, binding: string): void {
  const modules = join(folder, 'resources', 'app.asar.unpacked', 'node_modules');
  const shipped = join(modules, 'better-sqlite3', 'prebuilds', 'linux-x64.node');
  if (!existsSync(shipped)) throw new Failure(`The packaged app lacks ${shipped}.`);
  copyFileSync(binding, shipped);
}
