import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { SystemClock } from '../../platform/system-clock.ts';
import { isAddonAtHand, measureAddon } from '../bench/addon/addon.ts';
import { measureBridge } from '../bench/bridge-throughput.ts';
import { measureEngine } from '../bench/engine-speed.ts';
import { runFaultMatrix } from '../bench/fault-matrix/fault-matrix.ts';
import { measureFlatten } from '../bench/flatten-latency.ts';
import { measureGuard } from '../bench/guard/guard.ts';
import { measureLaunch } from '../bench/launch.ts';
import { goalsOf, MEASUREMENTS, type BenchReport, type Measurement } from '../bench/report.ts';
import { soak } from '../bench/soak.ts';
import { Stage, type ElectronAtHand } from '../bench/stage.ts';
import { rounded } from '../bench/statistics.ts';
import { tableOf } from '../bench/table.ts';
import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { parseWords, toggle } from '../words.ts';

const USAGE = `Use: apex bench [--only ${MEASUREMENTS.join(',')}] [--short] [--soak-seconds <n>] [--seed <text>] [--json]`;
const SOAK_SECONDS = 600;
const SHORT_SOAK_SECONDS = 20;
const FAULT_RUNS = 1_000;
const SHORT_FAULT_RUNS = 100;

const FLAGS = {
  only: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(MEASUREMENTS)).min(1))
    .optional(),
  short: toggle,
  seed: z.string().min(1).max(64).optional(),
  soakSeconds: z.coerce.number().int().min(5).max(86_400).optional(),
  json: toggle,
};

interface Wishes {
  readonly only: readonly Measurement[];
  readonly soakSeconds: number;
  /** Of the drawn troubles: another one draws others. */
  readonly seed: string;
}

/** `apex bench`: measures this build on this machine, over loopback, in a folder of its own. Exits 1 when a goal is missed. */
export const bench: HeadlessCommand = async (words, terminal) => {
  const parsed = parseWords(words, FLAGS);
  if (!parsed.ok) {
    terminal.note(`${parsed.error}. ${USAGE}`);
    return EXIT.usage;
  }
  const { only = MEASUREMENTS, short, json, seed = 'bench' } = parsed.value.flags;
  const { soakSeconds = short ? SHORT_SOAK_SECONDS : SOAK_SECONDS } = parsed.value.flags;
  const folder = mkdtempSync(join(tmpdir(), 'enigma-apex-bench-'));
  const stage = new Stage({
    folder,
    short,
    world: new SystemClock(),
    simulator: join(import.meta.dirname, '..', 'simulator', 'main.js'),
    electron: electronAtHand(),
    note: (line) => terminal.note(line),
  });
  try {
    const interrupted = terminal.interrupted.then(() => null);
    const report = await Promise.race([measure(stage, { only, soakSeconds, seed }), interrupted]);
    if (report === null) return EXIT.failed;
    tell(report, json, terminal);
    return goalsOf(report).every(({ met }) => met) ? EXIT.done : EXIT.failed;
  } finally {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

async function measure(stage: Stage, { only, soakSeconds, seed }: Wishes): Promise<BenchReport> {
  const { short, note, electron } = stage.parts;
  const wanted = async <T>(name: Measurement, run: () => T | Promise<T>): Promise<T | null> => {
    if (!only.includes(name)) return null;
    note(`${name} ...`);
    return run();
  };
  const [processor] = cpus();
  return {
    at: new Date(stage.world.wall()).toISOString(),
    machine: {
      platform: process.platform,
      processors: cpus().length,
      model: processor?.model ?? 'unknown',
      node: process.versions.node,
      load: rounded(loadavg()[0] ?? 0),
    },
    short,
    bridge: await wanted('bridge', () => measureBridge(stage)),
    soak: await wanted('soak', () => soak(stage, soakSeconds)),
    flatten: await wanted('flatten', () => measureFlatten(stage)),
    launch: electron === null ? null : await wanted('launch', () => measureLaunch(stage, electron)),
    faults: await wanted('faults', () =>
      runFaultMatrix({ runs: short ? SHORT_FAULT_RUNS : FAULT_RUNS, seed }),
    ),
    engine: await wanted('engine', () => measureEngine(stage)),
    addon: isAddonAtHand() ? await wanted('addon', () => measureAddon(stage, seed)) : null,
    guard: await wanted('guard', () => measureGuard(stage, seed)),
  };
}

function tell(report: BenchReport, json: boolean, terminal: Terminal): void {
  if (json) terminal.out(JSON.stringify(report));
  else for (const line of tableOf(report)) terminal.out(line);
}

/** `npm run bench` puts an Electron and a desktop at hand; without them the launch is not measured. */
function electronAtHand(): ElectronAtHand | null {
  const executable = process.env['ENIGMA_APEX_TEST_ELECTRON'];
  const app = join(import.meta.dirname, '..', '..');
  const isSandboxed = process.env['ENIGMA_APEX_TEST_SANDBOX'] === 'on';
  if (executable === undefined || !isSandboxed || !existsSync(join(app, 'package.json')))
    return null;
  return { executable, app };
}
