import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { createPairingStore, type PairingStore } from '../bridge/pairing.ts';
import { tempFolder } from '../store/testing/temp-folder.ts';
import {
  checkPairing,
  describePairing,
  ensurePairing,
  pairingFileOfAddon,
} from './pairing-check.ts';
import { put } from './testing/documents-tree.ts';

let file: string;
let store: PairingStore;
beforeEach(() => {
  file = join(tempFolder(), 'Enigma Apex', 'pairing.json');
  store = createPairingStore(file, new FakeClock());
});

describe('the pairing file that the AddOn looks for', () => {
  it('is made when it is missing, and only when asked for', () => {
    expect(checkPairing(store, file).state).toBe('missing');
    expect(existsSync(file)).toBe(false);
    expect(ensurePairing(store, file, 8765)).toEqual({ state: 'ready', file, port: 8765 });
    expect(existsSync(file)).toBe(true);
  });

  it('keeps the port that the running desk wrote into it', () => {
    store.open(9001);
    chmodSync(file, 0o644);
    expect(checkPairing(store, file)).toMatchObject({ state: 'notPrivate', port: 9001 });
    expect(ensurePairing(store, file, 8765)).toMatchObject({ state: 'ready', port: 9001 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('that is damaged stays as it is', () => {
    put(file, 'garbage');
    expect(ensurePairing(store, file, 8765).state).toBe('corrupt');
    expect(readFileSync(file, 'utf8')).toBe('garbage');
  });

  it('that cannot be read is told', () => {
    mkdirSync(file, { recursive: true });
    expect(checkPairing(store, file).state).toBe('unreadable');
  });

  it('that cannot be written is told', () => {
    put(join(file, '..'), 'a file where the folder should be');
    expect(['unreadable', 'notWritable']).toContain(ensurePairing(store, file, 8765).state);
  });

  it('of an app with another data folder is not found by the AddOn', () => {
    store.open(8765);
    const report = checkPairing(store, '/elsewhere/pairing.json');
    expect(report.state).toBe('elsewhere');
    expect(describePairing(report)).toContain('--data-dir');
  });

  it('never shows its key', () => {
    store.open(8765);
    const { key } = JSON.parse(readFileSync(file, 'utf8')) as { key: string };
    const report = ensurePairing(store, file, 8765);
    expect(JSON.stringify(report) + describePairing(report)).not.toContain(key);
  });

  it.each([
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\Enigma Apex\\pairing.json'],
    ['win32', {}, 'C:\\Users\\Ann\\AppData\\Local\\Enigma Apex\\pairing.json'],
  ] as const)('lies in the local data of the user on %s: %j', (platform, env, expected) => {
    expect(pairingFileOfAddon({ platform, env, home: 'C:\\Users\\Ann' })).toBe(expected);
  });

  it('lies where .NET puts local data on Linux', () => {
    const place = { platform: 'linux' as const, home: '/home/ann' };
    expect(pairingFileOfAddon({ ...place, env: {} })).toBe(
      '/home/ann/.local/share/Enigma Apex/pairing.json',
    );
    expect(pairingFileOfAddon({ ...place, env: { XDG_DATA_HOME: '/data' } })).toBe(
      '/data/Enigma Apex/pairing.json',
    );
  });

  it('is the same file in any capitals on Windows', () => {
    const upper = 'C:\\USERS\\Ann\\Enigma Apex\\pairing.json';
    const pairing = { ...store, file: upper, inspect: () => store.inspect() };
    expect(checkPairing(pairing, upper.toLowerCase()).state).toBe('missing');
  });
});
