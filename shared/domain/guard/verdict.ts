import type { EpochMs } from '../../kernel/clock.ts';
import type { AccountName } from '../account/account.ts';
import { effective, sameLimits, type GuardLimits } from './limits.ts';
import { isGivenUp, isHeard, type GuardLink } from './link.ts';

/** Why the AddOn is not known to hold what is wanted. */
export type NotSyncedCode =
  | 'LINK_DOWN'
  /** The AddOn has not yet said in this session which guard it holds, or its word may have been lost. */
  | 'NOT_REPORTED'
  | 'REFUSED'
  | 'NO_ANSWER'
  | 'NOT_ENFORCING'
  /** Sent or about to be, and not reported back. */
  | 'PENDING';

/** Whether the guard of one account is in force at the AddOn. */
export type GuardVerdict =
  /** Nothing is wanted and the AddOn is not known to hold anything. */
  | { readonly state: 'off' }
  /** The last thing that the AddOn said equals what is wanted, and it enforces it. */
  | { readonly state: 'armed'; readonly limits: GuardLimits }
  | {
      readonly state: 'notSynced';
      /** Null: what the AddOn holds is no longer wanted. */
      readonly limits: GuardLimits | null;
      readonly since: EpochMs;
      readonly code: NotSyncedCode;
      readonly detail: string;
    };

/** The verdict on an account's guard now. */
export function guardVerdict(link: GuardLink, account: AccountName, now: EpochMs): GuardVerdict {
  const { wanted, reported } = link.mirror;
  const limits = effective(wanted.accounts, now).get(account) ?? null;
  const held = effective(reported?.accounts ?? [], now).get(account) ?? null;
  if (limits === null && held === null) return { state: 'off' };
  const isHeld =
    isHeard(link.session) && reported?.revision === wanted.revision && sameLimits(limits, held);
  if (isHeld && reported.enforcing && limits !== null) return { state: 'armed', limits };
  const since = link.unsyncedSince ?? now;
  return { state: 'notSynced', limits, since, ...whyNot(link, isHeld) };
}

/** Every account that a guard is wanted for or held for, sorted. */
export function guardedAccounts({ mirror }: GuardLink, now: EpochMs): readonly AccountName[] {
  const wanted = effective(mirror.wanted.accounts, now).keys();
  const held = effective(mirror.reported?.accounts ?? [], now).keys();
  return [...new Set([...wanted, ...held])].sort();
}

function whyNot(
  link: GuardLink,
  isHeld: boolean,
): { readonly code: NotSyncedCode; readonly detail: string } {
  const { session, tries } = link;
  if (!session.isOpen) return { code: 'LINK_DOWN', detail: '' };
  if (isHeld) return { code: 'NOT_ENFORCING', detail: '' };
  if (tries.refusal !== null) {
    const { code, detail } = tries.refusal;
    return { code: 'REFUSED', detail: detail === '' ? code : `${code}, ${detail}` };
  }
  if (isGivenUp(link)) return { code: 'NO_ANSWER', detail: '' };
  return { code: isHeard(session) ? 'PENDING' : 'NOT_REPORTED', detail: '' };
}
