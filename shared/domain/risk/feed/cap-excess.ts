import type { InstrumentName } from '../../instrument/instrument.ts';
import { weightOf } from '../lots.ts';
import type { Excess } from '../protection/account-reading.ts';
import type { ContractWeights } from '../rule-parts.ts';

/** Signed contracts held of one instrument, never 0. */
export interface Held {
  readonly instrument: InstrumentName;
  readonly root: string;
  readonly quantity: number;
}

interface Heavy extends Held {
  readonly weight: number;
}

/**
 * What has to be closed so that the positions alone are within a cap, working orders left out: one contract after
 * the other, always of the position that weighs most.
 * @param cap in the unit of the weights
 */
export function capExcess(
  held: readonly Held[],
  weights: ContractWeights,
  cap: number,
): readonly Excess[] {
  let kept: readonly Heavy[] = held.map((one) => ({ ...one, weight: weightOf(weights, one.root) }));
  while (kept.reduce((sum, one) => sum + loadOf(one), 0) > cap) {
    const heaviest = kept.reduce((most, one) => (isHeavier(one, most) ? one : most));
    kept = kept.map((one) => (one === heaviest ? smaller(one) : one));
  }
  return kept.flatMap(({ instrument, quantity }, index) =>
    quantity === held[index]?.quantity ? [] : [{ instrument, keep: quantity }],
  );
}

function loadOf({ quantity, weight }: Heavy): number {
  return Math.abs(quantity) * weight;
}

/** The order in which positions arrived must not decide. */
function isHeavier(a: Heavy, b: Heavy): boolean {
  const more = loadOf(a) - loadOf(b);
  return more === 0 ? a.instrument < b.instrument : more > 0;
}

function smaller(one: Heavy): Heavy {
  return { ...one, quantity: one.quantity - Math.sign(one.quantity) };
}
