import type { Fault } from '../../../../../shared/simulation/faults/fault-script.ts';
import type { BadTickScene } from './bad-tick-scene.ts';

/** One kind of nonsense that a platform reports, and what the guard has to make of it. */
export interface BadTickCase {
  /** Completes "the guard is told ...". */
  readonly name: string;
  /** How far the market stands against the position, in ticks from its best, `ms` after the trouble began. */
  readonly market: (ms: number) => number;
  /** Faults of the simulation, at times after the trouble began. */
  readonly faults?: readonly Fault[];
  /** Called when the trouble begins. */
  readonly trouble?: (scene: BadTickScene) => void;
  /** Whether the limit is really broken, which has to be acted on; otherwise nothing may be flattened. */
  readonly expects: 'nothing' | 'flatten';
}

/** The own limit in ticks of the position; every market is told in relation to it. */
export const OWN_LIMIT_TICKS = 20;

/** A loss that the limit allows. */
const DIP_TICKS = 12;
/** A loss far over the limit and far from the firm's floor. */
const FALL_TICKS = 30;

/** The market stands at its best. */
export function calm(): number {
  return 0;
}

/** A harmless loss between 500 ms and 4 s. */
export function dip(ms: number): number {
  return ms >= 500 && ms < 4_000 ? DIP_TICKS : 0;
}

/** From 1 s on a tick every 100 ms, until well beyond the limit. */
export function slide(ms: number): number {
  return Math.max(0, Math.min(FALL_TICKS, Math.floor((ms - 1_000) / 100)));
}

/** At 1 s beyond the limit in one step. */
export function gap(ms: number): number {
  return ms >= 1_000 ? FALL_TICKS : 0;
}
