import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import { tightestOf, unlimited, type GuardLimits } from '../../shared/domain/guard/limits.ts';
import {
  compareEnds,
  endInstant,
  type LockBook,
} from '../../shared/domain/risk/protection/lock.ts';
import type { RiskDesk } from '../engine/ports.ts';

type LockPart = Pick<GuardLimits, 'entriesLocked' | 'lockedUntil' | 'reason'>;

const NO_LOCK: LockPart = { entriesLocked: false, lockedUntil: null, reason: '' };

/** Brings the locks of the accounts to the guard that the AddOn enforces, and takes off only what it brought. */
export class GuardMirror {
  readonly #guard: RiskDesk['guard'];
  readonly #mine = new Map<AccountName, LockPart>();

  constructor(guard: RiskDesk['guard']) {
    this.#guard = guard;
  }

  /** Has the guard hold what the book holds; what others locked longer stays. */
  show(account: AccountName, book: LockBook, now: EpochMs): void {
    const lock = lockOf(book, now);
    const held = this.#guard.wanted().find((limits) => limits.account === account);
    const base = held ?? unlimited(account);
    const mine = this.#mine.get(account);
    const others = mine !== undefined && isSameLock(mine, base) ? { ...base, ...NO_LOCK } : base;
    const next = tighter(others, { ...unlimited(account), ...lock });
    if (lock.entriesLocked) this.#mine.set(account, lock);
    else this.#mine.delete(account);
    if (isSameLock(next, base) && held !== undefined) return;
    if (isEmpty(next)) {
      if (held !== undefined) this.#guard.clear(account);
    } else {
      this.#guard.set(next);
    }
  }
}

/** All locks as one: the longest end, with its reason. */
function lockOf({ locks }: LockBook, now: EpochMs): LockPart {
  const longest = locks.toSorted((a, b) => compareEnds(b.end, a.end))[0];
  if (longest === undefined) return NO_LOCK;
  const lockedUntil = endInstant(longest.end);
  if (lockedUntil !== null && lockedUntil <= now) return NO_LOCK;
  return { entriesLocked: true, lockedUntil, reason: longest.reason };
}

function tighter(a: GuardLimits, b: GuardLimits): GuardLimits {
  return tightestOf([a], [b])[0] ?? b;
}

function isSameLock(a: LockPart, b: LockPart): boolean {
  return a.entriesLocked === b.entriesLocked && a.lockedUntil === b.lockedUntil;
}

function isEmpty({ entriesLocked, maxContracts, hardFloor }: GuardLimits): boolean {
  return !entriesLocked && maxContracts === null && hardFloor === null;
}
