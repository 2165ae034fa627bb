import { join } from 'node:path';
import { buildHeadless } from '../bootstrap/app-build.ts';
import { checkout } from '../bootstrap/checkout.ts';
import { runOnTerminal } from '../bootstrap/child-process.mjs';

/** `npm run apex -- <command>`: the engine without Electron. */
export default async function apex(args: readonly string[]): Promise<number> {
  const program = await headlessProgram();
  return runOnTerminal(process.execPath, ['--enable-source-maps', program, ...args]);
}

/** Builds the headless command if need be; gives the path of its script. */
export async function headlessProgram(): Promise<string> {
  await buildHeadless(checkout);
  return join(checkout, 'dist', 'cli', 'apex.js');
}
