import { buildApp } from '../bootstrap/app-build.ts';
import { checkout } from '../bootstrap/checkout.ts';
import { runOnTerminal } from '../bootstrap/child-process.mjs';
import { electronCommand } from '../bootstrap/electron-command.ts';
import { electronRuntime } from '../bootstrap/electron-runtime.ts';

/** `npm start [-- --demo]`: sets up what is missing, builds what has changed, and opens the desk. */
export default async function start(args: readonly string[]): Promise<number> {
  const electron = await electronRuntime(checkout);
  await buildApp(checkout);
  const { program, args: lead, env } = await electronCommand(electron);
  return runOnTerminal(program, [...lead, checkout, ...args], { cwd: checkout, env });
}
