import { money, type Money } from '../../money/money.ts';
import { FIGURE_POLICY, type FigurePolicy } from './figure-trust.ts';
import { OWN_LADDER, type OwnLadder } from './own-ladder.ts';
import { SAFETY, type OwnLimitPolicy } from './own-limit.ts';
import type { ProtectionStanding } from './permission.ts';

/** How one account is protected. */
export interface ProtectionSettings {
  readonly standing: ProtectionStanding;
  readonly ownLimit: OwnLimitPolicy;
  readonly ladder: OwnLadder;
  readonly figure: FigurePolicy;
  /** Distance between the computed and the broker's floor that is not worth telling. */
  readonly floorTolerance: Money;
  /** Attempts to get around a lock after which it stands until the next session; null for never. */
  readonly attemptLimit: number | null;
  /** Milliseconds after which an action that nothing came of is asked for again. */
  readonly retryMs: number;
}

/** What an account begins with; only the standing is its own. */
export const PROTECTION_DEFAULTS: Omit<ProtectionSettings, 'standing'> = {
  ownLimit: {
    safety: SAFETY.balanced,
    reserve: { amount: money(0), ticks: 8, assumedTicks: 16 },
  },
  ladder: OWN_LADDER,
  figure: FIGURE_POLICY,
  floorTolerance: money(10_000),
  attemptLimit: 3,
  retryMs: 5_000,
};
