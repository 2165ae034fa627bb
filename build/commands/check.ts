import { checkout } from '../bootstrap/checkout.ts';
import { print, seconds } from '../bootstrap/progress.mjs';
import { checks } from '../checks/checks.ts';
import type { Tally } from '../checks/tally.ts';

/** `npm run check`: everything that can be said about the source without running it. */
export default async function check(): Promise<number> {
  return (await runChecks()).failed === 0 ? 0 : 1;
}

export async function runChecks(): Promise<Tally> {
  let failed = 0;
  for (const { name, faults } of checks) {
    const began = performance.now();
    const found = await faults(checkout);
    const took = seconds(performance.now() - began);
    if (found === '') {
      print(`pass  ${name} (${took})`);
    } else {
      failed += 1;
      print(`FAIL  ${name} (${took})\n${found}\n`);
    }
  }
  return { passed: checks.length - failed, failed };
}
