import type { EpochMs } from '../../kernel/clock.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { loosens, tightestOf, type GuardLimits } from './limits.ts';
import { nextGuard, type WantedGuard } from './mirror.ts';
import type { GuardWanted } from './record.ts';

/** Why limits cannot be wanted. */
export type BadLimits =
  | 'NOTHING_TO_GUARD'
  | 'LOCK_IN_THE_PAST'
  | 'END_WITHOUT_LOCK'
  | 'BAD_CONTRACTS'
  | 'FLOOR_MISSING'
  | 'REASON_TOO_LONG'
  | 'BAD_ACCOUNT'
  | 'TOO_MANY_ACCOUNTS';

/** The bounds of a guard on the wire. */
const MAX_ACCOUNTS = 200;
const MAX_NAME = 200;
const MAX_REASON = 2_000;
const MAX_CONTRACTS = 2_147_483_647;

/** A change as it is carried out: what tightens goes first, so that it never waits for what loosens. */
export interface GuardSteps {
  /** Null when nothing gets tighter. */
  readonly tighten: GuardWanted | null;
  /** Must be on disk before it takes effect; null when nothing gets looser. */
  readonly loosen: GuardWanted | null;
}

/** The guard with the limits of one account replaced. */
export function withLimits(
  wanted: WantedGuard,
  limits: GuardLimits,
  now: EpochMs,
): Result<readonly GuardLimits[], BadLimits> {
  const held = wanted.accounts.find(({ account }) => account === limits.account);
  const fault = faultOf(limits, held ?? null, now);
  if (fault !== null) return err(fault);
  const guard = [...wanted.accounts.filter(({ account }) => account !== limits.account), limits];
  return guard.length > MAX_ACCOUNTS ? err('TOO_MANY_ACCOUNTS') : ok(guard);
}

/** The steps from the wanted guard to another. */
export function guardSteps(
  wanted: WantedGuard,
  guard: readonly GuardLimits[],
  now: EpochMs,
): GuardSteps {
  const at = { cause: 'asked', now } as const;
  if (!loosens(wanted.accounts, guard))
    return { tighten: changeOf(wanted, guard, at), loosen: null };
  const tighten = changeOf(wanted, tightestOf(wanted.accounts, guard), at);
  return { tighten, loosen: changeOf(tighten ?? wanted, guard, at) };
}

function changeOf(
  wanted: WantedGuard,
  guard: readonly GuardLimits[],
  at: { readonly cause: 'asked'; readonly now: EpochMs },
): GuardWanted | null {
  const next = nextGuard(wanted, guard, at);
  return next.changed.length === 0 ? null : next;
}

function faultOf(limits: GuardLimits, held: GuardLimits | null, now: EpochMs): BadLimits | null {
  const { account, entriesLocked, lockedUntil, reason, maxContracts, hardFloor } = limits;
  if (account === '' || account.length > MAX_NAME) return 'BAD_ACCOUNT';
  if (reason.length > MAX_REASON) return 'REASON_TOO_LONG';
  if (lockedUntil !== null && !entriesLocked) return 'END_WITHOUT_LOCK';
  if (lockedUntil !== null && lockedUntil <= now && !standsAlready(limits, held))
    return 'LOCK_IN_THE_PAST';
  if (maxContracts !== null && !isContracts(maxContracts)) return 'BAD_CONTRACTS';
  if (limits.flattenAtFloor && hardFloor === null) return 'FLOOR_MISSING';
  const isEmpty = !entriesLocked && maxContracts === null && hardFloor === null;
  return isEmpty ? 'NOTHING_TO_GUARD' : null;
}

/** A lock that is wanted already may only seem to have run out, by a clock that was set ahead. */
function standsAlready({ lockedUntil }: GuardLimits, held: GuardLimits | null): boolean {
  return held?.entriesLocked === true && held.lockedUntil === lockedUntil;
}

function isContracts(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_CONTRACTS;
}
