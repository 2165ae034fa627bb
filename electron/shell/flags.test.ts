import { expect, test } from 'vitest';
import { readFlags } from './flags.ts';

test('no words mean a real desk at its usual place', () => {
  expect(readFlags([])).toEqual({
    ok: true,
    value: { demo: false, smoke: false, dataFolder: null, port: null },
  });
});

test('a value may be joined or follow', () => {
  for (const words of [
    ['--demo', '--port=0', '--data-dir=/tmp/x'],
    ['--port', '0', '--data-dir', '/tmp/x', '--demo'],
  ]) {
    expect(readFlags(words)).toEqual({
      ok: true,
      value: { demo: true, smoke: false, dataFolder: '/tmp/x', port: 0 },
    });
  }
});

test.each(['65536', '-1', '8765x', '', '1e3', '0x10'])('refuses the port %j', (word) => {
  expect(readFlags([`--port=${word}`])).toEqual({ ok: false, error: { code: 'BAD_PORT', word } });
});

test('refuses a data folder that depends on where the app was started', () => {
  const refused = { ok: false, error: { code: 'BAD_DATA_FOLDER', word: 'here' } };
  expect(readFlags(['--data-dir', 'here'])).toEqual(refused);
  expect(readFlags(['--data-dir'])).toMatchObject({ ok: false });
});

test('leaves the words of Chromium alone', () => {
  expect(readFlags(['--inspect=0', '--remote-debugging-port=0', 'folder'])).toMatchObject({
    ok: true,
  });
});
