import type { EpochMs, MonoMs } from '../../../kernel/clock.ts';
import type { InstrumentName } from '../../instrument/instrument.ts';
import type { FloorDisagreement } from './broker-floor.ts';
import type { DeadlineStage } from './deadline.ts';
import type { Lock, LockBook, UnlockError } from './lock.ts';
import type { Step } from './own-ladder.ts';
import type { LevelReason } from './permission.ts';
import type { ProtectionState } from './protection-state.ts';

/** What is to be done, in this order. None of them ever keeps an exit or a cancel from being sent. */
export type ProtectionAction =
  | { readonly kind: 'lock-entries'; readonly lock: Lock }
  /** `instruments` null: the whole account. */
  | {
      readonly kind: 'flatten';
      readonly instruments: readonly InstrumentName[] | null;
      readonly cause: string;
    }
  | { readonly kind: 'cancel-entries'; readonly orders: readonly string[] }
  /** Reduce-only, down to `keep` signed contracts. */
  | { readonly kind: 'reduce-excess'; readonly instrument: InstrumentName; readonly keep: number }
  | { readonly kind: 'loosen-lock'; readonly lock: Lock }
  | { readonly kind: 'release-lock'; readonly lock: Lock }
  /** The locks have changed and are to be sealed and kept, together with the proven time. */
  | { readonly kind: 'keep-locks'; readonly book: LockBook; readonly provenAt: EpochMs };

export type WithheldAction = 'lock-entries' | 'flatten' | 'cancel-entries' | 'reduce-excess';

export type ProtectionNotice =
  | { readonly kind: 'step'; readonly rule: string; readonly from: Step; readonly to: Step }
  /** The open size, not the loss, has used up the own limit. */
  | { readonly kind: 'size-over-room'; readonly rule: string }
  /** The level, the mode or the firm does not let the desk do it. */
  | {
      readonly kind: 'withheld';
      readonly action: WithheldAction;
      readonly cause: string;
      readonly reasons: readonly LevelReason[];
    }
  | {
      readonly kind: 'deadline';
      readonly id: string;
      readonly stage: DeadlineStage;
      readonly at: EpochMs;
    }
  | { readonly kind: 'figure-held' }
  | { readonly kind: 'figure-unknown'; readonly why: string }
  | ({ readonly kind: 'floor-disagrees'; readonly rule: string } & FloorDisagreement)
  | { readonly kind: 'clock-suspect'; readonly code: string }
  | { readonly kind: 'bypass-order'; readonly order: string; readonly attempts: number }
  | {
      readonly kind: 'bypass-fill';
      readonly fill: string;
      readonly entered: number;
      readonly attempts: number;
    }
  /** The cancel of an entry order is asked for: filled, it would take the account over the rule's cap. */
  | {
      readonly kind: 'over-cap';
      readonly rule: string;
      readonly order: string;
      readonly instrument: InstrumentName;
      /** Signed contracts. */
      readonly quantity: number;
    }
  /** An order from before the lock has filled after it. */
  | { readonly kind: 'late-fill'; readonly fill: string; readonly entered: number }
  | {
      readonly kind: 'unlock-refused';
      readonly lock: string;
      readonly reason: string;
      readonly code: UnlockError['code'];
    }
  | { readonly kind: 'unlock-accepted'; readonly lock: string; readonly reason: string };

export type EntryReason =
  | 'LOCKED'
  | 'CRITICAL'
  | 'NOT_RESTORED'
  | 'FIGURE_SUSPECT'
  | 'FIGURE_UNKNOWN'
  | 'NOT_JUDGED'
  | 'LIMIT_UNKNOWN'
  | 'RULE_UNKNOWN'
  | 'RULE_CLOSES';

/** Whether entries are free. Locks latch; a hold ends with what caused it. */
export interface EntryGate {
  readonly state: 'open' | 'held' | 'locked';
  readonly reasons: readonly EntryReason[];
  /** False where the level lets the desk do no more than tell. */
  readonly isEnforced: boolean;
}

export interface ProtectionOutcome {
  readonly state: ProtectionState;
  readonly actions: readonly ProtectionAction[];
  readonly notices: readonly ProtectionNotice[];
  /** `held`: a rule engine that took the figure in must be put back until it is accepted. */
  readonly figure: 'accepted' | 'held' | 'unknown';
  readonly gate: EntryGate;
  /** When time alone may change something; null for never. */
  readonly wakeAt: MonoMs | null;
}
