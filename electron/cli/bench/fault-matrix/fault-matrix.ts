import { drawScenario } from './scenario.ts';
import { runTrial, type Verdict } from './trial.ts';

export interface FaultMatrixTerms {
  readonly runs: number;
  /** The same seed gives the same matrix. */
  readonly seed: string;
  /** Called for every verdict, with what is needed to run that scenario again. */
  readonly onVerdict?: (n: number, verdict: Verdict) => void;
}

export interface FaultMatrixReport {
  readonly runs: number;
  readonly confirmed: number;
  readonly alarmed: number;
  /** Must be 0. */
  readonly wrong: number;
  /** Press to proof of flat, the ten-second watch included, in virtual milliseconds; null without a proof. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

/** Flattens under drawn faults and counts how they ended. */
export function runFaultMatrix({ runs, seed, onVerdict }: FaultMatrixTerms): FaultMatrixReport {
  const counts = { confirmed: 0, alarmed: 0, wrong: 0 };
  const times: number[] = [];
  for (let n = 0; n < runs; n += 1) {
    const verdict = runTrial(drawScenario(seed, n));
    counts[verdict.outcome] += 1;
    if (verdict.tookMs !== null) times.push(verdict.tookMs);
    onVerdict?.(n, verdict);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number | null =>
    times[Math.min(times.length - 1, Math.ceil(share * times.length) - 1)] ?? null;
  return { runs, ...counts, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
