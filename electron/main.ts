import { app, protocol } from 'electron';
import { homedir, release } from 'node:os';
import { join } from 'node:path';
import { declareAppScheme } from './shell/app-protocol.ts';
import { surviveBugs } from './shell/crash.ts';
import { DemoPlatform } from './shell/demo.ts';
import { createDeskCore } from './desk/desk-core.ts';
import { readFlags, type Flags } from './shell/flags.ts';
import { applyPaths, dataFolder, prepareFolder } from './shell/paths.ts';
import { startShell, type Shell } from './shell/shell.ts';
import { forkSimulator } from './shell/simulator-process.ts';
import { holdInstance } from './shell/single-instance.ts';
import { smoke } from './shell/smoke.ts';
import type { StartupTrouble } from './shell/startup-failure.ts';

const bundles = join(import.meta.dirname, '..');
const resources = app.isPackaged ? process.resourcesPath : join(bundles, '..', 'resources');

function main(): void {
  const flags = readFlags(process.argv.slice(1));
  if (!flags.ok) return leave(2, `${flags.error.code}: ${flags.error.word}`);
  const { demo, dataFolder: override } = flags.value;
  const mayOverride = !app.isPackaged || demo;
  const { platform, env } = process;
  const folder = dataFolder({ platform, env, home: homedir(), override, mayOverride, demo });
  const prepared = prepareFolder(folder);
  applyPaths(app, folder, prepared.ok);
  let shell: Shell | null = null;
  if (!holdInstance(app, () => shell?.window.show())) {
    return leave(flags.value.smoke ? 1 : 0, 'already running over this data folder');
  }
  // Chromium cannot sandbox root at all; only a root shell on Linux gets past this line without it.
  if (process.getuid?.() !== 0) app.enableSandbox();
  declareAppScheme(protocol);
  const troubles: StartupTrouble[] = prepared.ok
    ? []
    : [{ code: 'DATA_FOLDER', folder, detail: prepared.error.detail }];
  void app.whenReady().then(() => {
    shell = start(flags.value, folder, troubles);
  });
}

function start(flags: Flags, folder: string, troubles: StartupTrouble[]): Shell {
  const core = createDeskCore({
    folder,
    packs: join(resources, 'prop-firms'),
    demo: flags.demo,
    port: flags.port,
    version: app.getVersion(),
    nativeBinding: app.isPackaged ? undefined : process.env['ENIGMA_APEX_SQLITE_BINDING'],
  });
  const { engine, bridge, settings, pairingFile, clock, log } = core;
  surviveBugs(app, process, log);
  if (core.store.failure !== null && troubles.length === 0) {
    troubles.push({ code: 'JOURNAL', folder, detail: core.store.failure });
  }
  const demo = new DemoPlatform({
    fork: () => forkSimulator(join(bundles, 'simulator', 'main.js'), folder, core),
    timers: clock,
    log,
  });
  const shell = startShell({
    desk: engine,
    settings,
    about: {
      version: app.getVersion(),
      electron: process.versions.electron,
      platform: `${process.platform} ${release()}`,
      demo: flags.demo,
      dataFolder: folder,
      pairingFile,
    },
    log,
    timers: clock,
    folders: {
      data: folder,
      page: join(bundles, 'renderer'),
      preload: join(bundles, 'preload', 'preload.cjs'),
      icons: join(resources, 'icons'),
    },
    verify: () => core.verify(),
    shutDown: async () => {
      demo.stop();
      await core.stop();
    },
  });
  void bridge.start().then((started) => {
    if (started.ok && flags.demo) demo.start();
    if (!started.ok) troubles.push({ code: 'BRIDGE', detail: bridge.status().detail });
    if (flags.smoke) smoke({ desk: engine, shell, clock, expectAccount: flags.demo });
    else shell.open(troubles);
  });
  return shell;
}

function leave(code: number, why: string): void {
  process.stderr.write(`Enigma Apex: ${why}\n`);
  app.exit(code);
}

main();
