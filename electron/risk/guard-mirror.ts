import type { MonoMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import { money, type Money } from '../../shared/domain/money/money.ts';
import { tightestOf, unlimited, type GuardLimits } from '../../shared/domain/guard/limits.ts';
import {
  compareEnds,
  endInstant,
  type LockBook,
} from '../../shared/domain/risk/protection/lock.ts';
import type { RiskDesk } from '../engine/ports.ts';

const FLOOR_MS = 5_000;

type LockPart = Pick<GuardLimits, 'entriesLocked' | 'lockedUntil' | 'reason'>;

const NO_LOCK: LockPart = { entriesLocked: false, lockedUntil: null, reason: '' };

/** Brings the locks of the accounts to the guard that the AddOn enforces, and takes off only what it brought. */
export class GuardMirror {
  readonly #guard: Pick<RiskDesk['guard'], 'wanted' | 'set' | 'clear'>;
  readonly #mine = new Map<AccountName, LockPart>();
  readonly #floors = new Map<AccountName, { readonly floor: Money; readonly at: MonoMs }>();
  readonly #onRefusal: (account: AccountName, code: string) => void;
  /** Why the last limits of an account were refused; a floor is brought again every few seconds. */
  readonly #refused = new Map<AccountName, string>();

  constructor(
    guard: Pick<RiskDesk['guard'], 'wanted' | 'set' | 'clear'>,
    onRefusal: (account: AccountName, code: string) => void,
  ) {
    this.#guard = guard;
    this.#onRefusal = onRefusal;
  }

  /**
   * Has the AddOn flatten at the firm's floor while the app is away; null takes back what was brought. A floor that
   * rises is brought at most every few seconds.
   */
  showFloor(account: AccountName, floor: Money | null, now: MonoMs): void {
    const held = this.#guard.wanted().find((limits) => limits.account === account);
    const base = held ?? unlimited(account);
    const mine = this.#floors.get(account);
    if (floor === null) {
      this.#floors.delete(account);
      if (mine === undefined || base.hardFloor !== mine.floor) return;
      return this.#put({ ...base, hardFloor: null, flattenAtFloor: false });
    }
    const isMine = mine !== undefined && mine.floor === base.hardFloor;
    // Only what was brought here may be lowered, as by other rules.
    const hardFloor = isMine ? floor : money(Math.max(floor, base.hardFloor ?? floor));
    if (base.flattenAtFloor && hardFloor === base.hardFloor) return;
    if (mine !== undefined && now - mine.at < FLOOR_MS) return;
    this.#floors.set(account, { floor: hardFloor, at: now });
    this.#put({ ...base, hardFloor, flattenAtFloor: true });
  }

  #put(limits: GuardLimits): void {
    const { account } = limits;
    if (isEmpty(limits)) return this.#guard.clear(account);
    const done = this.#guard.set(limits);
    if (done.ok) {
      this.#refused.delete(account);
    } else if (this.#refused.get(account) !== done.error.code) {
      this.#refused.set(account, done.error.code);
      this.#onRefusal(account, done.error.code);
    }
  }

  /**
   * Has the guard hold what the book holds; what others locked longer stays. A lock of the book stands whatever the
   * PC's clock says: one that was set ahead must not take it off here.
   */
  show(account: AccountName, book: LockBook): void {
    const lock = lockOf(book);
    const held = this.#guard.wanted().find((limits) => limits.account === account);
    const base = held ?? unlimited(account);
    const mine = this.#mine.get(account);
    const others = mine !== undefined && isSameLock(mine, base) ? { ...base, ...NO_LOCK } : base;
    const next = tighter(others, { ...unlimited(account), ...lock });
    if (lock.entriesLocked) this.#mine.set(account, lock);
    else this.#mine.delete(account);
    if (isSameLock(next, base) && held !== undefined) return;
    if (held !== undefined || !isEmpty(next)) this.#put(next);
  }
}

/** All locks as one: the longest end, with its reason. */
function lockOf({ locks }: LockBook): LockPart {
  const longest = locks.toSorted((a, b) => compareEnds(b.end, a.end))[0];
  if (longest === undefined) return NO_LOCK;
  return { entriesLocked: true, lockedUntil: endInstant(longest.end), reason: longest.reason };
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
