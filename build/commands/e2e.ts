import { checkout } from '../bootstrap/checkout.ts';
import type { Tally } from '../checks/tally.ts';
import { runPlaywright } from '../test-runtime/playwright-run.ts';

/** `npm run test:e2e [-- <filters>]`: the built app in the real Electron. */
export default async function e2e(args: readonly string[]): Promise<number> {
  return (await runEndToEndTests(args)).failed === 0 ? 0 : 1;
}

export function runEndToEndTests(args: readonly string[] = []): Promise<Tally> {
  return runPlaywright(checkout, {
    project: 'e2e',
    args,
    harvest: [{ from: 'test-results', to: 'test-results' }],
  });
}
