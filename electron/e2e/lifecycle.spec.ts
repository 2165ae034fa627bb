import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../build/bootstrap/checkout.ts';
import { expect, test } from './fixtures.ts';
import { DeskApp } from './harness/desk-app.ts';
import { runToItsEnd } from './harness/short-run.ts';

test('row 26: everything the app writes lies in its local data folder', async ({ home }) => {
  const local = join(home, 'AppData', 'Local');
  const desk = await DeskApp.start({ home, args: ['--port=0'], env: { LOCALAPPDATA: local } });
  const page = await desk.page();
  const reply = await page.evaluate(() => window.desk.call('app.info', undefined));
  const expected =
    process.platform === 'win32'
      ? join(local, 'Enigma Apex')
      : join(home, '.local', 'share', 'enigma-apex');
  expect(reply).toMatchObject({ ok: true, value: { dataFolder: expected, demo: false } });
  const places = await desk.app.evaluate(({ app }) =>
    (['userData', 'sessionData', 'crashDumps'] as const).map((name) => app.getPath(name)),
  );
  for (const place of places) expect(place.startsWith(expected)).toBe(true);
  expect(existsSync(join(home, '.config', 'Enigma Apex'))).toBe(false);
  expect(existsSync(join(home, 'AppData', 'Roaming', 'Enigma Apex'))).toBe(false);
  await desk.kill();
});

test('row 27: the built app holds no seam for development or tests', () => {
  const bundles = ['main/main.js', 'preload/preload.cjs', 'simulator/main.js'].map((name) =>
    readFileSync(join(checkout, 'dist', name), 'utf8'),
  );
  const page = join(checkout, 'dist', 'renderer');
  const scripts = readdirSync(page, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(page, name), 'utf8'));
  expect(scripts.length).toBeGreaterThan(0);
  for (const text of [...bundles, ...scripts]) {
    for (const seam of [
      'VITE_DEV_SERVER',
      'ELECTRON_RENDERER_URL',
      'localhost:5173',
      'openDevTools(',
      'deskProbe',
      '@vite/client',
    ]) {
      expect(text.includes(seam), seam).toBe(false);
    }
  }
});

test('row 16: the shipped Electron is one of the three majors that get fixes', () => {
  // Newest major known when the dependency was last reviewed; raising it is part of every release.
  const NEWEST_MAJOR = 45;
  const about = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const major = Number(/^(\d+)\./.exec(about.devDependencies['electron'] ?? '')?.[1]);
  expect(major).toBeGreaterThanOrEqual(NEWEST_MAJOR - 2);
});

test('a second start shows the first one and leaves', async ({ start, home, dataFolder }) => {
  const first = await start();
  await first.page();
  await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const second = await runToItsEnd({ home, args: [`--data-dir=${dataFolder}`, '--port=0'] });
  expect(second.code).toBe(0);
  await expect
    .poll(() =>
      first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()),
    )
    .toBe(true);
});

test('a demo runs beside a real desk', async ({ start }) => {
  const real = await start();
  await real.page();
  const demo = await start('--demo');
  expect((await demo.view()).mode).toBe('demo');
  expect((await real.view()).mode).toBe('test');
});

test('closing explains the tray once, and the app goes on', async ({ desk }) => {
  await desk.page();
  await desk.willAnswer('OK');
  const close = (): Promise<void> =>
    desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const isVisible = (): Promise<boolean | undefined> =>
    desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await close();
  await expect.poll(isVisible).toBe(false);
  await expect.poll(async () => (await desk.probe()).boxes.length).toBe(1);
  expect((await desk.probe()).boxes[0]?.message).toMatch(/keeps running/);
  await desk.pressTray('open');
  await expect.poll(isVisible).toBe(true);
  await close();
  await expect.poll(isVisible).toBe(false);
  expect((await desk.probe()).boxes).toHaveLength(1);
});

test('quitting with nothing open ends the app without a question', async ({ desk }) => {
  await desk.page();
  await desk.pressTray('quit');
  expect(await desk.ended).toBe(0);
});

test('the window opens where it was', async ({ start }) => {
  const first = await start();
  await first.page();
  const bounds = { x: 70, y: 60, width: 1000, height: 640 };
  await first.app.evaluate(
    ({ BrowserWindow }, where) => BrowserWindow.getAllWindows()[0]?.setBounds(where),
    bounds,
  );
  await first.pressTray('quit');
  await first.ended;
  const second = await start();
  await second.page();
  const found = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(found).toEqual(bounds);
});

test('row 28: a crashed page is started again in the same window', async ({ desk }) => {
  await desk.page();
  const before = await pageProcess(desk);
  await desk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(() => pageProcess(desk)).toBeGreaterThan(0);
  await expect.poll(() => pageProcess(desk)).not.toBe(before);
  expect(await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(
    1,
  );
});

test('a page in an endless loop is started again', async ({ desk }) => {
  const page = await desk.page();
  const before = await pageProcess(desk);
  // Never answered: the page is busy for good.
  void page
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined);
  await expect.poll(() => pageProcess(desk), { timeout: 40_000 }).not.toBe(before);
  await expect.poll(() => pageProcess(desk)).toBeGreaterThan(0);
});

/** The process of a page that stands and is loaded; 0 while there is none. */
function pageProcess(desk: DeskApp): Promise<number> {
  return desk.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || contents.isCrashed() || contents.isLoading()) return 0;
    return contents.getOSProcessId();
  });
}

test('a wrong word on the command line ends with a sentence', async ({ home }) => {
  const { code, stderr } = await runToItsEnd({ home, args: ['--port=99999'] });
  expect(code).toBe(2);
  expect(stderr).toMatch(/BAD_PORT/);
});

test('a changed shortcut takes the place of the former one and is kept', async ({ start }) => {
  const first = await start();
  const page = await first.page();
  expect((await first.probe()).shortcuts).toEqual(['Ctrl+Alt+Shift+F']);
  const change = (flattenShortcut: string | null): Promise<unknown> =>
    page.evaluate(
      (wish) => window.desk.call('settings.change', { flattenShortcut: wish }),
      flattenShortcut,
    );
  expect(await change('F')).toMatchObject({ value: { shortcut: { state: 'invalid' } } });
  expect(await change(null)).toMatchObject({ value: { shortcut: { state: 'off' } } });
  expect((await first.probe()).shortcuts).toEqual([]);
  expect(await change('Ctrl+Alt+K')).toMatchObject({
    value: { shortcut: { state: 'registered' } },
  });
  await first.pressTray('quit');
  await first.ended;
  const second = await start();
  expect(await second.about()).toMatchObject({
    shortcut: { accelerator: 'Ctrl+Alt+K', state: 'registered' },
  });
});

test('a shortcut that another program holds is reported as taken', async ({ home, start }) => {
  const first = await start();
  expect((await first.about()).shortcut.state).toBe('registered');
  const second = await start(`--data-dir=${join(home, 'other')}`);
  expect((await second.about()).shortcut.state).toBe('taken');
});
