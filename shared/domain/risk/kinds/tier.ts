import type { Money } from '../../money/money.ts';
import type { Tiers } from '../rule-parts.ts';

/** The value of the tier that a profit is in. Below all thresholds it is the first one; null without tiers. */
export function tierValue<T>(tiers: Tiers<T>, profit: Money): T | null {
  const met = tiers.steps.filter(({ profit: threshold }) =>
    tiers.operator === '>=' ? profit >= threshold : profit > threshold,
  );
  return (met.at(-1) ?? tiers.steps[0])?.value ?? null;
}

/** The number of the tier from 1, as the firms count their levels. */
export function tierLevel<T>(tiers: Tiers<T>, profit: Money): number {
  const met = tiers.steps.filter(({ profit: threshold }) =>
    tiers.operator === '>=' ? profit >= threshold : profit > threshold,
  );
  return Math.max(1, met.length);
}
