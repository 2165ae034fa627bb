import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { memoryOfTree, treeOf } from './process-tree.ts';
import type { ElectronAtHand, Stage } from './stage.ts';
import { median, rounded } from './statistics.ts';

export interface LaunchReport {
  /** Start of the process to the first live account of the demo, in milliseconds; the median. */
  readonly firstAccountMs: number | null;
  readonly firstAccountSamplesMs: readonly number[];
  /** Start of the process to the loaded page; the median. */
  readonly pageMs: number | null;
  /** Resident memory of all processes of the app in demo, shared pages counted in each. */
  readonly rssStartMb: number | null;
  readonly rssMb: number | null;
  /** Shared pages counted once. */
  readonly pssMb: number | null;
  readonly processes: number | null;
  /** How long the app had run when its memory was read. */
  readonly memorySeconds: number;
}

const SmokeLine = z.object({
  ok: z.boolean(),
  startedAt: z.number(),
  pageMs: z.number().nullable(),
  firstAccountMs: z.number().nullable(),
});

const SMOKE_WITHIN_MS = 90_000;
const GONE_WITHIN_MS = 5_000;
/** When the app has started and shows its desk. */
const STARTED_MS = 10_000;

/** Starts the real app in demo several times, then once to watch its memory. */
export async function measureLaunch(stage: Stage, electron: ElectronAtHand): Promise<LaunchReport> {
  const rounds = stage.parts.short ? 3 : 5;
  const memorySeconds = stage.parts.short ? 20 : 600;
  const accounts: number[] = [];
  const pages: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const { pageMs, firstAccountMs } = await smokeRun(stage, electron);
    accounts.push(firstAccountMs);
    pages.push(pageMs);
    stage.parts.note(`launch ${round}/${rounds}: first live account after ${firstAccountMs} ms`);
  }
  return {
    firstAccountMs: rounded(median(accounts), 0),
    firstAccountSamplesMs: accounts,
    pageMs: rounded(median(pages), 0),
    ...(await watchMemory(stage, electron, memorySeconds)),
    memorySeconds,
  };
}

async function smokeRun(
  stage: Stage,
  electron: ElectronAtHand,
): Promise<{ readonly pageMs: number; readonly firstAccountMs: number }> {
  const spawnedAt = stage.world.wall();
  const app = start(stage, electron, ['--smoke']);
  let output = '';
  app.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const ended = new Promise<void>((resolve) => app.once('close', () => resolve()));
  await stage.within(ended, SMOKE_WITHIN_MS);
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  const line = SmokeLine.safeParse(readJson(last));
  if (!line.success || line.data.pageMs === null || line.data.firstAccountMs === null) {
    throw new Error(`The app did not report a live account: ${last.slice(0, 300)}`);
  }
  const lead = line.data.startedAt - spawnedAt;
  return {
    pageMs: Math.round(lead + line.data.pageMs),
    firstAccountMs: Math.round(lead + line.data.firstAccountMs),
  };
}

async function watchMemory(
  stage: Stage,
  electron: ElectronAtHand,
  seconds: number,
): Promise<Pick<LaunchReport, 'rssStartMb' | 'rssMb' | 'pssMb' | 'processes'>> {
  const app = start(stage, electron, []);
  const pid = app.pid ?? 0;
  await stage.wait(STARTED_MS);
  const first = memoryOfTree(pid);
  await stage.wait(seconds * 1_000 - STARTED_MS);
  const last = app.exitCode === null ? memoryOfTree(pid) : null;
  await end(stage, app);
  return {
    rssStartMb: first?.rssMb ?? null,
    rssMb: last?.rssMb ?? null,
    pssMb: last?.pssMb ?? null,
    processes: last?.processes ?? null,
  };
}

/** Each start has a home of its own, so that none finds what another left. */
function start(stage: Stage, electron: ElectronAtHand, words: readonly string[]): ChildProcess {
  const home = stage.folder('launch');
  const data = join(home, 'data');
  mkdirSync(data);
  const args = [electron.app, '--demo', '--data-dir', data, ...words];
  const app = spawn(electron.executable, args, {
    cwd: home,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      XDG_DATA_HOME: join(home, '.local', 'share'),
      XDG_CACHE_HOME: join(home, '.cache'),
    },
  });
  app.once('error', (error) => stage.parts.note(error.message));
  const forget = stage.onClose(() => end(stage, app));
  app.once('close', forget);
  return app;
}

/** The hard way: a polite request would be met with the question what to do about open positions. */
async function end(stage: Stage, app: ChildProcess): Promise<void> {
  const { pid } = app;
  if (pid === undefined || app.exitCode !== null || app.signalCode !== null) return;
  const tree = treeOf(pid) ?? [pid];
  app.kill('SIGKILL');
  // The others notice that their parent is gone; what does not is ended by its number.
  await gone(stage, tree);
  for (const each of tree.filter(isAlive)) process.kill(each, 'SIGKILL');
}

async function gone(stage: Stage, pids: readonly number[]): Promise<void> {
  const deadline = stage.world.mono() + GONE_WITHIN_MS;
  while (pids.some(isAlive) && stage.world.mono() < deadline) {
    await new Promise<void>((resolve) => void stage.world.after(50, resolve));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // There is no such process any more.
    return false;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema says the rest: what is no JSON is no report.
    return null;
  }
}
