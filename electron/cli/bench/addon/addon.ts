import {
  runFlattenTrials,
  type TrialReport,
} from '../ninjatrader/flatten-trials/flatten-trials.ts';
import { ADDON_VARIABLE, HOST_VARIABLE } from '../ninjatrader/ninjatrader-host.ts';
import type { Stage } from '../stage.ts';
import { rounded } from '../statistics.ts';
import { measureHandlers, type HandlerReport } from './handlers.ts';
import { measureSpeed, type SpeedReport } from './speed.ts';

export interface AddonReport extends SpeedReport, HandlerReport {
  readonly flattenRuns: number;
  readonly flattenConfirmed: number;
  readonly flattenAlarmed: number;
  /** Must be 0. */
  readonly flattenWrong: number;
  /** Press to proof, the ten-second watch included. */
  readonly flattenP50Ms: number | null;
  readonly flattenP95Ms: number | null;
  /** How they ended by kind of trouble, and by what happened to all of a batch. */
  readonly flattenKinds: TrialReport['kinds'];
  readonly flattenDisruptions: TrialReport['disruptions'];
  readonly seconds: number;
}

const FLATTENS = { runs: 500, batchSize: 25, sideBySide: 5 };
const SHORT_FLATTENS = { runs: 50, batchSize: 15, sideBySide: 6 };

/** Whether a compiled stand-in for NinjaTrader is there, as `npm run bench` sees to. */
export function isAddonAtHand(): boolean {
  return [HOST_VARIABLE, ADDON_VARIABLE].every((name) => process.env[name] !== undefined);
}

/** The AddOn on Mono against this desk: how fast, how gentle to NinjaTrader, and whether its flattens are true. */
export async function measureAddon(stage: Stage, seed: string): Promise<AddonReport> {
  const { short, note } = stage.parts;
  const beganAt = stage.world.mono();
  const elapsed = (): number => rounded((stage.world.mono() - beganAt) / 1_000, 1);
  const speed = await measureSpeed(stage);
  note(`addon: speed done after ${elapsed()} s`);
  const handlers = await measureHandlers(stage);
  note(`addon: handlers done after ${elapsed()} s`);
  const trials = await runFlattenTrials({
    ...(short ? SHORT_FLATTENS : FLATTENS),
    seed,
    folder: () => stage.folder('addon-flatten'),
    onOpen: (close) => stage.onClose(close),
    onVerdict: ({ outcome, wrongs, ...verdict }) => {
      if (outcome === 'wrong') note(`addon: ${verdict.seed} ${JSON.stringify(wrongs)}`);
    },
    onViolation: ({ kind, detail }) => note(`addon: ${kind}, ${detail}`),
  });
  note(`addon: ${trials.runs} flattens done after ${elapsed()} s`);
  return {
    ...speed,
    ...handlers,
    violations: handlers.violations + trials.violations,
    slowHandlers: handlers.slowHandlers + trials.slow,
    flattenRuns: trials.runs,
    flattenConfirmed: trials.confirmed,
    flattenAlarmed: trials.alarmed,
    flattenWrong: trials.wrong,
    flattenP50Ms: trials.p50Ms,
    flattenP95Ms: trials.p95Ms,
    flattenKinds: trials.kinds,
    flattenDisruptions: trials.disruptions,
    seconds: elapsed(),
  };
}
