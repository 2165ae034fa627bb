import { Failure } from '../bootstrap/failure.mjs';
import { print, seconds } from '../bootstrap/progress.mjs';
import { sum } from '../checks/tally.ts';
import type { Tally } from '../checks/tally.ts';
import { runChecks } from './check.ts';
import { runEndToEndTests } from './e2e.ts';
import { runPackagedChecks } from './packaged.ts';
import { runUnitTests } from './unit.ts';

interface Stage {
  readonly name: string;
  readonly run: () => Promise<Tally>;
}

const stages: readonly Stage[] = [
  { name: 'checks', run: runChecks },
  { name: 'unit tests', run: runUnitTests },
  { name: 'end-to-end tests', run: () => runEndToEndTests() },
  { name: 'packaged app', run: runPackagedChecks },
];

/** `npm test`: everything that CI runs, in its order; the last line is the sum of it. */
export default async function test(): Promise<number> {
  const results: { readonly line: string; readonly tally: Tally }[] = [];
  for (const { name, run } of stages) {
    print(`\n== ${name}`);
    const began = performance.now();
    const tally = await tallyOf(run);
    const took = seconds(performance.now() - began);
    results.push({ line: `${name}: ${counts(tally)} (${took})`, tally });
  }
  const total = sum(results.map(({ tally }) => tally));
  print(`\n${results.map(({ line }) => line).join('\n')}`);
  print(counts(total));
  return total.failed === 0 && results.every(({ tally }) => tally.passed > 0) ? 0 : 1;
}

/** A stage that cannot be carried out is one failure, and the others still run. */
async function tallyOf(run: Stage['run']): Promise<Tally> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    print(error.message);
    return { passed: 0, failed: 1 };
  }
}

function counts({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}
