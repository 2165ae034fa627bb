import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { officialElectron } from './official-electron.ts';
import { quietProgress } from './testing/quiet-progress.ts';

quietProgress();

const A_DAY_AND_A_MINUTE_S = 24 * 60 * 60 + 60;

let root: string;
let home: string;
let cache: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'electron-'));
  home = join(root, 'node_modules', 'electron');
  cache = join(root, 'cache');
  mkdirSync(join(home, 'dist'), { recursive: true });
  mkdirSync(cache);
  writeFileSync(join(root, 'package.json'), '{}');
  writeFileSync(join(home, 'package.json'), JSON.stringify({ version: '45.0.0' }));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The package's installer, which counts how often it was started. */
function installer(work: string): void {
  writeFileSync(
    join(home, 'install.js'),
    `const { appendFileSync, writeFileSync } = require('node:fs');
     appendFileSync(${JSON.stringify(join(root, 'starts'))}, '.');
     ${work}`,
  );
}

const starts = (): number =>
  existsSync(join(root, 'starts')) ? readFileSync(join(root, 'starts'), 'utf8').length : 0;

const refuses = `console.error('TypeError: fetch failed'); process.exit(1);`;
const delivers = `const at = (name) => require('node:path').join(__dirname, name);
  writeFileSync(at('dist/electron'), ''); writeFileSync(at('dist/version'), 'v45.0.0');
  writeFileSync(at('path.txt'), 'electron');`;

describe('the official Electron', () => {
  it('is fetched once and found from then on', async () => {
    installer(delivers);
    for (let n = 0; n < 2; n += 1) {
      const outcome = await officialElectron(root, { refusalIn: cache });
      expect(outcome).toMatchObject({ ok: true, value: { version: '45.0.0' } });
    }
    expect(starts()).toBe(1);
  });

  it('says why it is not to be had', async () => {
    installer(refuses);
    const outcome = await officialElectron(root, { refusalIn: cache });
    expect(outcome).toEqual({ ok: false, why: 'the download server cannot be reached' });
  });

  it('is not asked for again on the day it was refused', async () => {
    installer(refuses);
    for (let n = 0; n < 3; n += 1) await officialElectron(root, { refusalIn: cache });
    expect(starts()).toBe(1);
  });

  it('is asked for again a day later', async () => {
    installer(refuses);
    await officialElectron(root, { refusalIn: cache });
    const yesterday = Date.now() / 1000 - A_DAY_AND_A_MINUTE_S;
    utimesSync(join(cache, 'electron-45.0.0-refused'), yesterday, yesterday);
    installer(delivers);
    expect((await officialElectron(root, { refusalIn: cache })).ok).toBe(true);
    expect(existsSync(join(cache, 'electron-45.0.0-refused'))).toBe(false);
  });

  it('is asked for every time where nothing can take its place', async () => {
    installer(refuses);
    for (let n = 0; n < 2; n += 1) await officialElectron(root, { refusalIn: undefined });
    expect(starts()).toBe(2);
  });
});
