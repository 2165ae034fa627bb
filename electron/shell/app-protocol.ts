import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Protocol } from 'electron';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { APP_SCHEME, isAppUrl } from './app-url.ts';

export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What the window's build can hold; a file of another kind is not served. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.txt', 'text/plain; charset=utf-8'],
]);

interface ServedFile {
  readonly path: string;
  readonly contentType: string;
}

export type PathRefusal = {
  readonly code: 'NOT_OURS' | 'BAD_ENCODING' | 'BAD_CHARACTER' | 'OUTSIDE' | 'UNKNOWN_KIND';
};

/** Finds the file under `root` that a URL names; anything that could lead outside is refused. */
export function fileOfUrl(text: string, root: string): Result<ServedFile, PathRefusal> {
  if (!isAppUrl(text)) return err({ code: 'NOT_OURS' });
  const decoded = decodePath(new URL(text).pathname);
  if (decoded === null) return err({ code: 'BAD_ENCODING' });
  // A backslash separates folders on Windows, a colon names a drive or a stream, NUL ends a C string.
  if (/[\\:\0]/.test(decoded)) return err({ code: 'BAD_CHARACTER' });
  if (decoded.split('/').includes('..')) return err({ code: 'OUTSIDE' });
  const path = resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`);
  const within = relative(root, path);
  if (within === '' || isAbsolute(within) || within.split(sep)[0] === '..') {
    return err({ code: 'OUTSIDE' });
  }
  const contentType = CONTENT_TYPES.get(extname(path).toLowerCase());
  return contentType === undefined ? err({ code: 'UNKNOWN_KIND' }) : ok({ path, contentType });
}

/** Declares the scheme; Electron takes this only before the app is ready. */
export function declareAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the window's files to one session. */
export function serveApp(protocol: Protocol, root: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET') return refusal(405);
    const file = fileOfUrl(request.url, root);
    if (!file.ok) return refusal(404);
    try {
      const body = await readFile(file.value.path);
      return new Response(new Uint8Array(body), { headers: headers(file.value.contentType) });
    } catch {
      // Missing and unreadable are one to the page: there is no such file.
      return refusal(404);
    }
  });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: headers('text/plain; charset=utf-8') });
}

function headers(contentType: string): Record<string, string> {
  return {
    'Content-Type': contentType,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    // decodeURIComponent has no other way to say that the escapes are not UTF-8.
    return null;
  }
}
