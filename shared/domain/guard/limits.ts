import type { EpochMs } from '../../kernel/clock.ts';
import type { AccountName } from '../account/account.ts';
import { money, type Money } from '../money/money.ts';

/** What the AddOn enforces alone for one account. Null sets no limit of that kind. */
export interface GuardLimits {
  readonly account: AccountName;
  readonly entriesLocked: boolean;
  /** When the lock ends; null with a lock is open-ended. */
  readonly lockedUntil: EpochMs | null;
  readonly reason: string;
  readonly maxContracts: number | null;
  /** Net liquidation in the account's currency. */
  readonly hardFloor: Money | null;
  readonly flattenAtFloor: boolean;
}

type Guard = readonly GuardLimits[];

/** What of the limits holds at a time; null for nothing. A lock that has run out is no lock. */
export function inEffect(limits: GuardLimits | undefined, now: EpochMs): GuardLimits | null {
  if (limits === undefined) return null;
  const { entriesLocked, lockedUntil, maxContracts, hardFloor } = limits;
  const isLocked = entriesLocked && (lockedUntil === null || now < lockedUntil);
  if (!isLocked && maxContracts === null && hardFloor === null) return null;
  return isLocked ? limits : { ...limits, entriesLocked: false, lockedUntil: null };
}

/** Whether two sides hold the same limits. The reason is for a person, and either side may cut it. */
export function sameLimits(a: GuardLimits | null, b: GuardLimits | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.entriesLocked === b.entriesLocked &&
    a.lockedUntil === b.lockedUntil &&
    a.maxContracts === b.maxContracts &&
    a.hardFloor === b.hardFloor &&
    a.flattenAtFloor === b.flattenAtFloor
  );
}

/** Whether two guards come to the same at a time, whatever either still lists of what has run out. */
export function sameGuard(a: Guard, b: Guard, now: EpochMs): boolean {
  const [first, second] = [effective(a, now), effective(b, now)];
  if (first.size !== second.size) return false;
  return [...first].every(([name, limits]) => sameLimits(limits, second.get(name) ?? null));
}

/**
 * Whether the second guard permits anything that the first forbids. Clocks are left out of it: a lock that
 * has run out by this PC's clock may still stand by the AddOn's.
 */
export function loosens(from: Guard, to: Guard): boolean {
  const after = byAccount(to);
  return [...byAccount(from).values()].some((limits) =>
    isLooser(limits, after.get(limits.account) ?? unlimited(limits.account)),
  );
}

/** The guard that permits only what both permit. */
export function tightestOf(a: Guard, b: Guard): readonly GuardLimits[] {
  return [...byAccount([...a, ...b]).values()];
}

/** What holds at a time, account by account; an account that is listed twice has the tighter of each. */
export function effective(guard: Guard, now: EpochMs): ReadonlyMap<AccountName, GuardLimits> {
  const held = guard.map((limits) => inEffect(limits, now)).filter((limits) => limits !== null);
  return byAccount(held);
}

/** The limits of an account that has none. */
export function unlimited(account: AccountName): GuardLimits {
  return {
    account,
    entriesLocked: false,
    lockedUntil: null,
    reason: '',
    maxContracts: null,
    hardFloor: null,
    flattenAtFloor: false,
  };
}

function byAccount(guard: Guard): Map<AccountName, GuardLimits> {
  const accounts = new Map<AccountName, GuardLimits>();
  for (const limits of guard) {
    const known = accounts.get(limits.account);
    accounts.set(limits.account, known === undefined ? limits : tighter(known, limits));
  }
  return accounts;
}

function isLooser(from: GuardLimits, to: GuardLimits): boolean {
  return (
    lockEnd(to) < lockEnd(from) ||
    (to.maxContracts ?? Infinity) > (from.maxContracts ?? Infinity) ||
    (to.hardFloor ?? -Infinity) < (from.hardFloor ?? -Infinity) ||
    (from.flattenAtFloor && !to.flattenAtFloor)
  );
}

/** A lock that runs out no later than another and binds no more orders is the looser one. */
function lockEnd({ entriesLocked, lockedUntil }: GuardLimits): number {
  if (!entriesLocked) return -Infinity;
  return lockedUntil ?? Infinity;
}

/** Keeps every field of the first that is as tight, so that what does not change is not told as a change. */
function tighter(a: GuardLimits, b: GuardLimits): GuardLimits {
  const lock = lockEnd(b) > lockEnd(a) ? b : a;
  const floors = [a.hardFloor, b.hardFloor].filter((floor) => floor !== null);
  const sizes = [a.maxContracts, b.maxContracts].filter((size) => size !== null);
  return {
    account: a.account,
    entriesLocked: lock.entriesLocked,
    lockedUntil: lock.lockedUntil,
    reason: lock.reason,
    maxContracts: sizes.length === 0 ? null : Math.min(...sizes),
    hardFloor: floors.length === 0 ? null : money(Math.max(...floors)),
    flattenAtFloor: a.flattenAtFloor || b.flattenAtFloor,
  };
}
