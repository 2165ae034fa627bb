import type { EpochMs } from '../../kernel/clock.ts';
import { money, type Money } from '../money/money.ts';
import { weightOf } from './lots.ts';
import type { Rulebook } from './rule.ts';
import type { Verdict } from './verdict.ts';

/** What is kept between the trader and the firm's limits: the larger of an amount and ticks of the open size. */
export interface Buffer {
  readonly amount: Money;
  readonly ticks: number;
  /** Value of one tick of everything that is open, contracts counted. */
  readonly openTickValue: Money;
}

/** A trade that might be made. */
export interface Proposal {
  readonly root: string;
  readonly stopTicks: number;
  readonly tickValue: Money;
  /** Both sides of one contract. */
  readonly fees: Money;
}

/** `warn`: less than half of the room is left. `critical`: less than a fifth. */
export type AccountState = 'ok' | 'warn' | 'critical' | 'soft-lock' | 'failed' | 'unknown';

export interface Decision {
  readonly state: AccountState;
  /** Money that may be lost now; null is unknown. */
  readonly allowedLoss: Money | null;
  /** The rule that leaves the least room; null when no rule limits a loss. */
  readonly binding: string | null;
  /** Contracts of the proposal; null without one or when not known. */
  readonly maxContracts: number | null;
  /** The end of the longest lock; null when there is none or it is open. */
  readonly until: EpochMs | null;
}

const WARN_SHARE = 2;
const CRITICAL_SHARE = 5;

export function bufferOf({ amount, ticks, openTickValue }: Buffer): Money {
  return money(Math.max(amount, ticks * openTickValue));
}

/** All rules together: the least room decides, and what is not known allows nothing. */
export function decide(
  rulebook: Rulebook,
  verdicts: readonly Verdict[],
  buffer: Money,
  proposal: Proposal | null,
): Decision {
  const isUnsure = verdicts.some(isDanger);
  const rooms = verdicts.filter(({ isRoom, limit }) => isRoom && limit !== null);
  const least = rooms.reduce<Verdict | null>(
    (found, one) => (found === null || netRoom(one, buffer) < netRoom(found, buffer) ? one : found),
    null,
  );
  const isRoomKnown = rooms.every(({ left }) => left !== null) && !roomUnknown(verdicts);
  const allowedLoss =
    least === null || !isRoomKnown ? null : money(Math.max(0, netRoom(least, buffer)));
  const locks = verdicts.filter(({ closesEntries }) => closesEntries);
  const state = stateOf(verdicts, locks, isUnsure);
  return {
    state,
    allowedLoss,
    binding: least?.rule ?? null,
    maxContracts:
      proposal === null
        ? null
        : contractsOf(rulebook, verdicts, proposal, { allowedLoss, state, isRoomKnown }),
    until: endOf(locks),
  };
}

/** A goal that is not known, or a mere warning, costs nobody the account. */
function isDanger({ effect, severity }: Verdict): boolean {
  return severity === 'unknown' && effect !== 'delay' && effect !== 'warn';
}

/** The limit of one trade's open loss keeps no buffer: it is not a floor of the account. */
function netRoom({ kind, left }: Verdict, buffer: Money): number {
  return (left ?? 0) - (kind === 'adverse-excursion' ? 0 : buffer);
}

function roomUnknown(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ isRoom, severity }) => isRoom && severity === 'unknown');
}

function stateOf(
  verdicts: readonly Verdict[],
  locks: readonly Verdict[],
  isUnsure: boolean,
): AccountState {
  const isFailed = ({ effect, severity }: Verdict) => effect === 'hard' && severity === 'breach';
  if (verdicts.some(isFailed)) return 'failed';
  if (locks.length > 0) return 'soft-lock';
  if (isUnsure) return 'unknown';
  const isBelow = (share: number) =>
    verdicts.some(
      ({ isRoom, limit, left }) =>
        isRoom && limit !== null && left !== null && left * share < limit,
    );
  const isNear = verdicts.some(({ severity }) => severity === 'critical' || severity === 'breach');
  if (isBelow(CRITICAL_SHARE) || isNear) return 'critical';
  return isBelow(WARN_SHARE) ? 'warn' : 'ok';
}

/** One lock without a known end makes the end unknown. */
function endOf(locks: readonly Verdict[]): EpochMs | null {
  const ends = locks.map(({ until }) => until);
  if (ends.length === 0) return null;
  return ends.reduce((last, end) =>
    last === null || end === null ? null : (Math.max(last, end) as EpochMs),
  );
}

interface Allowed {
  readonly allowedLoss: Money | null;
  readonly state: AccountState;
  /** False where a rule with room cannot tell it, be it one that only warns. */
  readonly isRoomKnown: boolean;
}

function contractsOf(
  rulebook: Rulebook,
  verdicts: readonly Verdict[],
  { root, stopTicks, tickValue, fees }: Proposal,
  { allowedLoss, state, isRoomKnown }: Allowed,
): number | null {
  if (state === 'failed' || state === 'soft-lock' || state === 'unknown') return 0;
  if (!isRoomKnown) return 0;
  const bounds: number[] = [];
  const risk = stopTicks * tickValue + fees;
  // A loss of all the room would touch the floor, and touching breaks most firms' rules.
  if (allowedLoss !== null && risk > 0) bounds.push(Math.floor((allowedLoss - 1) / risk));
  for (const verdict of verdicts) {
    if (verdict.unit !== 'lots') continue;
    const rule = rulebook.rules.find(({ id }) => id === verdict.rule);
    if (rule?.kind !== 'contract-cap' && rule?.kind !== 'correlated-exposure') continue;
    bounds.push(Math.floor((verdict.left ?? 0) / weightOf(rule.weights, root)));
  }
  return bounds.length === 0 ? null : Math.max(0, Math.min(...bounds));
}
