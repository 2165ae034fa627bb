import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout } from '../bootstrap/checkout.ts';
import { ensureDebianPackages, needs } from '../bootstrap/debian-packages.ts';
import { toolOnTerminal } from '../bootstrap/tool.ts';
import { nothing, tallyOfVitest, withExitCode } from '../checks/tally.ts';
import type { Tally } from '../checks/tally.ts';
import { ninjaTraderEnvironment } from '../ninjatrader-host/compile.ts';

const report = join(checkout, '.cache', 'reports', 'unit.json');

/** `npm run test:unit [-- <filters>]`: every test that needs no window. */
export default async function unit(args: readonly string[]): Promise<number> {
  return toolOnTerminal(checkout, 'vitest', ['run', ...args], await environment());
}

export async function runUnitTests(): Promise<Tally> {
  const env = await environment();
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await toolOnTerminal(checkout, 'vitest', ['run', ...reporters], env);
  return withExitCode(code, tallyOfReport());
}

/** Some tests open a window nobody sees, others run the AddOn inside a stand-in for NinjaTrader. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  await ensureDebianPackages(needs.hiddenDesktop);
  return { ...process.env, ...(await ninjaTraderEnvironment(checkout)) };
}

function tallyOfReport(): Tally {
  try {
    return tallyOfVitest(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    // No readable report means that the run itself broke off; its exit code says so.
    return nothing;
  }
}
