import type { Random } from '../random.ts';

/** A delay between its two ends, in milliseconds. */
export type Delay = readonly [number, number];

/** How long each leg of an order's way takes. */
export interface Latency {
  readonly toBroker: Delay;
  readonly toExchange: Delay;
  readonly cancelSubmit: Delay;
  readonly cancelConfirm: Delay;
  readonly change: Delay;
  /** From the execution to the position update. */
  readonly position: Delay;
  /** From the position update to the account items. */
  readonly items: Delay;
  /** From the entry's fill to the bracket's submission. */
  readonly bracket: Delay;
}

/** A local simulation over a good line. */
export const USUAL_LATENCY: Latency = {
  toBroker: [3, 12],
  toExchange: [4, 18],
  cancelSubmit: [2, 8],
  cancelConfirm: [10, 45],
  change: [8, 30],
  position: [15, 20],
  items: [1, 4],
  bracket: [20, 90],
};

/** Everything at once; for floods and for tests of rules that have nothing to do with time. */
export const NO_LATENCY: Latency = {
  toBroker: [0, 0],
  toExchange: [0, 0],
  cancelSubmit: [0, 0],
  cancelConfirm: [0, 0],
  change: [0, 0],
  position: [0, 0],
  items: [0, 0],
  bracket: [0, 0],
};

export function drawDelay(delay: Delay, random: Random): number {
  return delay[0] + random.next() * (delay[1] - delay[0]);
}
