import { expect, test } from './fixtures.ts';
import { strangeServer, type StrangeServer } from './harness/strange-server.ts';

let server: StrangeServer;
test.beforeEach(async () => {
  server = await strangeServer();
});
test.afterEach(async () => {
  expect(server.requests).toEqual([]);
  await server.close();
});

test('row 13: no click, script, form, redirect or dropped file moves the page', async ({
  desk,
}) => {
  const page = await desk.page();
  const stranger = `http://127.0.0.1:${server.port}/`;
  const before = page.url();
  const mark = await page.evaluate(() => {
    (window as unknown as Record<string, number>)['mark'] = 7;
    return location.href;
  });
  for (const target of [
    stranger,
    'file:///etc/hosts',
    'data:text/html,x',
    'app://evil/x.html',
    'app://desk/other.html',
  ]) {
    await page.evaluate((href) => {
      const link = document.createElement('a');
      link.href = href;
      link.textContent = 'go';
      document.body.append(link);
      link.click();
      link.remove();
    }, target);
    await page.evaluate((href) => {
      try {
        location.href = href;
      } catch {
        // Some targets throw at once; all that counts is where the page is afterwards.
      }
    }, target);
    await page.evaluate((href) => {
      const form = document.createElement('form');
      form.action = href;
      document.body.append(form);
      form.submit();
      form.remove();
    }, target);
    await page.evaluate((href) => {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = `0;url=${href}`;
      document.head.append(meta);
    }, target);
  }
  await page.evaluate((href) => {
    const data = new DataTransfer();
    data.setData('text/uri-list', href);
    data.items.add(new File(['<h1>dropped</h1>'], 'dropped.html', { type: 'text/html' }));
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  }, stranger);
  const after = await page.evaluate(() => ({
    href: location.href,
    mark: (window as unknown as Record<string, number>)['mark'],
  }));
  expect(after).toEqual({ href: mark, mark: 7 });
  expect(page.url()).toBe(before);
});

test('row 13: an answer that redirects leads nowhere', async ({ desk }) => {
  await desk.settle();
  const outcome = await desk.app.evaluate(async ({ BrowserWindow }, port) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) return 'no window';
    // Opens the gate that cancels foreign requests, to see whether the next one holds.
    contents.session.webRequest.onBeforeRequest((_details, answer) => answer({}));
    contents.session.protocol.unhandle('app');
    const location = `http://127.0.0.1:${port}/`;
    contents.session.protocol.handle(
      'app',
      () => new Response(null, { status: 302, headers: { location } }),
    );
    return contents.loadURL('app://desk/index.html').then(
      () => 'loaded',
      () => 'refused',
    );
  }, server.port);
  expect(outcome).toBe('refused');
});

test('row 14: no second window opens', async ({ desk }) => {
  const page = await desk.page();
  const stranger = `http://127.0.0.1:${server.port}/`;
  const opened = await page.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    link.target = '_blank';
    document.body.append(link);
    link.click();
    link.remove();
    return [window.open(href), window.open(''), window.open('app://desk/index.html')].map(
      (made) => made === null,
    );
  }, stranger);
  expect(opened).toEqual([true, true, true]);
  const windows = await desk.app.evaluate(
    ({ BrowserWindow, webContents }) =>
      BrowserWindow.getAllWindows().length + webContents.getAllWebContents().length,
  );
  expect(windows).toBe(2);
});

test('rows 11 and 12: a webview does not attach', async ({ desk }) => {
  const page = await desk.page();
  await page.evaluate((src) => {
    const view = document.createElement('webview');
    view.setAttribute('src', src);
    view.setAttribute('nodeintegration', '');
    document.body.append(view);
  }, `http://127.0.0.1:${server.port}/`);
  // A round trip through the page: whatever the element does, it has begun by then.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(null))));
  const kinds = await desk.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => contents.getType()),
  );
  expect(kinds).toEqual(['window']);
  const attached = await desk.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    let prevented = false;
    contents?.emit('will-attach-webview', { preventDefault: () => (prevented = true) }, {}, {});
    return prevented;
  });
  expect(attached).toBe(true);
});

test('row 15: only listed https hosts reach the system browser', async ({ desk }) => {
  const page = await desk.page();
  const hostile = [
    'javascript:alert(1)',
    'file:///C:/Windows/System32/calc.exe',
    '\\\\server\\share\\run.exe',
    'ms-msdt:/id',
    'http://www.tradingview.com/',
    'https://www.tradingview.com.evil.test/',
    'https://evil.test/?www.tradingview.com',
    'https://www.tradingview.com@evil.test/',
    'https://user:pass@www.tradingview.com/',
    'https://www.tradingview.com:8443/',
    'https://www.trad\u0456ngview.com/',
  ];
  await page.evaluate((links) => {
    for (const link of links) window.open(link);
    window.open('https://www.tradingview.com/lightweight-charts/');
  }, hostile);
  await expect
    .poll(async () => (await desk.probe()).opened)
    .toEqual(['https://www.tradingview.com/lightweight-charts/']);
});
