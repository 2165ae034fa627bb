import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFolder, passingFolder, prepareFolder, type PlaceOfData } from './paths.ts';

const windows: PlaceOfData = {
  platform: 'win32',
  env: {
    LOCALAPPDATA: 'C:\\Users\\Ann\\AppData\\Local',
    APPDATA: 'C:\\Users\\Ann\\AppData\\Roaming',
  },
  home: 'C:\\Users\\Ann',
  override: null,
  mayOverride: false,
  demo: false,
};
const linux: PlaceOfData = { ...windows, platform: 'linux', env: {}, home: '/home/ann' };

test('data is local and never roams', () => {
  expect(dataFolder(windows)).toBe('C:\\Users\\Ann\\AppData\\Local\\Enigma Apex');
  expect(dataFolder({ ...windows, env: {} })).toBe('C:\\Users\\Ann\\AppData\\Local\\Enigma Apex');
});

test('follows the desktop rules of Linux and macOS', () => {
  expect(dataFolder(linux)).toBe('/home/ann/.local/share/enigma-apex');
  expect(dataFolder({ ...linux, env: { XDG_DATA_HOME: '/data' } })).toBe('/data/enigma-apex');
  expect(dataFolder({ ...linux, platform: 'darwin' })).toBe(
    '/home/ann/Library/Application Support/Enigma Apex',
  );
});

test('an empty variable is no place', () => {
  expect(dataFolder({ ...linux, env: { XDG_DATA_HOME: '' } })).toBe(
    '/home/ann/.local/share/enigma-apex',
  );
  expect(dataFolder({ ...windows, env: { LOCALAPPDATA: '' } })).toBe(
    'C:\\Users\\Ann\\AppData\\Local\\Enigma Apex',
  );
});

test('a demo never shares a folder with a real desk', () => {
  for (const place of [windows, linux, { ...linux, override: '/tmp/x', mayOverride: true }]) {
    expect(dataFolder({ ...place, demo: true })).not.toBe(dataFolder(place));
  }
});

test('an override counts only where it is allowed', () => {
  expect(dataFolder({ ...linux, override: '/tmp/x' })).toBe('/home/ann/.local/share/enigma-apex');
  expect(dataFolder({ ...linux, override: '/tmp/x', mayOverride: true })).toBe('/tmp/x');
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paths-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('makes a folder that is not there yet', () => {
  expect(prepareFolder(join(folder, 'a', 'b'))).toEqual({ ok: true, value: null });
});

test('says that a folder cannot be made where a file lies', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(prepareFolder(join(folder, 'file', 'data'))).toMatchObject({
    ok: false,
    error: { code: 'NOT_WRITABLE' },
  });
  expect(prepareFolder(join(folder, 'file'))).toMatchObject({ ok: false });
});

test('the stand-in for an unwritable folder is the same at every start', () => {
  expect(passingFolder('/data', folder)).toBe(passingFolder('/data', folder));
  expect(passingFolder('/data', folder)).not.toBe(passingFolder('/other', folder));
});

test('a stand-in that somebody else prepared is not used', () => {
  const honest = passingFolder('/data', folder);
  rmSync(honest, { recursive: true });
  mkdirSync(join(folder, 'trap'));
  symlinkSync(join(folder, 'trap'), honest);
  expect(passingFolder('/data', folder)).not.toBe(honest);
});
