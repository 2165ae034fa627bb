import { APP_ORIGIN } from '../shell/app-url.ts';
import { CONTENT_SECURITY_POLICY } from '../shell/app-protocol.ts';
import { expect, test } from './fixtures.ts';
import { strangeServer } from './harness/strange-server.ts';

test('row 5: every permission is refused, asked or queried', async ({ desk }) => {
  const page = await desk.page();
  const states = await page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'persistent-storage',
    ];
    const answers: Record<string, string> = {};
    for (const name of names) {
      const status = await navigator.permissions.query({ name: name as PermissionName });
      answers[name] = status.state;
    }
    return answers;
  });
  expect(Object.values(states).filter((state) => state === 'granted')).toEqual([]);
  const asked = await page.evaluate(async () => {
    const position = new Promise<string>((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        (error) => resolve(`refused ${error.code}`),
      ),
    );
    const media = navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
      () => 'given',
      (error: unknown) => (error as DOMException).name,
    );
    const reading = navigator.clipboard.readText().then(
      () => 'given',
      (error: unknown) => (error as DOMException).name,
    );
    return Promise.all([position, media, reading]);
  });
  expect(asked[0]).toBe('refused 1');
  expect(['NotAllowedError', 'NotFoundError']).toContain(asked[1]);
  expect(asked[2]).toBe('NotAllowedError');
});

test('row 7: the page comes with the policy, word for word', async ({ desk }) => {
  const page = await desk.page();
  const response = await page.reload();
  expect(response?.headers()['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
  expect(CONTENT_SECURITY_POLICY).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
      "frame-ancestors 'none'",
  );
});

test('row 7: our own page does not trip over the policy', async ({ desk }) => {
  const page = await desk.page();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.reload();
  await page.waitForLoadState('load');
  await page.evaluate(() => window.desk.call('desk.snapshot', undefined));
  expect(complaints.filter((text) => /Content Security Policy|Refused to/.test(text))).toEqual([]);
});

test('row 7: inline code, eval, requests, sockets and frames are refused', async ({ desk }) => {
  const server = await strangeServer();
  const page = await desk.page();
  const outcome = await page.evaluate(async (port) => {
    const world = window as unknown as Record<string, unknown>;
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const add = (tag: string, set: Record<string, string>, text = ''): Promise<string> =>
      new Promise((resolve) => {
        const element = document.createElement(tag);
        element.addEventListener('load', () => resolve('loaded'));
        element.addEventListener('error', () => resolve('error'));
        for (const [name, value] of Object.entries(set)) element.setAttribute(name, value);
        element.textContent = text;
        document.body.append(element);
        setTimeout(() => resolve('silent'), 500);
      });
    await add('script', {}, 'window.inlineRan = true');
    await add('script', { src: `http://127.0.0.1:${port}/x.js` });
    await add('script', { src: 'data:text/javascript,window.dataRan=true' });
    await add('iframe', { src: 'data:text/html,<p>x</p>' });
    await add('iframe', { src: `http://127.0.0.1:${port}/` });
    await add('img', { src: `http://127.0.0.1:${port}/x.png` });
    await add('link', { rel: 'stylesheet', href: `http://127.0.0.1:${port}/x.css` });
    await add('object', { data: `http://127.0.0.1:${port}/x` });
    document.body.insertAdjacentHTML('beforeend', '<b onclick="window.handlerRan=true">x</b>');
    (document.body.lastElementChild as HTMLElement).click();
    const attempt = async (act: () => unknown): Promise<string> => {
      try {
        await act();
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    };
    const evaluated = await attempt(() =>
      (world['eval'] as (code: string) => unknown)('window.evalRan = true'),
    );
    const made = await attempt(() =>
      Reflect.construct(world['Function'] as new (code: string) => unknown, [
        'window.functionRan = 1',
      ]),
    );
    const fetched = await attempt(() => fetch(`http://127.0.0.1:${port}/`));
    const socket = await attempt(
      () =>
        new Promise((resolve, reject) => {
          const ws = new WebSocket(`ws://127.0.0.1:${port}/`);
          ws.onopen = resolve;
          ws.onerror = () => reject(new Error('refused'));
        }),
    );
    const worker = await attempt(
      () => new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))),
    );
    const ran = ['inlineRan', 'dataRan', 'handlerRan', 'evalRan', 'functionRan', 'strangerRan'];
    return {
      ran: ran.filter((name) => world[name] !== undefined),
      evaluated,
      made,
      fetched,
      socket,
      worker,
      frames: window.length,
      framesBlocked: violations.filter((directive) => directive === 'frame-src').length,
      directives: [...new Set(violations)].sort(),
    };
  }, server.port);
  expect(outcome.ran).toEqual([]);
  expect(outcome.evaluated).toBe('EvalError');
  expect(outcome.made).toBe('EvalError');
  expect(outcome.fetched).toBe('TypeError');
  expect(outcome.socket).not.toBe('done');
  expect(outcome.worker).not.toBe('done');
  expect(outcome.framesBlocked).toBe(2);
  expect(outcome.directives).toEqual(
    expect.arrayContaining([
      'connect-src',
      'frame-src',
      'img-src',
      'script-src-elem',
      'style-src-elem',
    ]),
  );
  expect(server.requests).toEqual([]);
  await server.close();
});

test('row 22: a request that slips past the policy is cancelled all the same', async ({ desk }) => {
  const server = await strangeServer();
  await desk.page();
  const outcome = await desk.app.evaluate(async ({ BrowserWindow }, port) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
    if (session === undefined) return 'no session';
    const answers: string[] = [];
    for (const url of [`http://127.0.0.1:${port}/`, 'https://example.com/']) {
      answers.push(
        await session.fetch(url).then(
          () => 'answered',
          () => 'cancelled',
        ),
      );
    }
    return answers;
  }, server.port);
  expect(outcome).toEqual(['cancelled', 'cancelled']);
  expect(server.requests).toEqual([]);
  await server.close();
});

test('row 18: the scheme serves its folder and nothing around it', async ({ desk }) => {
  const page = await desk.page();
  expect(new URL(page.url()).origin === APP_ORIGIN || page.url().startsWith(APP_ORIGIN)).toBe(true);
  const statuses = await desk.app.evaluate(async ({ BrowserWindow }) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
    const status = async (path: string, method = 'GET'): Promise<number> =>
      (await session?.fetch(`app://desk/${path}`, { method }))?.status ?? 0;
    const outside: Record<string, number> = {};
    for (const path of [
      '..%2fmain%2fmain.js',
      '%2e%2e%2fmain%2fmain.js',
      '%2e%2e/main/main.js',
      '../main/main.js',
      '..%5cmain%5cmain.js',
      'assets/..%2f..%2fmain%2fmain.js',
      '%252e%252e/main/main.js',
      '/etc/hosts.json',
      '%2fetc%2fhosts.json',
      'C:%5cWindows%5cwin.json',
      'index.html%00.json',
      'no-such-file.js',
    ]) {
      outside[path] = await status(path);
    }
    return { outside, page: await status('index.html'), post: await status('index.html', 'POST') };
  });
  expect(statuses.page).toBe(200);
  expect(statuses.post).toBe(405);
  for (const [path, status] of Object.entries(statuses.outside)) expect(status, path).toBe(404);
});

test('nothing is downloaded', async ({ desk }) => {
  const page = await desk.page();
  await desk.app.evaluate(({ BrowserWindow }) => {
    const world = globalThis as unknown as { downloads: boolean[] };
    world.downloads = [];
    BrowserWindow.getAllWindows()[0]?.webContents.session.on('will-download', (event) => {
      world.downloads.push(event.defaultPrevented);
    });
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'app://desk/index.html';
    link.download = 'desk.html';
    document.body.append(link);
    link.click();
    link.remove();
  });
  await expect
    .poll(() =>
      desk.app.evaluate(() => (globalThis as unknown as { downloads: boolean[] }).downloads),
    )
    .toEqual([true]);
});
