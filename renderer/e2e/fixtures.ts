import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../../build/bootstrap/checkout.ts';
import { launchOptions } from '../../build/test-runtime/launch-options.ts';
import { buildHost } from './host-build.ts';
import { DeskPage } from './desk-page.ts';

interface Host {
  readonly app: ElectronApplication;
  readonly page: Page;
}

interface WorkerFixtures {
  readonly host: Host;
}

interface TestFixtures {
  readonly desk: DeskPage;
}

/** One Electron for all specs of a run; every test loads its own scene into it. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  host: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names out of the pattern.
    async ({}, provide) => {
      const folder = mkdtempSync(join(tmpdir(), 'renderer-host-'));
      const program = join(folder, 'program');
      await buildHost(program);
      const options = launchOptions({ home: join(folder, 'home') });
      const args = options.args.map((word) => (word === checkout ? program : word));
      const app = await _electron.launch({ ...options, args });
      await app.evaluate(() => globalThis.hostBegin());
      await provide({ app, page: await app.firstWindow() });
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  desk: async ({ host }, provide) => {
    const desk = new DeskPage(host.page);
    await provide(desk);
    desk.close();
  },
});

export { expect } from '@playwright/test';
