import fc from 'fast-check';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';
import { fileOfUrl } from './app-protocol.ts';
import { isAppUrl } from './app-url.ts';

const ROOT = resolve('/srv/desk');

test('serves the page and its parts', () => {
  expect(fileOfUrl('app://desk/', ROOT)).toEqual({
    ok: true,
    value: { path: join(ROOT, 'index.html'), contentType: 'text/html; charset=utf-8' },
  });
  expect(fileOfUrl('app://desk/assets/index-1a.js?x=1#top', ROOT)).toMatchObject({
    ok: true,
    value: { path: join(ROOT, 'assets', 'index-1a.js') },
  });
});

test.each([
  ['app://desk/..%2f..%2fetc%2fpasswd.json', 'OUTSIDE'],
  ['app://desk/%2e%2e%2f%2e%2e%2fpackage.json', 'OUTSIDE'],
  ['app://desk/assets/%2e%2e/%2e%2e/package.json', null],
  ['app://desk/..%5c..%5cpackage.json', 'BAD_CHARACTER'],
  ['app://desk/assets%5cindex.js', 'BAD_CHARACTER'],
  ['app://desk/index.html%00.png', 'BAD_CHARACTER'],
  ['app://desk/C:/Windows/win.json', 'BAD_CHARACTER'],
  ['app://desk/index.html:stream.json', 'BAD_CHARACTER'],
  ['app://desk/%ff%fe', 'BAD_ENCODING'],
  ['app://desk/assets', 'UNKNOWN_KIND'],
  ['app://desk/key.pem', 'UNKNOWN_KIND'],
  ['app://desk.evil/index.html', 'NOT_OURS'],
  ['app://evil/index.html', 'NOT_OURS'],
  ['app://user@desk/index.html', 'NOT_OURS'],
  ['app://desk:81/index.html', 'NOT_OURS'],
  ['file:///etc/passwd', 'NOT_OURS'],
  ['index.html', 'NOT_OURS'],
])('refuses %s', (url, code) => {
  const file = fileOfUrl(url, ROOT);
  if (file.ok) expect(relative(ROOT, file.value.path).split(sep)[0]).not.toBe('..');
  else expect(code === null ? null : file.error.code).toBe(code);
});

test('never leaves its folder, whatever the path', () => {
  const piece = fc.oneof(
    fc.constantFrom('..', '.', '%2e%2e', '%2F', '/', '//', '\\', '%5c', '%00', 'C:', '%252e', 'a'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.constantFrom('.js', '.json', ''),
      (parts, end) => {
        const file = fileOfUrl(`app://desk/${parts.join('')}${end}`, ROOT);
        if (!file.ok) return;
        const within = relative(ROOT, file.value.path);
        expect(isAbsolute(within) || within.split(sep)[0] === '..').toBe(false);
      },
    ),
    { numRuns: 3_000 },
  );
});

test.each([
  'app://desk@evil/',
  'app://desk.evil/',
  'app:desk',
  'https://desk/',
  'App+x://desk/',
  'http://app://desk/',
  '',
])('does not take %j for the app', (url) => {
  expect(isAppUrl(url)).toBe(false);
});
