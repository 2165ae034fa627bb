import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { placeWindow } from './window-bounds.ts';
import { WindowMemory } from './window-memory.ts';

const SCREEN = { x: 0, y: 0, width: 1920, height: 1040 };
const SECOND = { x: 1920, y: 0, width: 2560, height: 1400 };
const THERE = { x: 2400, y: 100, width: 1300, height: 800, maximized: true };

test('opens where it was', () => {
  expect(placeWindow(THERE, [SCREEN, SECOND])).toEqual({ kind: 'placed', ...THERE });
});

test('opens in the middle when its screen is gone', () => {
  expect(placeWindow(THERE, [SCREEN])).toMatchObject({ kind: 'centred' });
});

test('opens in the middle when its title bar cannot be grasped', () => {
  for (const hidden of [
    { ...THERE, x: 0, y: -200 },
    { ...THERE, x: 1900, y: 100 },
    { ...THERE, x: -1250, y: 100 },
    { ...THERE, x: 0, y: 1030 },
  ]) {
    expect(placeWindow(hidden, [SCREEN])).toMatchObject({ kind: 'centred' });
  }
});

test('never opens too small to show the flatten control', () => {
  const small = { x: 10, y: 10, width: 250, height: 200, maximized: false };
  expect(placeWindow(small, [SCREEN])).toMatchObject({ width: 900, height: 600 });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'window-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('remembers across starts', () => {
  const at = folder();
  expect(new WindowMemory(at).keep(THERE)).toBe(true);
  expect(new WindowMemory(at).recall()).toEqual(THERE);
});

test.each([
  '',
  '{',
  '[]',
  '{"x":1}',
  '{"x":1e99,"y":0,"width":900,"height":600,"maximized":false}',
])('forgets a file that holds %j', (text) => {
  const at = folder();
  writeFileSync(join(at, 'window.json'), text);
  expect(new WindowMemory(at).recall()).toBeNull();
});

test('a disk that refuses costs the window its place and nothing else', () => {
  const at = folder();
  writeFileSync(join(at, 'file'), 'x');
  expect(new WindowMemory(join(at, 'file')).keep(THERE)).toBe(false);
  expect(readFileSync(join(at, 'file'), 'utf8')).toBe('x');
});
