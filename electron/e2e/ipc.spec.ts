import fc from 'fast-check';
import { join } from 'node:path';
import { checkout } from '../../build/bootstrap/checkout.ts';
import { CALL_KEYS } from '../../shared/protocol/ipc/channels.ts';
import { expect, test } from './fixtures.ts';
import { strangeServer } from './harness/strange-server.ts';

const CODES = ['FORBIDDEN_SENDER', 'BAD_INPUT', 'TOO_LARGE', 'REFUSED', 'INTERNAL'];

test('row 17: a second window with our own preload is refused on every channel', async ({
  desk,
}) => {
  await desk.page();
  const replies = await desk.app.evaluate(
    async ({ BrowserWindow }, { keys, preload }) => {
      const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
      const forged = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, ...(session === undefined ? {} : { session }) },
      });
      await forged.loadURL('app://desk/index.html');
      const answers: unknown[] = [];
      for (const key of keys) {
        answers.push(
          await forged.webContents.executeJavaScript(
            `window.desk.call(${JSON.stringify(key)}, { scope: { kind: 'all' }, door: 'dashboard' })`,
          ),
        );
      }
      forged.destroy();
      return answers;
    },
    { keys: [...CALL_KEYS], preload: join(checkout, 'dist', 'preload', 'preload.cjs') },
  );
  expect(replies).toHaveLength(CALL_KEYS.length);
  for (const reply of replies) {
    expect(reply).toMatchObject({ ok: false, error: { code: 'FORBIDDEN_SENDER' } });
  }
});

test('row 17: a stranger in our own window is refused', async ({ desk }) => {
  await desk.settle();
  const server = await strangeServer();
  const reply = await desk.app.evaluate(async ({ BrowserWindow }, port) => {
    const [ours] = BrowserWindow.getAllWindows();
    const session = ours?.webContents.session;
    // Opens the one gate that keeps strangers out, to see whether the next one holds.
    session?.webRequest.onBeforeRequest((_details, answer) => answer({}));
    await ours?.loadURL(`http://127.0.0.1:${port}/`);
    return ours?.webContents.executeJavaScript(
      `window.desk.call('flatten.request', { scope: { kind: 'all' }, door: 'dashboard' })`,
    ) as Promise<unknown>;
  }, server.port);
  expect(reply).toMatchObject({ ok: false, error: { code: 'FORBIDDEN_SENDER' } });
  await server.close();
});

test('row 17: a frame inside our page has no bridge at all', async ({ desk }) => {
  const page = await desk.page();
  const kind = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    await new Promise((done) => requestAnimationFrame(() => done(null)));
    return typeof (frame.contentWindow as unknown as { desk?: unknown } | null)?.desk;
  });
  expect(kind).toBe('undefined');
});

test('row 21: any payload on any channel gets a typed reply and harms nothing', async ({
  desk,
}) => {
  const page = await desk.page();
  const payload = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.record({ scope: fc.jsonValue(), door: fc.constantFrom('dashboard', 'tray', '') }),
    fc.record({ flattenId: fc.string({ unit: 'binary' }) }),
    fc.record({ flattenShortcut: fc.jsonValue(), bridgePort: fc.integer(), theme: fc.string() }),
    fc.record({ ['__proto__']: fc.jsonValue(), instrument: fc.string() }),
  );
  // A flatten or a changed setting would be a valid request; those are tested for what they do elsewhere.
  const keys = CALL_KEYS.filter((key) => key !== 'settings.change');
  const seed = Date.now() % 1_000_000_000;
  const requests = fc.sample(fc.tuple(fc.constantFrom(...keys), payload), { numRuns: 3_000, seed });
  const codes = await page.evaluate(async (text) => {
    const all = JSON.parse(text) as [string, unknown][];
    const counts: Record<string, number> = {};
    for (const [key, raw] of all) {
      const reply = await window.desk.call(key as 'app.info', raw as undefined);
      const code = reply.ok ? 'ok' : reply.error.code;
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return counts;
  }, JSON.stringify(requests));
  const strange = Object.keys(codes).filter((code) => code !== 'ok' && !CODES.includes(code));
  expect(strange, `seed ${seed}`).toEqual([]);
  expect(codes['INTERNAL'], `seed ${seed}`).toBeUndefined();
  expect(codes['BAD_INPUT']).toBeGreaterThan(500);
});

test('row 21: what JSON cannot hold, and what is too large, is refused', async ({ desk }) => {
  const page = await desk.page();
  const answers = await page.evaluate(async () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const raws: unknown[] = [
      new Map([['scope', 1]]),
      new Date(0),
      new Uint8Array(70_000),
      circular,
      { flattenId: 'x'.repeat(70_000) },
      { flattenId: 1n },
      Number.NaN,
      { scope: { kind: 'all' }, door: 'dashboard', extra: undefined },
    ];
    const codes: string[] = [];
    for (const raw of raws) {
      const reply = await window.desk.call('flatten.proof', raw as never);
      codes.push(reply.ok ? 'ok' : reply.error.code);
    }
    return codes;
  });
  for (const code of answers) expect(['BAD_INPUT', 'TOO_LARGE']).toContain(code);
  const alive = await page.evaluate(() => window.desk.call('app.info', undefined));
  expect(alive.ok).toBe(true);
});
