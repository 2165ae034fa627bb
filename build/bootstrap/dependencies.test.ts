import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureDependencies, isInstalled, npmCommand } from './dependencies.mjs';
import { quietProgress } from './testing/quiet-progress.ts';

quietProgress();

let root: string;

const lockfile = {
  name: 'sample',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'sample', version: '1.0.0', dependencies: { ms: '2.1.3' } },
    'node_modules/ms': {
      version: '2.1.3',
      integrity:
        'sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==',
    },
  },
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dependencies-'));
  const about = { name: 'sample', version: '1.0.0', dependencies: { ms: '2.1.3' } };
  writeFileSync(join(root, 'package.json'), JSON.stringify(about));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lockfile));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** An npm that fails in the way that its words tell, or succeeds when they are empty. */
function npmThatSays(...answers: readonly string[]): readonly string[] {
  const script = join(root, 'npm.cjs');
  writeFileSync(
    script,
    `const { readFileSync, writeFileSync, existsSync } = require('node:fs');
     const count = ${JSON.stringify(join(root, 'count'))};
     const n = existsSync(count) ? Number(readFileSync(count, 'utf8')) : 0;
     writeFileSync(count, String(n + 1));
     const answer = ${JSON.stringify(answers)}[n];
     console.error(answer ?? 'called too often');
     process.exit(answer === '' ? 0 : 1);`,
  );
  return [process.execPath, script];
}

function install(packages: Record<string, unknown>): void {
  mkdirSync(join(root, 'node_modules', 'ms'), { recursive: true });
  writeFileSync(join(root, 'node_modules', 'ms', 'package.json'), '{}');
  writeFileSync(
    join(root, 'node_modules', '.package-lock.json'),
    JSON.stringify({ ...lockfile, packages }),
  );
}

const { '': _root, ...installed } = lockfile.packages;

describe('installing the packages', () => {
  it('asks for a network in one sentence when the registry refuses the connection', async () => {
    const unreachable = [
      ...npmCommand(),
      '--registry=http://127.0.0.1:9',
      '--fetch-retries=0',
      `--cache=${join(root, 'npm-cache')}`,
    ];
    await expect(ensureDependencies(root, { npm: unreachable })).rejects.toThrow(
      /registry cannot be reached.*check the network/,
    );
  });

  it.each([
    ['npm error code EACCES', /allow this user to write/],
    ['npm error code EPERM', /close programs that use node_modules/],
    ['npm error ENOSPC: no space left on device', /disk .* is full/],
    ['npm error code EUSAGE', /disagree/],
    ['npm error code ENOTFOUND', /check the network/],
    ['npm error something nobody foresaw', /npm said: something nobody foresaw/],
  ])('turns "%s" into a sentence', async (words, sentence) => {
    await expect(ensureDependencies(root, { npm: npmThatSays(words) })).rejects.toThrow(sentence);
  });

  it('fetches a damaged package once more', async () => {
    await ensureDependencies(root, { npm: npmThatSays('npm error code EINTEGRITY', '') });
  });

  it('gives up in one sentence when a package arrives damaged twice', async () => {
    const npm = npmThatSays('npm error code EINTEGRITY', 'npm error code EINTEGRITY');
    await expect(ensureDependencies(root, { npm })).rejects.toThrow(/arrived damaged twice/);
  });

  it('does nothing when everything is installed', async () => {
    install(installed);
    await ensureDependencies(root, { npm: npmThatSays() });
  });
});

describe('what counts as installed', () => {
  it('is not an empty checkout', () => expect(isInstalled(root)).toBe(false));

  it('is what the lockfile names', () => {
    install(installed);
    expect(isInstalled(root)).toBe(true);
  });

  it('is not another version', () => {
    install({ 'node_modules/ms': { version: '2.1.2', integrity: 'sha512-other' } });
    expect(isInstalled(root)).toBe(false);
  });

  it('is not a package whose folder was deleted', () => {
    install(installed);
    rmSync(join(root, 'node_modules', 'ms'), { recursive: true });
    expect(isInstalled(root)).toBe(false);
  });

  it('may lack an optional package, which belongs to another platform', () => {
    install(installed);
    const withOptional = {
      ...lockfile,
      packages: {
        ...lockfile.packages,
        'node_modules/other': { version: '1.0.0', optional: true },
      },
    };
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify(withOptional));
    expect(isInstalled(root)).toBe(true);
  });
});
