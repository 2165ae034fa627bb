import { money, type Money } from '../../money/money.ts';

/** The room to the trailing floor from two sides, reconciled. */
export interface ReconciledRoom {
  /** The tighter of what is known; null when neither is. */
  readonly room: Money | null;
  readonly by: 'both' | 'computed' | 'broker' | 'nobody';
  /** Both figures when they are further apart than the tolerance. */
  readonly disagreement: FloorDisagreement | null;
}

export interface FloorDisagreement {
  readonly computed: Money;
  readonly broker: Money;
  /** Broker less computed: negative when the broker leaves less. */
  readonly difference: Money;
}

/** Takes the tighter of the computed room and the broker's remaining drawdown. */
export function reconcileRoom(
  computed: Money | null,
  broker: Money | null,
  tolerance: Money,
): ReconciledRoom {
  if (computed === null || broker === null) {
    const room = computed ?? broker;
    const by = computed !== null ? 'computed' : broker !== null ? 'broker' : 'nobody';
    return { room, by, disagreement: null };
  }
  const difference = money(broker - computed);
  if (Math.abs(difference) <= tolerance) {
    return { room: money(Math.min(broker, computed)), by: 'both', disagreement: null };
  }
  const by = broker < computed ? 'broker' : 'computed';
  const disagreement = { computed, broker, difference };
  return { room: money(Math.min(broker, computed)), by, disagreement };
}
