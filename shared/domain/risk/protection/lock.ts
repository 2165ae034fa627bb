import type { EpochMs } from '../../../kernel/clock.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import type { AccountName } from '../../account/account.ts';
import type { TradingDay } from '../../session/trading-day.ts';
import type { SessionFacts } from './session-facts.ts';
import type { TimeJudgement } from './time-trust.ts';

export type LockEnd =
  | { readonly kind: 'instant'; readonly at: EpochMs }
  /** The first session after a trading day; `opensAt` null until the calendar can tell it. */
  | { readonly kind: 'session'; readonly after: TradingDay; readonly opensAt: EpochMs | null }
  | { readonly kind: 'open' };

export type LockOrigin = 'rule' | 'trader' | 'bypass' | 'schedule' | 'evidence';

/** No entries for an account. Exits, cancels and whatever reduces are always free. */
export interface Lock {
  /** By origin and cause: the same cause has one lock. */
  readonly id: string;
  readonly account: AccountName;
  readonly kind: 'entries';
  readonly origin: LockOrigin;
  readonly reason: string;
  readonly since: EpochMs;
  readonly end: LockEnd;
  /** A position that appears while it stands is flattened, not only its excess. */
  readonly keepsFlat: boolean;
  /** False: no unlock is permitted while what made it stands. */
  readonly mayLoosen: boolean;
  /** The trader's wish to have it end at the next session; null without one. */
  readonly loosening: { readonly reason: string; readonly askedAt: EpochMs } | null;
}

/** What sets one lock apart from another. */
export type LockTerms = Pick<Lock, 'id' | 'origin' | 'reason' | 'end' | 'keepsFlat' | 'mayLoosen'>;

/** The locks of one account. The counter rises with every change and never falls. */
export interface LockBook {
  readonly counter: number;
  /** Sorted by id. */
  readonly locks: readonly Lock[];
}

export const NO_LOCKS: LockBook = { counter: 0, locks: [] };

export type UnlockError = {
  readonly code:
    | 'NO_SUCH_LOCK'
    | 'REASON_MISSING'
    | 'NOT_PERMITTED'
    | 'ENDS_NO_LATER'
    | 'DAY_UNKNOWN'
    | 'CLOCK_SUSPECT';
};

/** A trader's wish to loosen a lock. */
export interface UnlockWish {
  readonly id: string;
  readonly reason: string;
  readonly at: EpochMs;
  /** What made the lock is known to be no longer so, as after a reset of a failed account. */
  readonly isCauseGone: boolean;
}

/** A new lock of an account. Its fields always come in the same order, so that equal locks give equal text. */
export function newLock(
  account: AccountName,
  since: EpochMs,
  { id, origin, reason, end, keepsFlat, mayLoosen }: LockTerms,
): Lock {
  return {
    id,
    account,
    kind: 'entries',
    origin,
    reason,
    since,
    end,
    keepsFlat,
    mayLoosen,
    loosening: null,
  };
}

/** Adds a lock, or lengthens the one of the same cause. Never shortens; the same book when nothing gets tighter. */
export function addLock(book: LockBook, lock: Lock): LockBook {
  const known = book.locks.find(({ id }) => id === lock.id);
  if (known === undefined) return changed(book, [...book.locks, lock]);
  const isLonger = compareEnds(lock.end, known.end) > 0;
  const isStricter = (lock.keepsFlat && !known.keepsFlat) || (!lock.mayLoosen && known.mayLoosen);
  if (!isLonger && !isStricter) return book;
  const next: Lock = {
    ...known,
    reason: lock.reason,
    end: isLonger ? lock.end : known.end,
    keepsFlat: known.keepsFlat || lock.keepsFlat,
    mayLoosen: known.mayLoosen && lock.mayLoosen,
    loosening: isLonger ? null : known.loosening,
  };
  return changed(book, [...without(book, lock.id), next]);
}

/** Takes in a wish to loosen: the lock then ends with the next session, and not before. */
export function loosenLock(
  book: LockBook,
  { id, reason, at, isCauseGone }: UnlockWish,
  session: SessionFacts,
): Result<LockBook, UnlockError> {
  const lock = book.locks.find((one) => one.id === id);
  if (lock === undefined) return err({ code: 'NO_SUCH_LOCK' });
  if (reason.trim() === '') return err({ code: 'REASON_MISSING' });
  if (!lock.mayLoosen && !isCauseGone) return err({ code: 'NOT_PERMITTED' });
  const end = nextSession(session);
  if (end.kind === 'open') return err({ code: 'DAY_UNKNOWN' });
  if (compareEnds(end, lock.end) >= 0) return err({ code: 'ENDS_NO_LATER' });
  const next: Lock = { ...lock, end, loosening: { reason, askedAt: at } };
  return ok(changed(book, [...without(book, id), next]));
}

export interface Release {
  readonly book: LockBook;
  readonly released: readonly Lock[];
}

/** Drops the locks whose end has certainly been reached. A suspect clock ends none. */
export function releaseEnded(book: LockBook, time: TimeJudgement, session: SessionFacts): Release {
  const released = book.locks.filter(({ end }) => hasEnded(end, time, session));
  if (released.length === 0) return { book, released };
  const kept = book.locks.filter((lock) => !released.includes(lock));
  return { book: changed(book, kept), released };
}

/** An end at the first session after the present day; open while the calendar cannot tell the day. */
export function nextSession({ day, opensNext }: SessionFacts): LockEnd {
  return day === null ? { kind: 'open' } : { kind: 'session', after: day, opensAt: opensNext };
}

/** Which end is later; one that is not known is later than any that is. */
export function compareEnds(a: LockEnd, b: LockEnd): number {
  const [first, second] = [endKey(a), endKey(b)];
  if (first !== second) return first - second;
  if (a.kind !== 'session' || b.kind !== 'session') return 0;
  return a.after < b.after ? -1 : a.after > b.after ? 1 : 0;
}

/** The instant of an end; null when it is open or not yet known. */
export function endInstant(end: LockEnd): EpochMs | null {
  if (end.kind === 'open') return null;
  return end.kind === 'instant' ? end.at : end.opensAt;
}

function endKey(end: LockEnd): number {
  if (end.kind === 'open') return Infinity;
  return endInstant(end) ?? Number.MAX_SAFE_INTEGER;
}

/** A session counts as begun when both the calendar's day and the time say so. */
function hasEnded(end: LockEnd, time: TimeJudgement, { day }: SessionFacts): boolean {
  if (time.kind === 'suspect' || end.kind === 'open') return false;
  if (end.kind === 'instant') return time.at >= end.at;
  const isNextDay = day !== null && day > end.after;
  return isNextDay && (end.opensAt === null || time.at >= end.opensAt);
}

function without(book: LockBook, id: string): readonly Lock[] {
  return book.locks.filter((lock) => lock.id !== id);
}

function changed({ counter }: LockBook, locks: readonly Lock[]): LockBook {
  const sorted = locks.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { counter: counter + 1, locks: sorted };
}
