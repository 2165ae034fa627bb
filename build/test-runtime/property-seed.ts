import { randomInt } from 'node:crypto';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    readonly propertySeed: number;
  }
}

/** fast-check takes seeds of 32 bits. */
const SEEDS = 2 ** 31;

/** One seed for all properties of a run, told once; `ENIGMA_APEX_SEED` takes that of an earlier run. */
export function setup(project: TestProject): void {
  const wished = Number(process.env['ENIGMA_APEX_SEED'] ?? NaN);
  const seed = Number.isInteger(wished) ? wished : randomInt(SEEDS);
  project.provide('propertySeed', seed);
  console.warn(`Properties of this run: seed ${seed} (again: ENIGMA_APEX_SEED=${seed})`);
}
