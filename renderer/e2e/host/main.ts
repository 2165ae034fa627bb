import { app, BrowserWindow, protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';

/**
 * A bare Electron program that shows the window's page on a fake desk: the real policy, sandbox and
 * protocol, and no engine. It lies beside the built page.
 */

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'";

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};

const pageFolder = join(app.getAppPath(), 'page');

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true } },
]);

async function serve(request: Request): Promise<Response> {
  const path = join(pageFolder, decodeURIComponent(new URL(request.url).pathname));
  const type = TYPES[extname(path)];
  if (type === undefined || relative(pageFolder, path).startsWith('..')) {
    return new Response(null, { status: 404 });
  }
  return new Response(new Uint8Array(await readFile(path)), {
    headers: { 'content-type': type, 'content-security-policy': POLICY },
  });
}

declare global {
  /** Opens the window: one that opens while Playwright is still connecting can make that wait for ever. */
  var hostBegin: () => void;
}

const begun = Promise.withResolvers<undefined>();
globalThis.hostBegin = () => begun.resolve(undefined);

void Promise.all([app.whenReady(), begun.promise]).then(async () => {
  protocol.handle('app', serve);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: { sandbox: true, contextIsolation: true, backgroundThrottling: false },
  });
  await window.loadURL('app://desk/page.html');
});
