import type { EpochMs } from '../../kernel/clock.ts';
import type { AccountName } from '../account/account.ts';
import type { GuardLimits } from './limits.ts';

/** Limits of one account as the desk wants them. */
export interface WantedLimits extends GuardLimits {
  readonly since: EpochMs;
  /** `adopted`: found at the AddOn, which held more than this desk knew of. */
  readonly origin: 'trader' | 'adopted';
}

/** The whole guard from now on; the next one replaces it. */
export interface GuardWanted {
  readonly kind: 'guard.wanted';
  /** Rises with every change, above every revision that the AddOn was ever heard to hold. */
  readonly revision: number;
  readonly accounts: readonly WantedLimits[];
  /** `reconciled`: what was wanted and what the AddOn held became one, the tighter of both. */
  readonly cause: 'asked' | 'reconciled';
  /** Accounts whose limits are others than before. */
  readonly changed: readonly AccountName[];
}

/** The guard that the AddOn says it holds. */
export interface GuardReported {
  readonly kind: 'guard.reported';
  readonly seq: number;
  readonly revision: number;
  readonly enforcing: boolean;
  readonly accounts: readonly GuardLimits[];
}
