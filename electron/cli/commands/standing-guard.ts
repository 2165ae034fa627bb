import type { EpochMs } from '../../../shared/kernel/clock.ts';
import type { AccountName } from '../../../shared/domain/account/account.ts';
import { inEffect, type GuardLimits } from '../../../shared/domain/guard/limits.ts';
import type { WantedLimits } from '../../../shared/domain/guard/record.ts';
import { MONEY_SCALE } from '../../../shared/domain/money/money.ts';
import type { RiskView } from '../../../shared/protocol/ipc/risk-view.ts';

/** What of an account's guard is not the command's to take off. */
export interface Standing {
  readonly account: AccountName;
  /** What the AddOn is wanted to hold of it now. */
  readonly wanted: WantedLimits | undefined;
  readonly risk: Pick<RiskView, 'lock' | 'floor'>;
}

/**
 * Why the command may not put other limits in place of those that stand; null where it may. A lock of the account's
 * rules, or one that was found at the AddOn, runs to its end, and the floor of the rules stays while they do. What was
 * set with the command itself may go, as may a number of contracts, and a floor above that of the rules.
 */
export function keptBack(
  { account, wanted, risk }: Standing,
  next: GuardLimits | null,
  now: EpochMs,
): string | null {
  const held = inEffect(wanted, now);
  const lock = risk.lock ?? foundLock(wanted, held);
  if (lock !== null && !isLockedFor(next, lock.until)) {
    return `${account} is locked until ${endText(lock.until)} (${lock.reason}). The lock is the rules' to end: ask the app to unlock. ${MAY_CLEAR}`;
  }
  const floor = risk.floor;
  const isFloorHeld = floor !== null && held !== null && held.hardFloor !== null;
  if (isFloorHeld && !flattensAt(next, floor)) {
    const units = (floor / MONEY_SCALE).toFixed(2);
    return `The floor of ${account} at ${units} is that of its rules and stays while they do. ${MAY_CLEAR}`;
  }
  return null;
}

const MAY_CLEAR =
  'To take off the rest, as a number of contracts or a floor above that of the rules, use "apex guard set" with what stays.';

/** A lock that another desk brought, and that has an end. */
function foundLock(
  wanted: WantedLimits | undefined,
  held: GuardLimits | null,
): { readonly until: number | null; readonly reason: string } | null {
  const isFound = wanted?.origin === 'adopted' && held?.entriesLocked === true;
  if (!isFound || held.lockedUntil === null) return null;
  return { until: held.lockedUntil, reason: held.reason };
}

function isLockedFor(next: GuardLimits | null, until: number | null): boolean {
  if (next?.entriesLocked !== true) return false;
  return next.lockedUntil === null || (until !== null && next.lockedUntil >= until);
}

function flattensAt(next: GuardLimits | null, floor: number): boolean {
  return next !== null && next.hardFloor !== null && next.hardFloor >= floor && next.flattenAtFloor;
}

function endText(until: number | null): string {
  return until === null ? 'it is released' : `${new Date(until).toISOString().slice(0, 16)}Z`;
}
