import type { EpochMs } from '../../../kernel/clock.ts';
import type { AccountName } from '../../account/account.ts';
import {
  addLock,
  compareEnds,
  newLock,
  NO_LOCKS,
  type Lock,
  type LockBook,
  type LockEnd,
} from './lock.ts';

/** One state of an account's locks as it is kept, linked to the state before it. */
export interface LockRecord {
  readonly account: AccountName;
  readonly book: LockBook;
  /** The proven time at the change; a start begins with it. */
  readonly provenAt: EpochMs;
  /** Seal of the record before it; empty for the first. */
  readonly previousSeal: string;
}

/** A record as it was read back; whether its seal fits is found by whoever holds the key. */
export interface StoredRecord extends LockRecord {
  readonly seal: string;
  readonly isSealValid: boolean;
}

/** What all locks together come to, for a place that keeps no more. The AddOn tells of the end alone. */
export interface Hold {
  readonly end: LockEnd;
  readonly reason: string;
  readonly keepsFlat: boolean;
  readonly mayLoosen: boolean;
}

/** What the AddOn says that it enforces for the account. */
export interface AddOnEvidence {
  /** Null: it said that it holds no lock. */
  readonly hold: Hold | null;
}

/** The newest state by a place apart from the store. */
export interface SecondPlace {
  readonly counter: number;
  readonly seal: string;
  readonly isSealValid: boolean;
  readonly hold: Hold | null;
}

export interface Evidence {
  readonly stored: StoredRecord | null;
  /** Null: not heard yet, which proves nothing. */
  readonly addOn: AddOnEvidence | null;
  readonly secondPlace: SecondPlace | null;
}

export type RestoreFault =
  | 'STORE_MISSING'
  | 'SEAL_BROKEN'
  | 'OTHER_ACCOUNT'
  | 'SECOND_PLACE_BROKEN'
  | 'OTHER_HISTORY'
  | 'OLDER_THAN_SECOND_PLACE'
  | 'LOOSER_THAN_ADDON';

export interface Restored {
  /**
   * `first`: no place knows of any lock. `older`: some place knows more, and the tighter was kept.
   * `unknown`: what was locked cannot be told, so entries are locked.
   */
  readonly verdict: 'first' | 'intact' | 'older' | 'unknown';
  readonly faults: readonly RestoreFault[];
  readonly book: LockBook;
}

/** The text that the seal is made of. Every field has its place, so that no two states give the same text. */
export function sealText({ account, book, provenAt, previousSeal }: LockRecord): string {
  const locks = book.locks.map((lock) => [
    lock.id,
    lock.account,
    lock.kind,
    lock.origin,
    lock.reason,
    lock.since,
    endFields(lock.end),
    lock.keepsFlat,
    lock.mayLoosen,
    lock.loosening === null ? null : [lock.loosening.reason, lock.loosening.askedAt],
  ]);
  return JSON.stringify(['locks.1', account, book.counter, provenAt, previousSeal, locks]);
}

/** The tightest of every property, for the second place; null without a lock. */
export function holdOf({ locks }: LockBook): Hold | null {
  const longest = locks.toSorted((a, b) => compareEnds(b.end, a.end))[0];
  if (longest === undefined) return null;
  const keepsFlat = locks.some((lock) => lock.keepsFlat);
  const mayLoosen = locks.every((lock) => lock.mayLoosen);
  return { end: longest.end, reason: longest.reason, keepsFlat, mayLoosen };
}

/**
 * Which locks stand after a start. A store that is missing, broken or older than another place says is no reason
 * to unlock: what any place holds is kept, and where nobody can tell, entries are locked until `lockUntil`.
 */
export function judgeRestored(
  account: AccountName,
  evidence: Evidence,
  { now, lockUntil }: { readonly now: EpochMs; readonly lockUntil: LockEnd },
): Restored {
  const { stored, addOn, secondPlace } = evidence;
  if (stored === null && secondPlace === null && (addOn?.hold ?? null) === null) {
    return { verdict: 'first', faults: [], book: NO_LOCKS };
  }
  const found = faultsOf(account, evidence);
  const isStoreGood = !found.some((fault) => STORE_FAULTS.has(fault));
  let book = isStoreGood && stored !== null ? stored.book : NO_LOCKS;
  // The counter never falls, or an older state could pass for this one.
  const counter = Math.max(stored?.book.counter ?? 0, secondPlace?.counter ?? 0);
  const known: readonly (Hold | null)[] = [
    addOn?.hold ?? null,
    found.includes('OLDER_THAN_SECOND_PLACE') ? (secondPlace?.hold ?? null) : null,
  ];
  known.forEach((hold, place) => {
    if (hold === null || isCovered(book, hold)) return;
    book = addLock(book, lockOf(account, `evidence:${PLACES[place] ?? ''}`, hold, now));
    if (place === 0) found.push('LOOSER_THAN_ADDON');
  });
  const isLost = found.some((fault) => LOSSES.has(fault));
  if (isLost) {
    const reason = 'What was locked before cannot be told.';
    const hold = { end: lockUntil, reason, keepsFlat: false, mayLoosen: true };
    book = addLock(book, lockOf(account, 'evidence:lost', hold, now));
  }
  if (found.length > 0) book = { ...book, counter: counter + 1 };
  return {
    verdict: isLost ? 'unknown' : found.length > 0 ? 'older' : 'intact',
    faults: found,
    book,
  };
}

/** Adds what the AddOn holds beyond a book; the same book when that is nothing. */
export function adoptHold(
  account: AccountName,
  book: LockBook,
  { hold, now }: { readonly hold: Hold; readonly now: EpochMs },
): LockBook {
  if (isCovered(book, hold)) return book;
  return addLock(book, lockOf(account, 'evidence:addOn', hold, now));
}

const PLACES = ['addOn', 'secondPlace'] as const;

/** With these the store's own locks are not worth reading. */
const STORE_FAULTS: ReadonlySet<RestoreFault> = new Set([
  'STORE_MISSING',
  'SEAL_BROKEN',
  'OTHER_ACCOUNT',
]);

/** With these nobody can tell what was locked. */
const LOSSES: ReadonlySet<RestoreFault> = new Set([
  ...STORE_FAULTS,
  'SECOND_PLACE_BROKEN',
  'OTHER_HISTORY',
]);

function faultsOf(account: AccountName, { stored, secondPlace }: Evidence): RestoreFault[] {
  const faults: RestoreFault[] = [];
  if (stored === null) faults.push('STORE_MISSING');
  else if (!stored.isSealValid) faults.push('SEAL_BROKEN');
  else if (stored.account !== account) faults.push('OTHER_ACCOUNT');
  if (secondPlace === null) {
    // A store that has a history wrote to the second place too; the first state of all may not have got there.
    if (stored !== null && stored.book.counter > 1) faults.push('SECOND_PLACE_BROKEN');
  } else if (!secondPlace.isSealValid) {
    faults.push('SECOND_PLACE_BROKEN');
  } else if (stored !== null && faults.length === 0) {
    faults.push(...historyFaults(stored, secondPlace));
  } else if (stored === null || faults.length > 0) {
    faults.push('OLDER_THAN_SECOND_PLACE');
  }
  return faults;
}

function historyFaults(stored: StoredRecord, secondPlace: SecondPlace): readonly RestoreFault[] {
  const ahead = stored.book.counter - secondPlace.counter;
  if (ahead < 0) return ['OLDER_THAN_SECOND_PLACE'];
  // The store is written first, so a crash in between leaves it one state ahead.
  if (ahead === 1) return stored.previousSeal === secondPlace.seal ? [] : ['OTHER_HISTORY'];
  return ahead === 0 && stored.seal === secondPlace.seal ? [] : ['OTHER_HISTORY'];
}

function isCovered(book: LockBook, hold: Hold): boolean {
  return book.locks.some(
    ({ end, keepsFlat, mayLoosen }) =>
      compareEnds(end, hold.end) >= 0 &&
      (keepsFlat || !hold.keepsFlat) &&
      (!mayLoosen || hold.mayLoosen),
  );
}

function lockOf(account: AccountName, id: string, hold: Hold, since: EpochMs): Lock {
  return newLock(account, since, { id, origin: 'evidence', ...hold });
}

function endFields(end: LockEnd): readonly (string | number | null)[] {
  switch (end.kind) {
    case 'instant':
      return [end.kind, end.at];
    case 'session':
      return [end.kind, end.after, end.opensAt];
    case 'open':
      return [end.kind];
  }
}
