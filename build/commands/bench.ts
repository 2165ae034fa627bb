import { buildApp } from '../bootstrap/app-build.ts';
import { checkout } from '../bootstrap/checkout.ts';
import { runOnTerminal } from '../bootstrap/child-process.mjs';
import { electronRuntime } from '../bootstrap/electron-runtime.ts';
import { ninjaTraderEnvironment } from '../ninjatrader-host/compile.ts';
import { openDesktopSession } from '../test-runtime/desktop-session.ts';
import { headlessProgram } from './apex.ts';

/** `npm run bench [-- --json]`: the headless command's benchmarks, with an Electron and a stand-in for NinjaTrader at hand. */
export default async function bench(args: readonly string[]): Promise<number> {
  const electron = await electronRuntime(checkout);
  await buildApp(checkout);
  const program = await headlessProgram();
  const session = await openDesktopSession(checkout, electron);
  try {
    const words = [process.execPath, '--enable-source-maps', program, 'bench', ...args];
    const [runner = process.execPath, ...rest] = session.command(words);
    const ninjaTrader = await ninjaTraderEnvironment(checkout, session.workspace);
    const env = { ...session.env, ...ninjaTrader };
    return await runOnTerminal(runner, rest, { cwd: checkout, env });
  } finally {
    session.close();
  }
}
