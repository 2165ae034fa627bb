import { expect, test } from './fixtures.ts';
import { strangeServer } from './harness/strange-server.ts';

test('row 23: a browser page on this machine cannot open the bridge', async ({ desk }) => {
  const server = await strangeServer();
  const view = await desk.until(({ bridge }) => bridge.state === 'waiting');
  const port = view.bridge.port ?? 0;
  const outcomes = await desk.app.evaluate(
    async ({ BrowserWindow, session }, { bridge, page }) => {
      // An ordinary browser window: no policy of ours, a page from an ordinary web server.
      const browser = new BrowserWindow({
        show: false,
        webPreferences: { session: session.fromPartition('browser'), sandbox: true },
      });
      await browser.loadURL(`http://127.0.0.1:${page}/`);
      const attempt = `(address, protocols) => new Promise((resolve) => {
        const socket = new WebSocket(address, protocols);
        socket.onopen = () => { socket.close(); resolve('opened'); };
        socket.onerror = () => resolve('refused');
      })`;
      const answers = (await browser.webContents.executeJavaScript(`(async () => {
        const attempt = ${attempt};
        const fetched = await fetch('http://127.0.0.1:${bridge}/bridge/v1', { mode: 'no-cors' })
          .then(() => 'answered', () => 'refused');
        const read = await fetch('http://127.0.0.1:${bridge}/bridge/v1')
          .then(() => 'read', () => 'unreadable');
        return [
          await attempt('ws://127.0.0.1:${bridge}/bridge/v1'),
          await attempt('ws://localhost:${bridge}/bridge/v1'),
          await attempt('ws://127.0.0.1:${bridge}/bridge/v1', ['bridge']),
          await attempt('ws://127.0.0.1:${bridge}/'),
          read,
          fetched,
        ];
      })()`)) as string[];
      browser.destroy();
      return answers;
    },
    { bridge: port, page: server.port },
  );
  expect(outcomes.slice(0, 5)).toEqual(['refused', 'refused', 'refused', 'refused', 'unreadable']);
  expect(server.requests).toContain('/');
  const after = await desk.view();
  expect(after.bridge.state).toBe('waiting');
  await server.close();
});
