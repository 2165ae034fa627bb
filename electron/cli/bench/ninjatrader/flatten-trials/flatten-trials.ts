import { percentile, rounded } from '../../statistics.ts';
import { isOfTime, type Violation } from '../host-answers.ts';
import { playBatch, type Verdict } from './batch.ts';
import { drawRun } from './draw.ts';
import type { BatchPlan } from './trial.ts';

export interface TrialTerms {
  readonly runs: number;
  /** Trials that share one NinjaTrader, at most. */
  readonly batchSize: number;
  /** Batches that are played at the same time. */
  readonly sideBySide: number;
  readonly seed: string;
  /** Gives an empty folder for a batch. */
  readonly folder: () => string;
  /** Told how to end a batch that is broken off; gives the function that forgets it again. */
  readonly onOpen?: (close: () => Promise<void>) => () => void;
  readonly onVerdict?: (verdict: Verdict) => void;
  readonly onViolation?: (violation: Violation) => void;
}

export interface TrialReport {
  readonly runs: number;
  readonly confirmed: number;
  readonly alarmed: number;
  /** Must be 0. */
  readonly wrong: number;
  /** What the AddOn did that NinjaTrader forbids; must be 0. How long its handlers took is told apart. */
  readonly violations: number;
  readonly slow: number;
  /** Press to proof of flat, the ten-second watch included; null without a proof. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** By kind of trial, and by what happened to its batch: confirmed, alarmed and wrong. */
  readonly kinds: Readonly<Record<string, Ends>>;
  readonly disruptions: Readonly<Record<string, Ends>>;
}

export type Ends = readonly [confirmed: number, alarmed: number, wrong: number];

/** Flattens through the AddOn under drawn troubles, judged by the broker's books, and how they ended. */
export async function runFlattenTrials(terms: TrialTerms): Promise<TrialReport> {
  const { runs, seed, batchSize, sideBySide } = terms;
  const waiting = [...drawRun(seed, runs, batchSize)];
  const verdicts: Verdict[] = [];
  const violations: Violation[] = [];
  const playNext = async (): Promise<void> => {
    for (let plan = waiting.shift(); plan !== undefined; plan = waiting.shift()) {
      const result = await playOne(plan, terms);
      verdicts.push(...result.verdicts);
      violations.push(...result.violations);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, playNext));
  const times = verdicts.flatMap(({ tookMs }) => (tookMs === null ? [] : [tookMs]));
  return {
    runs: verdicts.length,
    confirmed: count(verdicts, 'confirmed'),
    alarmed: count(verdicts, 'alarmed'),
    wrong: count(verdicts, 'wrong'),
    violations: violations.filter((each) => !isOfTime(each)).length,
    slow: violations.filter(isOfTime).length,
    p50Ms: rounded(percentile(times, 0.5), 0),
    p95Ms: rounded(percentile(times, 0.95), 0),
    kinds: endsBy(verdicts, ({ kind }) => kind),
    disruptions: endsBy(verdicts, ({ disruption }) => disruption),
  };
}

function endsBy(
  verdicts: readonly Verdict[],
  nameOf: (verdict: Verdict) => string,
): Readonly<Record<string, Ends>> {
  const names = [...new Set(verdicts.map(nameOf))].sort();
  return Object.fromEntries(
    names.map((name) => {
      const own = verdicts.filter((verdict) => nameOf(verdict) === name);
      return [name, [count(own, 'confirmed'), count(own, 'alarmed'), count(own, 'wrong')]];
    }),
  );
}

function count(verdicts: readonly Verdict[], wanted: Verdict['outcome']): number {
  return verdicts.filter(({ outcome }) => outcome === wanted).length;
}

async function playOne(
  plan: BatchPlan,
  { folder, onOpen, onVerdict, onViolation }: TrialTerms,
): Promise<Awaited<ReturnType<typeof playBatch>>> {
  const result = await playBatch(plan, folder(), onOpen);
  for (const verdict of result.verdicts) onVerdict?.(verdict);
  for (const violation of result.violations) onViolation?.(violation);
  return result;
}
