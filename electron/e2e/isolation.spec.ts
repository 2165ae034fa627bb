import { readFileSync } from 'node:fs';
import { ipcContract } from '../../shared/protocol/ipc/contract.ts';
import { expect, test } from './fixtures.ts';

test('row 1 and 22: the page asks for nothing but its own files', async ({ desk }) => {
  const page = await desk.page();
  const seen: string[] = [];
  page.on('request', (request) => seen.push(request.url()));
  await page.reload();
  await page.waitForLoadState('load');
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.filter((url) => new URL(url).protocol !== 'app:')).toEqual([]);
});

test('row 2: the page has no Node', async ({ desk }) => {
  const page = await desk.page();
  const kinds = await page.evaluate(() => {
    const world = globalThis as unknown as Record<string, unknown>;
    return ['require', 'process', 'module', 'Buffer', 'global', 'electron', '__dirname'].map(
      (name) => typeof world[name],
    );
  });
  expect(kinds).toEqual(kinds.map(() => 'undefined'));
});

test('rows 3, 4, 6 and 8-11: the window has the strict preferences', async ({ desk }) => {
  await desk.page();
  const preferences = await desk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const contents = window.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    }),
  );
  expect(preferences).toHaveLength(1);
  expect(preferences[0]).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
  });
  // Electron leaves out some that stand at their safe default.
  for (const loose of [
    'nodeIntegrationInWorker',
    'navigateOnDragDrop',
    'allowRunningInsecureContent',
    'experimentalFeatures',
  ]) {
    expect(preferences[0]?.[loose] ?? false).toBe(false);
  }
  expect(preferences[0]?.['webSecurity'] ?? true).toBe(true);
  expect(preferences[0]?.['enableBlinkFeatures'] ?? '').toBe('');
});

test('row 3: what a page changes in its own world does not reach the bridge to main', async ({
  desk,
}) => {
  const page = await desk.page();
  const outcome = await page.evaluate(async () => {
    for (const [owner, name] of [
      [Array.prototype, 'map'],
      [Object.prototype, 'hasOwnProperty'],
      [Object, 'hasOwn'],
    ] as const) {
      Object.defineProperty(owner, name, { value: () => true });
    }
    const reply: unknown = await window.desk.call('not.a.call' as never, undefined as never);
    return reply;
  });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
});

test('row 4: the page runs in a sandboxed process', async ({ desk }) => {
  await desk.page();
  const pid = await desk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  const command = await desk.app.evaluate(() => process.argv.concat(process.execArgv));
  if (process.env['ENIGMA_APEX_TEST_SANDBOX'] !== 'on') {
    console.warn('SKIPPED the kernel check: this user cannot have the Chromium sandbox.');
    return;
  }
  expect(command.filter((word) => word.includes('sandbox'))).toEqual([]);
  if (process.platform !== 'linux') return;
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  // The kernel's word for a process that runs behind a system call filter.
  expect(/^Seccomp:\s*(\d)/m.exec(status)?.[1]).toBe('2');
  expect(/^NoNewPrivs:\s*(\d)/m.exec(status)?.[1]).toBe('1');
});

test('row 20: the page sees the contract and nothing else of Electron', async ({ desk }) => {
  const page = await desk.page();
  const surface = await page.evaluate(() => ({
    members: Object.keys(window.desk).sort(),
    frozen: Object.isFrozen(window.desk),
    kinds: Object.values(window.desk).map((member) => typeof member),
  }));
  expect(surface).toEqual({
    members: ['call', 'listen'],
    frozen: true,
    kinds: ['function', 'function'],
  });
  const reached = await page.evaluate(async () => {
    const keys = ['ELECTRON_BROWSER_REQUIRE', 'constructor', '__proto__', 'desk.patch', ''];
    const answers: unknown[] = [];
    for (const key of keys) answers.push(await window.desk.call(key as never, undefined as never));
    return answers;
  });
  for (const answer of reached) {
    expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
  }
  // Some calls ask for a file, and nobody is here to answer.
  await desk.app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] });
  });
  const answered = await page.evaluate(
    async (keys) => {
      const codes: Record<string, boolean> = {};
      for (const key of keys) {
        const reply = await window.desk.call(key as 'app.info', undefined);
        codes[key] = reply.ok || !/Unknown call/.test(reply.error.message);
      }
      return codes;
    },
    Object.entries(ipcContract).flatMap(([key, row]) => (row.direction === 'call' ? [key] : [])),
  );
  expect(Object.values(answered)).toEqual(Object.values(answered).map(() => true));
});

test('row 20: a listener gets the payload and never the event', async ({ desk }) => {
  const page = await desk.page();
  await page.evaluate(() => {
    const world = window as unknown as { heard: unknown[][] };
    world.heard = [];
    window.desk.listen('desk.patch', (...args: unknown[]) => void world.heard.push(args));
  });
  await desk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.send('desk.patch', { rev: -1 }),
  );
  await expect
    .poll(() =>
      page.evaluate(() =>
        (window as unknown as { heard: unknown[][] }).heard.find(
          ([payload]) => (payload as { rev: number }).rev === -1,
        ),
      ),
    )
    .toEqual([{ rev: -1 }]);
  await expect(
    page.evaluate(() => window.desk.listen('desk.snapshot' as never, () => undefined)),
  ).rejects.toThrow(/Unknown push/);
});
