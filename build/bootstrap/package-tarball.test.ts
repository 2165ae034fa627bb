import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { packageTarball } from './package-tarball.ts';
import type { Fetch } from './package-tarball.ts';
import { quietProgress } from './testing/quiet-progress.ts';

quietProgress();

const content = 'the right bytes';
const wanted = {
  name: '@scope/sample',
  version: '1.2.3',
  integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
};

let folder: string;
let cached: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tarball-'));
  cached = join(folder, '-scope-sample-1.2.3.tgz');
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A registry that delivers these files, one after the other, and counts. */
function deliver(...files: readonly string[]): { fetch: Fetch; count: () => number } {
  let count = 0;
  return {
    count: () => count,
    fetch: async (_package, into) => {
      writeFileSync(join(into, 'delivered.tgz'), files[count] ?? 'one too many');
      count += 1;
    },
  };
}

describe('a package kept as a file', () => {
  it('is downloaded when it is not there', async () => {
    const registry = deliver(content);
    expect(await packageTarball(wanted, folder, registry.fetch)).toBe(cached);
    expect(readFileSync(cached, 'utf8')).toBe(content);
  });

  it('is not downloaded again when it is whole', async () => {
    writeFileSync(cached, content);
    const registry = deliver();
    expect(await packageTarball(wanted, folder, registry.fetch)).toBe(cached);
    expect(registry.count()).toBe(0);
  });

  it('is downloaded again when the kept file is damaged', async () => {
    writeFileSync(cached, 'half of the ri');
    const registry = deliver(content);
    expect(await packageTarball(wanted, folder, registry.fetch)).toBe(cached);
    expect(registry.count()).toBe(1);
    expect(readFileSync(cached, 'utf8')).toBe(content);
  });

  it('is downloaded once more when it arrives damaged', async () => {
    const registry = deliver('damaged', content);
    await packageTarball(wanted, folder, registry.fetch);
    expect(registry.count()).toBe(2);
  });

  it('is given up in one sentence when it arrives damaged twice, and nothing of it is kept', async () => {
    const registry = deliver('damaged', 'damaged again', content);
    await expect(packageTarball(wanted, folder, registry.fetch)).rejects.toThrow(
      /arrived damaged twice: run "npm cache clean --force"/,
    );
    expect(registry.count()).toBe(2);
    expect(existsSync(cached)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('asks for a network in one sentence when the registry refuses the connection', async () => {
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9');
    vi.stubEnv('npm_config_fetch_retries', '0');
    vi.stubEnv('npm_config_cache', join(folder, 'npm-cache'));
    await expect(packageTarball(wanted, folder)).rejects.toThrow(
      /registry cannot be reached: check the network/,
    );
    expect(existsSync(cached)).toBe(false);
  });
});
