import type { EpochMs } from '../../kernel/clock.ts';
import type { AccountName } from '../account/account.ts';
import { effective, sameGuard, sameLimits, tightestOf, type GuardLimits } from './limits.ts';
import type { GuardReported, GuardWanted, WantedLimits } from './record.ts';

export interface WantedGuard {
  /** 0: no guard was ever wanted. */
  readonly revision: number;
  readonly accounts: readonly WantedLimits[];
}

export type ReportedGuard = Pick<GuardReported, 'revision' | 'enforcing' | 'accounts'>;

/** What the journal knows of the guard: the wanted one, and the one that the AddOn last said it holds. */
export interface GuardMirror {
  readonly wanted: WantedGuard;
  /** Guards wanted before it that the AddOn may still hold; what it holds beyond them is not of this desk. */
  readonly superseded: readonly WantedGuard[];
  readonly reported: ReportedGuard | null;
}

export const EMPTY_MIRROR: GuardMirror = {
  wanted: { revision: 0, accounts: [] },
  superseded: [],
  reported: null,
};

/** More changes than this without an answer of the AddOn are not told apart; it then counts as a stranger's. */
const MAX_SUPERSEDED = 20;

/** Takes in a guard that is wanted from now on. */
export function wantGuard(mirror: GuardMirror, { revision, accounts }: GuardWanted): GuardMirror {
  const superseded = [...mirror.superseded, mirror.wanted].slice(-MAX_SUPERSEDED);
  return { ...mirror, wanted: { revision, accounts }, superseded };
}

/** Takes in what the AddOn says; what it had before that guard it will not say again. */
export function hearGuard(mirror: GuardMirror, report: ReportedGuard, now: EpochMs): GuardMirror {
  const { revision, enforcing, accounts } = report;
  const superseded = isOurs(mirror, report, now)
    ? mirror.superseded.filter((guard) => guard.revision >= revision)
    : mirror.superseded;
  return { ...mirror, superseded, reported: { revision, enforcing, accounts } };
}

/** Whether a report says anything else than the one before. */
export function isNews({ reported }: GuardMirror, report: ReportedGuard): boolean {
  return (
    reported === null ||
    reported.revision !== report.revision ||
    reported.enforcing !== report.enforcing ||
    JSON.stringify(reported.accounts) !== JSON.stringify(report.accounts)
  );
}

/**
 * The guard to want after a report; null when the wanted one stands. What the AddOn holds and this desk did
 * not ask for is kept wherever it is tighter: another desk, an older database or the AddOn itself put it there.
 */
export function reconciled(
  mirror: GuardMirror,
  report: ReportedGuard,
  now: EpochMs,
): GuardWanted | null {
  if (isOurs(mirror, report, now)) return null;
  const { wanted } = mirror;
  const held = [...effective(report.accounts, now).values()];
  const next = nextGuard(wanted, tightestOf(wanted.accounts, held), {
    cause: 'reconciled',
    above: report.revision,
    now,
  });
  // A lower revision that adds nothing is overwritten by the wanted guard as it is.
  return next.changed.length === 0 && report.revision < wanted.revision ? null : next;
}

/** The next guard to want, with the accounts it changes. */
export function nextGuard(
  wanted: WantedGuard,
  guard: readonly GuardLimits[],
  {
    cause,
    above = 0,
    now,
  }: { readonly cause: GuardWanted['cause']; readonly above?: number; readonly now: EpochMs },
): GuardWanted {
  const before = new Map(wanted.accounts.map((limits) => [limits.account, limits]));
  const changed = new Set<AccountName>(before.keys());
  const accounts = guard.map((limits) => {
    const known = before.get(limits.account);
    const isKept =
      known !== undefined && sameLimits(known, limits) && known.reason === limits.reason;
    if (!isKept) changed.add(limits.account);
    else changed.delete(limits.account);
    return isKept ? known : wantedLimits(limits, cause, now);
  });
  const revision = Math.max(wanted.revision, above) + 1;
  return { kind: 'guard.wanted', revision, accounts, cause, changed: [...changed] };
}

/** Whether the AddOn reports a guard that this desk wanted, now or before. */
function isOurs(
  { wanted, superseded }: GuardMirror,
  { revision, accounts }: ReportedGuard,
  now: EpochMs,
): boolean {
  return [...superseded, wanted].some(
    (guard) => guard.revision === revision && sameGuard(guard.accounts, accounts, now),
  );
}

function wantedLimits(
  limits: GuardLimits,
  cause: GuardWanted['cause'],
  now: EpochMs,
): WantedLimits {
  const { account, entriesLocked, lockedUntil, reason, maxContracts, hardFloor, flattenAtFloor } =
    limits;
  const origin = cause === 'asked' ? 'trader' : 'adopted';
  const lock = { entriesLocked, lockedUntil, reason };
  return { account, ...lock, maxContracts, hardFloor, flattenAtFloor, since: now, origin };
}
