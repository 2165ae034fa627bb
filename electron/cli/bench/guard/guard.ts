import { money, MONEY_SCALE } from '../../../../shared/domain/money/money.ts';
import type { PackLibrary } from '../../../risk/pack-library.ts';
import { PACK_DAY, shippedLibrary } from '../../shipped-packs.ts';
import type { Stage } from '../stage.ts';
import { median, rounded } from '../statistics.ts';
import { playCorpus, type BadTickReport } from './bad-ticks/bad-ticks.ts';
import { measureBreachLatency, type BreachLatencyReport } from './breach-latency.ts';
import { evaluate, rulesFor } from './evaluation-speed.ts';
import { measureOvershoot, type OvershootReport } from './overshoot.ts';
import { trialTemplates } from './trial-templates.ts';

export interface GuardReport extends BreachLatencyReport {
  /** Of one account, rules, decision and protection together, on one core. */
  readonly evaluationsPerSec: number | null;
  /** Ticks beyond the trader's own limit after the closing fill, in virtual time over recorded markets. */
  readonly overshootTicksP95: number | null;
  /** The same breaches, looked at every 2.5 s. */
  readonly pollOvershootTicksP95: number | null;
  /** Flattens without a breach, over all bad ticks; must be 0. */
  readonly falseFlattens: number;
  /** True breaches among bad ticks that were not acted on within 250 ms; must be 0. */
  readonly lateBreaches: number;
  readonly overshoot: OvershootReport;
  readonly badTicks: BadTickReport;
}

export interface GuardPlan {
  /** Breaches replayed in virtual time. */
  readonly breaches: number;
  /** Runs of every case of bad ticks. */
  readonly seeds: number;
  /** Marks of one evaluation round. */
  readonly marks: number;
  /** Rounds over a real socket, of at most 20 breaches each. */
  readonly rounds: number;
  readonly roundMs: number;
}

const PLAN: GuardPlan = { breaches: 1_000, seeds: 20, marks: 100_000, rounds: 14, roundMs: 30_000 };
const SHORT_PLAN: GuardPlan = { breaches: 40, seeds: 1, marks: 20_000, rounds: 1, roundMs: 10_000 };
const SPEED_ROUNDS = 3;

/** How fast the guard judges and acts, how far a breach gets, and whether it is fooled. */
export async function measureGuard(
  stage: Stage,
  seed: string,
  plan: GuardPlan = stage.parts.short ? SHORT_PLAN : PLAN,
): Promise<GuardReport> {
  const { note } = stage.parts;
  const library = shippedLibrary(PACK_DAY);
  const pause = (): Promise<void> => stage.wait(0);
  const timed = async <T>(name: string, run: () => Promise<T> | T): Promise<T> => {
    const startedAt = stage.world.mono();
    const result = await run();
    note(`guard: ${name} took ${rounded((stage.world.mono() - startedAt) / 1_000, 1)} s`);
    return result;
  };
  const evaluationsPerSec = await timed('evaluation', () => speed(stage, library, plan.marks));
  const latency = await timed('breach to frame', () => measureBreachLatency(stage, library, plan));
  const { breaches, breachToFrameP50Ms, breachToFrameP99Ms, breachToFrameCpuP99Ms } = latency;
  note(
    `guard: ${breaches} breaches to frame, p50 ${breachToFrameP50Ms} ms, p99 ${breachToFrameP99Ms} ms (processor ${breachToFrameCpuP99Ms} ms)`,
  );
  const overshoot = await timed('overshoot', () =>
    measureOvershoot({ breaches: plan.breaches, seed, library, note, pause }),
  );
  const badTicks = await timed('bad ticks', () =>
    playCorpus({ seed, seeds: plan.seeds, library }, pause),
  );
  return {
    evaluationsPerSec,
    ...latency,
    overshootTicksP95: overshoot.guard.fillTicks.p95,
    pollOvershootTicksP95: overshoot.poll.fillTicks.p95,
    falseFlattens: badTicks.falseFlattens,
    lateBreaches: badTicks.late,
    overshoot,
    badTicks,
  };
}

function speed(stage: Stage, library: PackLibrary, marks: number): number | null {
  const [template] = trialTemplates(library);
  if (template === undefined) return null;
  const rules = rulesFor(library, template);
  const start = money(template.start * MONEY_SCALE);
  const speeds: number[] = [];
  for (let round = 0; round < SPEED_ROUNDS; round += 1) {
    const startedAt = stage.world.mono();
    const judged = evaluate(rules, start, marks);
    if (judged !== marks) throw new Error('An evaluation came to no binding rule.');
    speeds.push((marks * 1_000) / (stage.world.mono() - startedAt));
  }
  return rounded(median(speeds), 0);
}
