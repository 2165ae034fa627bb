import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../bootstrap/app-build.ts';
import { runOnTerminal } from '../bootstrap/child-process.mjs';
import { electronRuntime } from '../bootstrap/electron-runtime.ts';
import { script } from '../bootstrap/tool.ts';
import { nothing, tallyOfPlaywright, withExitCode } from '../checks/tally.ts';
import type { Tally } from '../checks/tally.ts';
import { ninjaTraderEnvironment } from '../ninjatrader-host/compile.ts';
import { DISPLAYS, openDesktopSession } from './desktop-session.ts';

/** A folder that the run writes in its workspace, and where it is kept in the checkout. */
interface Harvest {
  readonly from: string;
  readonly to: string;
}

interface PlaywrightRun {
  readonly project: 'e2e' | 'screens';
  readonly args: readonly string[];
  readonly harvest: readonly Harvest[];
}

/** Runs a Playwright project against the built app in a desktop session of its own. */
export async function runPlaywright(
  root: string,
  { project, args, harvest }: PlaywrightRun,
): Promise<Tally> {
  const electron = await electronRuntime(root);
  await buildApp(root);
  const session = await openDesktopSession(root, electron);
  try {
    const report = join(session.workspace, 'report.json');
    const workers = `--workers=${DISPLAYS}`;
    const cli = [
      process.execPath,
      script(root, 'playwright'),
      'test',
      `--project=${project}`,
      workers,
    ];
    const [program = process.execPath, ...rest] = session.command([...cli, ...args]);
    const code = await runOnTerminal(program, rest, {
      cwd: root,
      env: {
        ...session.env,
        ...(await ninjaTraderEnvironment(root, session.workspace)),
        ENIGMA_APEX_TEST_OUTPUT: session.workspace,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
    });
    for (const { from, to } of harvest) keep(join(session.workspace, from), join(root, to));
    return withExitCode(code, tallyOf(report));
  } finally {
    session.close();
  }
}

function keep(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true });
}

function tallyOf(report: string): Tally {
  return existsSync(report) ? tallyOfPlaywright(JSON.parse(readFileSync(report, 'utf8'))) : nothing;
}
