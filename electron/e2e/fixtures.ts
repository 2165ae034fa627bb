import { test as base } from '@playwright/test';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeskApp } from './harness/desk-app.ts';
import { Platform, type PlatformWish } from './harness/platform.ts';
import { breakMachine, type Faults } from './harness/faults.ts';

export interface DeskOptions {
  /** The app's own words; the data folder and the port come beside them. */
  readonly flags: readonly string[];
  /** What is wrong with the machine before the app starts. */
  readonly faults: Faults;
}

export interface DeskFixtures {
  readonly home: string;
  readonly dataFolder: string;
  /** Starts the app over this test's data; every one still running is ended with the test. */
  readonly start: (...flags: readonly string[]) => Promise<DeskApp>;
  readonly desk: DeskApp;
  /** Connects a simulated NinjaTrader to a desk; every one still running is ended with the test. */
  readonly connect: (desk: DeskApp, wish?: ConnectWish) => Promise<Platform>;
}

export type ConnectWish = Pick<PlatformWish, 'words' | 'faults'>;

/** Every test has a home, a data folder and a port of its own. */
export const test = base.extend<DeskOptions & DeskFixtures>({
  flags: [[], { option: true }],
  faults: [{}, { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names out of the pattern.
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'desk-'));
    await use(home);
    rmSync(home, { recursive: true, force: true });
  },
  dataFolder: async ({ home }, use) => use(join(home, 'data')),
  start: async ({ home, dataFolder }, use, info) => {
    const started: DeskApp[] = [];
    await use(async (...flags) => {
      // The first of two equal words counts, so a test may put its own in front.
      const args = [...flags, `--data-dir=${dataFolder}`, '--port=0'];
      const desk = await DeskApp.start({ home, args });
      started.push(desk);
      return desk;
    });
    if (info.status !== info.expectedStatus) await keepTraces(started, dataFolder, info.outputDir);
    for (const desk of started) await desk.kill();
  },
  desk: async ({ start, flags, faults, dataFolder }, use) => {
    const repair = breakMachine(faults, dataFolder);
    await use(await start(...flags));
    repair();
  },
  connect: async ({ home }, use, info) => {
    const started: Platform[] = [];
    await use(async (desk, wish = {}) => {
      const { pairingFile } = await desk.about();
      const platform = Platform.start({ pairingFile, folder: home, ...wish });
      started.push(platform);
      return platform;
    });
    for (const [index, platform] of started.entries()) {
      await platform.kill();
      if (info.status === info.expectedStatus) continue;
      writeFileSync(info.outputPath(`platform-${index}.log`), platform.output.join(''));
    }
  },
});

export { expect } from '@playwright/test';

/** Journal, log and screenshot of a test that failed. */
async function keepTraces(started: readonly DeskApp[], data: string, to: string): Promise<void> {
  if (existsSync(data)) cpSync(data, join(to, 'data'), { recursive: true });
  for (const [index, desk] of started.entries()) {
    writeFileSync(join(to, `output-${index}.log`), desk.output.join(''));
    for (const page of desk.app.windows()) {
      // A crashed or hung page has no picture, and that is then what there is to see.
      await page
        .screenshot({ path: join(to, `window-${index}.png`), timeout: 3_000 })
        .catch(() => undefined);
    }
  }
}
