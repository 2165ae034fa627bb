import { hasPassed, type EpochMs, type MonoMs } from '../../../kernel/clock.ts';
import { money, type Money } from '../../money/money.ts';

/** What is seen of an account's cash at one moment. */
export interface CashSight {
  /** The broker's cash; null while it was not reported. */
  readonly cash: Money | null;
  /** Cash with everything that is open. */
  readonly equity: Money | null;
  /** What all known fills have realized, less their costs; null while a contract's terms are missing. */
  readonly result: Money | null;
  /** What the broker says was realized; null while it does not. */
  readonly realized: Money | null;
  /** Contracts of all known fills, both sides. */
  readonly contracts: number;
  /** A complete report of this session has told that nothing is open. */
  readonly isFlat: boolean;
  /** The known fills come to flat as well. */
  readonly isBooked: boolean;
  /** When the fill that arrived last was executed. */
  readonly executedAt: EpochMs | null;
  /** When the broker's cash was reported, by the platform's clock. */
  readonly reportedAt: EpochMs;
  /** When a full report with executions last arrived. */
  readonly completeAt: MonoMs | null;
}

/** What the account's rules make of a change. */
export interface CashTerms {
  readonly start: Money;
  /** A stage of which payouts are part. */
  readonly hasPayouts: boolean;
  readonly isFailed: boolean;
}

interface Settled {
  /** Cash less what the fills have realized: only money that nobody traded moves it. */
  readonly level: number;
  readonly cash: Money;
  readonly realized: Money | null;
  readonly contracts: number;
}

/** How a change was taken, for fills that come after all. */
interface Answered {
  readonly amount: number;
  readonly until: EpochMs;
  readonly isCash: boolean;
}

/** What is remembered of an account's cash. */
export interface CashCourse {
  /** Null before the first sight of a flat account. */
  readonly settled: Settled | null;
  /** The present level and since when it stands. */
  readonly standing: { readonly level: number; readonly since: MonoMs } | null;
  /** Since when cash and equity of the flat account lie apart. */
  readonly apartSince: MonoMs | null;
  readonly answered: Answered | null;
  /** The trader was asked what a change was. */
  readonly isAsked: boolean;
}

export const NO_CASH: CashCourse = {
  settled: null,
  standing: null,
  apartSince: null,
  answered: null,
  isAsked: false,
};

export type CashChange =
  | { readonly kind: 'payout' | 'adjustment'; readonly amount: Money; readonly balance: Money }
  /** Fills that came late explain a change that was taken as cash. */
  | { readonly kind: 'taken-back'; readonly amount: Money; readonly balance: Money }
  /** The cash is the start balance: the firm may have reset the account. */
  | { readonly kind: 'asked'; readonly amount: Money; readonly balance: Money }
  /** The fills do not come to flat, or the broker calls it realized: it stays a result of trading. */
  | { readonly kind: 'unclear'; readonly amount: Money; readonly balance: Money };

export interface CashView {
  readonly course: CashCourse;
  /** `held`: the figures before it are judged by. `unknown`: no figures are. */
  readonly figures: 'clear' | 'held' | 'unknown';
  readonly change: CashChange | null;
  /** A full report is needed to decide. */
  readonly needsReport: boolean;
  /** When time alone changes the view next; null for never. */
  readonly wakeAt: MonoMs | null;
}

/**
 * Bounds for a fee: a month's data of all exchanges stays below the first, commission and fees of one contract and side
 * that the platform does not report below the second. What is within them counts as a cost of trading.
 */
export const CASH_POLICY = {
  fees: money(1_500_000),
  feesPerContract: money(100_000),
  /** Cash and equity of a flat account may lie so far apart. */
  slack: money(500_000),
  /** Figures from before the change are judged by for so long, in milliseconds. */
  holdMs: 2_000,
  /** Fills may come so late, in milliseconds. */
  waitMs: 10_000,
} as const;

/**
 * Looks for cash that moved without a trade. Only a flat account is judged: with something open all is trading. A
 * change counts as cash once it stood for the wait and a full report after that brought no fill that explains it.
 */
export function watchCash(
  course: CashCourse,
  sight: CashSight,
  terms: CashTerms,
  now: MonoMs,
): CashView {
  const { cash, result, realized, contracts } = sight;
  const isLostLink = cash === 0 && terms.start !== 0;
  if (cash === null || result === null || isLostLink || !sight.isFlat) {
    return clear({ ...course, standing: null, apartSince: null });
  }
  const present = { level: cash - result, cash, realized, contracts };
  const isSame = course.standing?.level === present.level;
  const standing = { level: present.level, since: isSame ? course.standing.since : now };
  const isApart = Math.abs((sight.equity ?? cash) - cash) > CASH_POLICY.slack;
  const apartSince = isApart ? (course.apartSince ?? now) : null;
  const next = { ...course, standing, apartSince };
  if (course.settled === null) return clear({ ...next, settled: present });
  return look({ course: next, sight, terms, present, now }, course.settled, standing.since);
}

interface Seen {
  readonly course: CashCourse;
  readonly sight: CashSight;
  readonly terms: CashTerms;
  readonly present: Settled;
  readonly now: MonoMs;
}

function look(seen: Seen, settled: Settled, since: MonoMs): CashView {
  const { course, sight, present, now } = seen;
  const { fees, feesPerContract, holdMs, waitMs } = CASH_POLICY;
  const off = present.level - settled.level;
  const allowed = fees + feesPerContract * (present.contracts - settled.contracts);
  const decidesAt = (since + waitMs) as MonoMs;
  if (isLate(course, sight, off, allowed)) return tookBack(seen, off);
  if (Math.abs(off) <= allowed) return near(seen, decidesAt);
  if (course.isAsked) return waiting(course, 'unknown', null);
  if (!hasPassed(since, holdMs, now)) return waiting(course, 'held', (since + holdMs) as MonoMs);
  const isTrading = !sight.isBooked || isRealized(present, settled, allowed);
  const figures = isTrading ? 'clear' : 'unknown';
  if (now < decidesAt) return waiting(course, figures, decidesAt);
  const isComplete = sight.completeAt !== null && sight.completeAt >= decidesAt;
  if (!isComplete) return { ...waiting(course, figures, null), needsReport: true };
  return isTrading ? unclear(seen, off) : answered(seen, off);
}

/** Nothing but fees has moved the cash. */
function near({ course: last, present, now }: Seen, settlesAt: MonoMs): CashView {
  const course = { ...last, isAsked: false };
  const holdsUntil = course.apartSince === null ? null : course.apartSince + CASH_POLICY.holdMs;
  // Of two figures of a flat account one is ahead; the other follows, or both are taken as they are.
  if (holdsUntil !== null && now < holdsUntil) return waiting(course, 'held', holdsUntil as MonoMs);
  // Cash may follow its fill only later: a level that moves is none to measure from.
  if (now >= settlesAt) return clear({ ...course, settled: present });
  return { ...clear(course), wakeAt: settlesAt };
}

/** The fill is of before the answer and makes up for it. */
function isLate(
  { answered: answer }: CashCourse,
  { executedAt }: CashSight,
  off: number,
  allowed: number,
): boolean {
  if (answer === null || executedAt === null || Math.abs(off) <= allowed) return false;
  return executedAt <= answer.until && Math.abs(off + answer.amount) <= allowed;
}

/** The broker's own word on what was realized explains the cash. */
function isRealized(present: Settled, settled: Settled, allowed: number): boolean {
  if (present.realized === null || settled.realized === null) return false;
  const realized = present.realized - settled.realized;
  return Math.abs(present.cash - settled.cash - realized) <= allowed;
}

function tookBack({ course, present }: Seen, off: number): CashView {
  const isCash = course.answered?.isCash === true;
  const change = { kind: 'taken-back', amount: money(off), balance: present.cash } as const;
  const settled = { ...course, settled: present, answered: null, isAsked: false };
  return { ...clear(settled), change: isCash ? change : null };
}

function unclear({ course, sight, present }: Seen, off: number): CashView {
  const answer = { amount: off, until: sight.reportedAt, isCash: false };
  const change = { kind: 'unclear', amount: money(off), balance: present.cash } as const;
  return { ...clear({ ...course, settled: present, answered: answer }), change };
}

function answered({ course, sight, terms, present }: Seen, off: number): CashView {
  const said = { amount: money(off), balance: present.cash };
  const isPayout = off < 0 && terms.hasPayouts && !terms.isFailed;
  if (present.cash === terms.start && !isPayout) {
    const change = { kind: 'asked', ...said } as const;
    return { ...waiting({ ...course, isAsked: true }, 'unknown', null), change };
  }
  const answer = { amount: off, until: sight.reportedAt, isCash: true };
  const change = { kind: isPayout ? 'payout' : 'adjustment', ...said } as const;
  return { ...clear({ ...course, settled: present, answered: answer }), change };
}

function clear(course: CashCourse): CashView {
  return { course, figures: 'clear', change: null, needsReport: false, wakeAt: null };
}

function waiting(
  course: CashCourse,
  figures: CashView['figures'],
  wakeAt: MonoMs | null,
): CashView {
  return { course, figures, change: null, needsReport: false, wakeAt };
}
