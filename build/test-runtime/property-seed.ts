import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    readonly propertySeed: number;
  }
}

/** fast-check takes seeds of 32 bits. */
const SEEDS = 2 ** 31;

/**
 * One seed for all properties of a run, told once; `ENIGMA_APEX_SEED` takes that of an earlier run. On CI it follows
 * from what is committed: the same sources are tested alike wherever they are, and other sources search on.
 */
export function setup(project: TestProject): void {
  const wished = Number(process.env['ENIGMA_APEX_SEED'] ?? NaN);
  const chosen = process.env['CI'] === undefined ? randomInt(SEEDS) : seedOfSources();
  const seed = Number.isInteger(wished) ? wished : chosen;
  project.provide('propertySeed', seed);
  console.warn(`Properties of this run: seed ${seed} (again: ENIGMA_APEX_SEED=${seed})`);
}

/** Sources without their repository, or with one that is somebody else's, have a seed by chance. */
function seedOfSources(): number {
  const options = { cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' } as const;
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD^{tree}'], options);
  return status === 0 ? Number.parseInt(stdout.slice(0, 7), 16) : randomInt(SEEDS);
}
