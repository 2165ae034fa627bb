import { _electron, expect, test } from '@playwright/test';
import type { ElectronApplication } from '@playwright/test';
import type Sqlite from 'better-sqlite3';
import type Keytar from 'keytar';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../../bootstrap/checkout.ts';
import { launchOptions } from '../launch-options.ts';

const probeApp = join(import.meta.dirname, 'probe-app');

async function withProbeApp(work: (app: ElectronApplication) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'probe-'));
  const options = launchOptions({ home });
  const args = options.args.map((word) => (word === checkout ? probeApp : word));
  const app = await _electron.launch({ ...options, args });
  try {
    await work(app);
  } finally {
    await app.close();
    rmSync(home, { recursive: true, force: true });
  }
}

test('an app from source runs under its own name, version and path', () =>
  withProbeApp(async (app) => {
    const page = await app.firstWindow();
    await expect(page.locator('h1')).toHaveText('probe');
    const about = await app.evaluate(({ app: self }) => ({
      name: self.getName(),
      version: self.getVersion(),
      path: self.getAppPath(),
      isPackaged: self.isPackaged,
    }));
    expect(about).toEqual({ name: 'Probe', version: '1.2.3', path: probeApp, isPackaged: false });
  }));

test('the window process is sandboxed whenever the runtime says so', () =>
  withProbeApp(async (app) => {
    await app.firstWindow();
    const pids = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.webContents.getOSProcessId()),
    );
    expect(pids).toHaveLength(1);
    // "Seccomp: 2" is the kernel's word for a process that runs behind a system call filter.
    const status =
      process.platform === 'linux' ? readFileSync(`/proc/${pids[0]}/status`, 'utf8') : '';
    const expected = process.env['ENIGMA_APEX_TEST_SANDBOX'] === 'on' ? '2' : '0';
    if (process.platform === 'linux') expect(/^Seccomp:\s*(\d)/m.exec(status)?.[1]).toBe(expected);
  }));

test('better-sqlite3 runs in this Electron', () =>
  withProbeApp(async (app) => {
    const answer = await app.evaluate(
      (_electronModule, { from, nativeBinding }) => {
        const load = process.getBuiltinModule('node:module').createRequire(from);
        const Database = load('better-sqlite3') as typeof Sqlite;
        const database = new Database(':memory:', nativeBinding ? { nativeBinding } : {});
        return database.prepare('SELECT 40 + 2 AS n').get();
      },
      {
        from: join(checkout, 'package.json'),
        nativeBinding: process.env['ENIGMA_APEX_SQLITE_BINDING'],
      },
    );
    expect(answer).toEqual({ n: 42 });
  }));

test('keytar keeps, gives and forgets a secret in this Electron', () =>
  withProbeApp(async (app) => {
    const answer = await app.evaluate(
      async (_electronModule, from) => {
        const load = process.getBuiltinModule('node:module').createRequire(from);
        const keytar = load('keytar') as typeof Keytar;
        await keytar.setPassword('enigma-apex-probe', 'trader', 'secret');
        const kept = await keytar.getPassword('enigma-apex-probe', 'trader');
        const forgotten = await keytar.deletePassword('enigma-apex-probe', 'trader');
        return { kept, forgotten, after: await keytar.getPassword('enigma-apex-probe', 'trader') };
      },
      join(checkout, 'package.json'),
    );
    expect(answer).toEqual({ kept: 'secret', forgotten: true, after: null });
  }));
