import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../kernel/clock.ts';
import { ACCOUNT, WALL } from '../../../testing/protection-world.ts';
import type { AccountName } from '../../account/account.ts';
import type { TradingDay } from '../../session/trading-day.ts';
import {
  holdOf,
  judgeRestored,
  sealText,
  type Evidence,
  type Hold,
  type SecondPlace,
  type StoredRecord,
} from './lock-evidence.ts';
import { addLock, compareEnds, NO_LOCKS, type Lock, type LockBook, type LockEnd } from './lock.ts';

const HOUR = 3_600_000;
const TONIGHT: LockEnd = {
  kind: 'session',
  after: '2026-11-18' as TradingDay,
  opensAt: (WALL + 8 * HOUR) as EpochMs,
};
const until = (hours: number): LockEnd => ({
  kind: 'instant',
  at: (WALL + hours * HOUR) as EpochMs,
});

function lock(id: string, end: LockEnd, change: Partial<Lock> = {}): Lock {
  return {
    id,
    account: ACCOUNT,
    kind: 'entries',
    origin: 'rule',
    reason: 'A limit.',
    since: WALL,
    end,
    keepsFlat: false,
    mayLoosen: true,
    loosening: null,
    ...change,
  };
}

const bookOf = (...locks: readonly Lock[]): LockBook => locks.reduce(addLock, NO_LOCKS);

function stored(book: LockBook, change: Partial<StoredRecord> = {}): StoredRecord {
  const provenAt = WALL;
  return {
    account: ACCOUNT,
    book,
    provenAt,
    previousSeal: `seal ${book.counter - 1}`,
    seal: `seal ${book.counter}`,
    isSealValid: true,
    ...change,
  };
}

function second(book: LockBook, change: Partial<SecondPlace> = {}): SecondPlace {
  const { counter } = book;
  return { counter, seal: `seal ${counter}`, isSealValid: true, hold: holdOf(book), ...change };
}

const judge = (evidence: Partial<Evidence>) =>
  judgeRestored(
    ACCOUNT,
    { stored: null, addOn: null, secondPlace: null, ...evidence },
    { now: WALL, lockUntil: TONIGHT },
  );

interface Found {
  readonly verdict: string;
  readonly faults: readonly string[];
  readonly locks: readonly string[];
}

const NONE = bookOf();
const LOCKED = bookOf(lock('own:trailing', until(4)));
const OPEN = { counter: 2, locks: [] };
const HARD: Hold = { end: { kind: 'open' }, reason: 'Failed.', keepsFlat: true, mayLoosen: false };

describe('the locks after a start', () => {
  it.each<[string, Partial<Evidence>, Found]>([
    ['nothing was ever kept', {}, { verdict: 'first', faults: [], locks: [] }],
    [
      'the AddOn says that it holds nothing',
      { addOn: { hold: null } },
      { verdict: 'first', faults: [], locks: [] },
    ],
    [
      'store and second place agree',
      { stored: stored(LOCKED), secondPlace: second(LOCKED) },
      { verdict: 'intact', faults: [], locks: ['own:trailing'] },
    ],
    [
      'a crash left the store one state ahead',
      { stored: stored(LOCKED), secondPlace: second(NONE) },
      { verdict: 'intact', faults: [], locks: ['own:trailing'] },
    ],
    [
      "yesterday's database",
      { stored: stored(NONE), secondPlace: second(LOCKED) },
      { verdict: 'older', faults: ['OLDER_THAN_SECOND_PLACE'], locks: ['evidence:secondPlace'] },
    ],
    [
      'the database is gone',
      { secondPlace: second(LOCKED) },
      {
        verdict: 'unknown',
        faults: ['STORE_MISSING', 'OLDER_THAN_SECOND_PLACE'],
        locks: ['evidence:lost', 'evidence:secondPlace'],
      },
    ],
    [
      'the database was edited',
      { stored: stored(OPEN, { isSealValid: false }), secondPlace: second(OPEN) },
      {
        verdict: 'unknown',
        faults: ['SEAL_BROKEN', 'OLDER_THAN_SECOND_PLACE'],
        locks: ['evidence:lost'],
      },
    ],
    [
      "another account's record",
      { stored: stored(OPEN, { account: 'Sim102' as AccountName }), secondPlace: second(OPEN) },
      {
        verdict: 'unknown',
        faults: ['OTHER_ACCOUNT', 'OLDER_THAN_SECOND_PLACE'],
        locks: ['evidence:lost'],
      },
    ],
    [
      'the second place is gone',
      { stored: stored(OPEN) },
      { verdict: 'unknown', faults: ['SECOND_PLACE_BROKEN'], locks: ['evidence:lost'] },
    ],
    [
      'the second place was edited',
      { stored: stored(OPEN), secondPlace: second(OPEN, { isSealValid: false }) },
      { verdict: 'unknown', faults: ['SECOND_PLACE_BROKEN'], locks: ['evidence:lost'] },
    ],
    [
      'another history of the same length',
      { stored: stored(OPEN, { seal: 'other' }), secondPlace: second(OPEN) },
      { verdict: 'unknown', faults: ['OTHER_HISTORY'], locks: ['evidence:lost'] },
    ],
    [
      'the AddOn holds more than the store knows',
      { stored: stored(NONE), secondPlace: second(NONE), addOn: { hold: HARD } },
      { verdict: 'older', faults: ['LOOSER_THAN_ADDON'], locks: ['evidence:addOn'] },
    ],
    [
      'only the AddOn knows of a lock',
      { addOn: { hold: HARD } },
      {
        verdict: 'unknown',
        faults: ['STORE_MISSING', 'LOOSER_THAN_ADDON'],
        locks: ['evidence:addOn', 'evidence:lost'],
      },
    ],
    [
      'the AddOn holds no more than the store',
      {
        stored: stored(LOCKED),
        secondPlace: second(LOCKED),
        addOn: { hold: { ...HARD, end: until(3), keepsFlat: false, mayLoosen: true } },
      },
      { verdict: 'intact', faults: [], locks: ['own:trailing'] },
    ],
  ])('%s', (_name, evidence, { verdict, faults, locks }) => {
    const restored = judge(evidence);
    expect(restored.verdict).toBe(verdict);
    expect(restored.faults).toEqual(faults);
    expect(restored.book.locks.map(({ id }) => id)).toEqual(locks);
  });

  it('never fall below the counter of any place, and rise where something was wrong', () => {
    const far = second({ ...LOCKED, counter: 9 });
    expect(judge({ stored: stored(LOCKED), secondPlace: far }).book.counter).toBe(10);
    expect(judge({ secondPlace: far }).book.counter).toBe(10);
  });
});

const end: fc.Arbitrary<LockEnd> = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map(until),
  fc.constant(TONIGHT),
  fc.constant<LockEnd>({ kind: 'open' }),
);
const someLock = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c'),
    end,
    keepsFlat: fc.boolean(),
    mayLoosen: fc.boolean(),
    reason: fc.string(),
  })
  .map(({ id, end: at, ...rest }) => lock(id, at, rest));
const someBook = fc.array(someLock, { maxLength: 4 }).map((locks) => bookOf(...locks));

describe('whatever was done to the places', () => {
  it('a lock that any honest place holds is held at least as long', () => {
    fc.assert(
      fc.property(someBook, someBook, fc.boolean(), (older, newer, isGone) => {
        const book = { ...newer, counter: older.counter + newer.counter + 2 };
        const restored = judge({
          stored: isGone ? null : stored(older),
          secondPlace: second(book),
        });
        const wanted = holdOf(book);
        const held = holdOf(restored.book);
        if (wanted === null) return;
        expect(held).not.toBeNull();
        expect(compareEnds(held!.end, wanted.end)).toBeGreaterThanOrEqual(0);
        expect(held!.keepsFlat || !wanted.keepsFlat).toBe(true);
        expect(!held!.mayLoosen || wanted.mayLoosen).toBe(true);
      }),
    );
  });

  it('two states with the same text to seal are the same state', () => {
    const record = fc.record({
      account: fc.constantFrom(ACCOUNT, 'Sim102' as AccountName),
      book: someBook,
      provenAt: fc.constantFrom(WALL, (WALL + 1) as EpochMs),
      previousSeal: fc.constantFrom('', '1', '"', ',"'),
    });
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(sealText(a) === sealText(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});
