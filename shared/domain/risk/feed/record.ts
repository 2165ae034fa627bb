import type { EpochMs } from '../../../kernel/clock.ts';
import type { AccountName } from '../../account/account.ts';
import type { RiskState } from '../engine.ts';
import type { RiskEvent } from '../event.ts';
import type { OwnRule, OwnRulesChoice } from '../own-rule.ts';
import type { KeptProtection } from '../protection/kept-protection.ts';
import type { LockBook } from '../protection/lock.ts';
import type { ProtectionLevel } from '../protection/permission.ts';
import type { CoursePoint, VerdictMoment } from './day-course.ts';

/** How far the desk may act for an account, from an instant on. */
export interface ProtectionChoice {
  readonly from: EpochMs;
  readonly level: ProtectionLevel;
  /** Share of the firm's room that may be used, in parts per thousand. */
  readonly safety: number;
  /** The trader wants the level although the firm forbids it or does not tell. */
  readonly insists: boolean;
  readonly reason: string;
}

/** All that the rule engine knows of an account, without the instant that it is in. */
export type KeptRisk = Pick<RiskState, 'book' | 'rules' | 'runs'>;

/** One state of an account's locks, linked to the state before it by its seal. */
export interface LocksSealed {
  readonly account: AccountName;
  readonly book: LockBook;
  /** The proven time at the change. */
  readonly provenAt: EpochMs;
  /** Empty for the first. */
  readonly previousSeal: string;
  readonly seal: string;
}

/** What the journal keeps of the guard over one account. */
export type RiskRecord =
  | {
      readonly kind: 'protection.chosen';
      readonly account: AccountName;
      readonly choice: ProtectionChoice;
    }
  | {
      readonly kind: 'own-rules.chosen';
      readonly account: AccountName;
      readonly choice: OwnRulesChoice;
    }
  /** The state under the rules of a content hash; the events after it lead on from here. */
  | {
      readonly kind: 'risk.kept';
      readonly account: AccountName;
      readonly content: string;
      /** The trader's own rules beside them; absent without any. */
      readonly own?: readonly OwnRule[];
      readonly core: KeptRisk;
    }
  | { readonly kind: 'risk.taken'; readonly account: AccountName; readonly event: RiskEvent }
  /** Some seconds of a day's course, which no verdict rests on: the window shows it. */
  | {
      readonly kind: 'risk.course';
      readonly account: AccountName;
      readonly day: string;
      readonly points: readonly CoursePoint[];
      readonly moments: readonly VerdictMoment[];
    }
  /** What protection has to know after a restart, beside the locks. */
  | {
      readonly kind: 'protection.kept';
      readonly account: AccountName;
      readonly kept: KeptProtection;
    }
  | { readonly kind: 'locks.kept'; readonly account: AccountName; readonly sealed: LocksSealed }
  /** A sentence for the trader. */
  | {
      readonly kind: 'risk.told';
      readonly account: AccountName;
      readonly severity: 'info' | 'notice' | 'warning' | 'critical';
      readonly text: string;
    };
