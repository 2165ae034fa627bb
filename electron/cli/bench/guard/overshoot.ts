import type { PackLibrary } from '../../../risk/pack-library.ts';
import { percentile, rounded } from '../statistics.ts';
import { drawBreach, type Pool } from './breach-draw.ts';
import { playBreach, type BreachMeasured, type Overshoot } from './breach-trial.ts';
import { generatedTapes, recordedTapes } from './tapes.ts';
import { trialTemplates } from './trial-templates.ts';

const TELL_EVERY = 100;

/** How a figure is spread over all breaches; null without a single one. */
export interface Spread {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

/** What one way of guarding came to. Ticks are of the whole position, beyond the own limit's level of equity. */
export interface OvershootSpread {
  readonly frameTicks: Spread;
  readonly fillTicks: Spread;
  /** Virtual milliseconds from the breach in the broker's books to the flatten frame. */
  readonly tookMs: Spread;
  /** For how long the books had stood clearly beyond the limit, by more than the spread, when the frame left. */
  readonly beyondMs: Spread;
  /** Breaches that were never acted on. */
  readonly unacted: number;
  /** Trials in which the firm's floor was touched. */
  readonly floorsTouched: number;
}

export interface OvershootReport {
  readonly data: 'recorded' | 'generated';
  readonly breaches: number;
  /** Trials that were drawn anew, as the market never reached the limit. */
  readonly notReached: number;
  /** What one update of the data alone went beyond the level: less cannot be had. */
  readonly jumpTicks: Spread;
  readonly guard: OvershootSpread;
  /** The same breaches, looked at every 2.5 s. */
  readonly poll: OvershootSpread;
  /** Of the guard's flattens, those that were not proven or left something open. */
  readonly notFlat: number;
}

export interface OvershootTerms {
  readonly breaches: number;
  readonly seed: string;
  readonly library: PackLibrary;
  readonly note: (line: string) => void;
  /** Lets the event loop turn between two trials. */
  readonly pause: () => Promise<void>;
  readonly onMeasured?: (n: number, measured: BreachMeasured) => void;
}

/** Plays breaches until so many were measured. */
export async function measureOvershoot(terms: OvershootTerms): Promise<OvershootReport> {
  const { breaches, seed, library, note, pause, onMeasured } = terms;
  const recorded = recordedTapes(seed);
  if (recorded === null) {
    note('guard: NO recorded market beside the checkout; the breaches come from a generated one');
  }
  const tapes = recorded ?? generatedTapes(seed);
  const pool: Pool = { tapes, templates: trialTemplates(library) };
  const measured: BreachMeasured[] = [];
  let drawn = 0;
  // Nothing reaches its limit where nobody guards: a run without end would hide that.
  for (; measured.length < breaches && drawn < breaches * 3 + tapes.length; drawn += 1) {
    const verdict = playBreach(drawBreach(seed, drawn, pool), library);
    await pause();
    if (verdict === 'not reached') continue;
    onMeasured?.(drawn, verdict);
    measured.push(verdict);
    if (measured.length % TELL_EVERY === 0)
      note(`guard: ${measured.length} of ${breaches} breaches`);
  }
  return {
    data: recorded === null ? 'generated' : 'recorded',
    breaches: measured.length,
    notReached: drawn - measured.length,
    jumpTicks: spreadOf(measured.flatMap(({ jump }) => (jump === null ? [] : [jump]))),
    guard: {
      ...overshootOf(measured.map(({ guard }) => guard)),
      floorsTouched: measured.filter(({ guardTouchedFloor }) => guardTouchedFloor).length,
    },
    poll: {
      ...overshootOf(measured.map(({ poll }) => poll)),
      floorsTouched: measured.filter(({ pollTouchedFloor }) => pollTouchedFloor).length,
    },
    notFlat: measured.filter(({ isFlat }) => !isFlat).length,
  };
}

function overshootOf(all: readonly (Overshoot | null)[]): Omit<OvershootSpread, 'floorsTouched'> {
  const acted = all.filter((one) => one !== null);
  return {
    frameTicks: spreadOf(acted.map(({ frame }) => frame)),
    fillTicks: spreadOf(acted.map(({ fill }) => fill)),
    tookMs: spreadOf(acted.map(({ tookMs }) => tookMs)),
    beyondMs: spreadOf(acted.map(({ beyondMs }) => beyondMs)),
    unacted: all.length - acted.length,
  };
}

function spreadOf(samples: readonly number[]): Spread {
  const at = (share: number): number | null => rounded(percentile(samples, share));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
