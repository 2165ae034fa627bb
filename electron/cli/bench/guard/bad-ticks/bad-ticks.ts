import type { PackLibrary } from '../../../../risk/pack-library.ts';
import type { BadTickCase } from './bad-tick-case.ts';
import { BadTickScene, type BadTickVerdict } from './bad-tick-scene.ts';
import { HARMLESS_CASES } from './harmless-cases.ts';
import { ODD_CASES } from './odd-cases.ts';
import { TRUE_CASES } from './true-cases.ts';

export const BAD_TICK_CASES: readonly BadTickCase[] = [
  ...HARMLESS_CASES,
  ...TRUE_CASES,
  ...ODD_CASES,
];

/** A true breach has to be acted on within this time after the desk was told of it, in milliseconds. */
export const ACTS_WITHIN_MS = 250;
/** A frame's way over the line, there and back, and the finest step of the desk's timers. */
const LINE_MS = 1;

export interface BadTickReport {
  readonly cases: number;
  readonly runs: number;
  /** Flatten frames without a broken limit; must be 0. */
  readonly falseFlattens: number;
  readonly breaches: number;
  /** True breaches that were not acted on in time; must be 0. */
  readonly late: number;
  /** The longest of the others, in virtual milliseconds from the desk's being told. */
  readonly slowestMs: number | null;
}

/** Plays one case; the same seed gives the same. */
export function playBadTicks(
  play: BadTickCase,
  seed: string,
  library: PackLibrary,
): BadTickVerdict {
  return new BadTickScene(play, `${seed}/${play.name}`, library).play(play);
}

/** From the desk's being told of the broken limit to the frame; null when it was never acted on. */
export function reactionMs({ toldAt, breachAt, actedAt }: BadTickVerdict): number | null {
  const since = toldAt ?? breachAt;
  return actedAt === null || since === null ? null : Math.max(0, actedAt - since);
}

export function isInTime(verdict: BadTickVerdict): boolean {
  const took = reactionMs(verdict);
  return verdict.breachAt === null || (took !== null && took <= ACTS_WITHIN_MS + LINE_MS);
}

/** Plays every case with so many seeds. */
export async function playCorpus(
  {
    seed,
    seeds,
    library,
  }: { readonly seed: string; readonly seeds: number; readonly library: PackLibrary },
  pause: () => Promise<void>,
): Promise<BadTickReport> {
  const verdicts: BadTickVerdict[] = [];
  for (const play of BAD_TICK_CASES) {
    for (let n = 0; n < seeds; n += 1) {
      verdicts.push(playBadTicks(play, `${seed}/${n}`, library));
      await pause();
    }
  }
  const inTime = verdicts.filter((one) => one.breachAt !== null && isInTime(one)).map(reactionMs);
  return {
    cases: BAD_TICK_CASES.length,
    runs: verdicts.length,
    falseFlattens: verdicts.reduce((sum, { falseFlattens }) => sum + falseFlattens, 0),
    breaches: verdicts.filter(({ breachAt }) => breachAt !== null).length,
    late: verdicts.filter((one) => !isInTime(one)).length,
    slowestMs: inTime.reduce<number | null>((most, ms) => Math.max(most ?? 0, ms ?? 0), null),
  };
}
