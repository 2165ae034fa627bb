import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import { nextSession, type LockBook } from '../../shared/domain/risk/protection/lock.ts';
import { adoptHold, type Hold } from '../../shared/domain/risk/protection/lock-evidence.ts';
import type { ProtectionEvent } from '../../shared/domain/risk/protection/protection-event.ts';
import type { SessionFacts } from '../../shared/domain/risk/protection/session-facts.ts';
import type { RiskDesk } from '../engine/ports.ts';
import { restoreText } from './guard-wording.ts';
import type { LockKeeper } from './lock-keeper.ts';

export interface LockFinderParts {
  readonly desk: Pick<RiskDesk, 'clock' | 'guard' | 'keep'>;
  readonly locks: LockKeeper;
  readonly session: (at: EpochMs) => SessionFacts;
}

type FoundLocks = Extract<ProtectionEvent, { kind: 'restored' }>;

/** Finds which locks stand, at a start and when the AddOn reports, and tells what was amiss. */
export class LockFinder {
  readonly #parts: LockFinderParts;

  constructor(parts: LockFinderParts) {
    this.#parts = parts;
  }

  /** The locks that stand by all that journal, second place and AddOn say. */
  atStart(account: AccountName): FoundLocks {
    const { locks, session } = this.#parts;
    const now = this.#parts.desk.clock.wall();
    const hold = this.#heldByAddOn(account);
    const at = { now, lockUntil: nextSession(session(now)) };
    const { book, faults } = locks.restore(account, hold === null ? null : { hold }, at);
    if (faults.length > 0) this.#tell(account, restoreText(faults));
    return { kind: 'restored', book, isKept: faults.length === 0 };
  }

  /** What the AddOn holds beyond a book; null when that is nothing. */
  beyond(account: AccountName, book: LockBook): FoundLocks | null {
    const hold = this.#heldByAddOn(account);
    if (hold === null) return null;
    const joined = adoptHold(account, book, { hold, now: this.#parts.desk.clock.wall() });
    if (joined === book) return null;
    this.#tell(account, restoreText(['LOOSER_THAN_ADDON']));
    return { kind: 'restored', book: joined, isKept: false };
  }

  /**
   * A lock that the AddOn told of and this desk had not asked for. One that had ended by the last proven time is
   * none; the PC's clock ends none here.
   */
  #heldByAddOn(account: AccountName): Hold | null {
    const { desk, locks } = this.#parts;
    const held = desk.guard.wanted().find((limits) => limits.account === account);
    if (held?.origin !== 'adopted' || !held.entriesLocked) return null;
    const { lockedUntil, reason } = held;
    const proven = locks.provenAt(account) ?? desk.clock.wall();
    if (lockedUntil !== null && lockedUntil <= proven) return null;
    const end = lockedUntil === null ? { kind: 'open' } : { kind: 'instant', at: lockedUntil };
    return { end: end as Hold['end'], reason, keepsFlat: false, mayLoosen: true };
  }

  #tell(account: AccountName, text: string): void {
    const { clock, keep } = this.#parts.desk;
    const stamp = { wall: clock.wall(), mono: clock.mono() };
    keep({ kind: 'risk.told', account, severity: 'critical', text }, stamp);
  }
}
