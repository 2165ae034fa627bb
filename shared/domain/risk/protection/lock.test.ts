import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../kernel/clock.ts';
import { ACCOUNT, WALL } from '../../../testing/protection-world.ts';
import type { TradingDay } from '../../session/trading-day.ts';
import {
  addLock,
  compareEnds,
  loosenLock,
  NO_LOCKS,
  releaseEnded,
  type Lock,
  type LockEnd,
  type UnlockWish,
} from './lock.ts';
import type { SessionFacts } from './session-facts.ts';
import type { TimeJudgement } from './time-trust.ts';

const HOUR = 3_600_000;
const TODAY = '2026-11-18' as TradingDay;
const TOMORROW = '2026-11-19' as TradingDay;
const OPENS = (WALL + 8 * HOUR) as EpochMs;
const SESSION: SessionFacts = { day: TODAY, opensNext: OPENS };

const inHours = (hours: number) => (WALL + hours * HOUR) as EpochMs;
const instant = (hours: number): LockEnd => ({ kind: 'instant', at: inHours(hours) });
const tonight: LockEnd = { kind: 'session', after: TODAY, opensAt: OPENS };
const someTime: LockEnd = { kind: 'session', after: TODAY, opensAt: null };
const open: LockEnd = { kind: 'open' };

function lock(end: LockEnd, change: Partial<Lock> = {}): Lock {
  return {
    id: 'own:trailing',
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

const trusted = (hours: number): TimeJudgement => ({ kind: 'trusted', at: inHours(hours) });
const suspect = (hours: number): TimeJudgement => ({
  kind: 'suspect',
  at: inHours(hours),
  code: 'WALL_AHEAD',
});

describe('the end of a lock', () => {
  it.each<[string, LockEnd, [TimeJudgement, TradingDay | null], boolean]>([
    ['an instant ends at it', instant(1), [trusted(1), TODAY], true],
    ['and not before', instant(1), [trusted(0.999), TODAY], false],
    ['a suspect clock ends nothing', instant(1), [suspect(2), TOMORROW], false],
    ['a session ends with the next day, once it has opened', tonight, [trusted(8), TOMORROW], true],
    ['the calendar alone does not end it', tonight, [trusted(7), TOMORROW], false],
    ['the time alone does not end it', tonight, [trusted(9), TODAY], false],
    ['an unknown day does not end it', tonight, [trusted(9), null], false],
    ['an unknown opening waits for the day', someTime, [trusted(9), TOMORROW], true],
    ['open ends never', open, [trusted(10_000), TOMORROW], false],
  ])('%s', (_name, end, [time, day], isReleased) => {
    const book = addLock(NO_LOCKS, lock(end));
    const { released } = releaseEnded(book, time, { day, opensNext: null });
    expect(released).toHaveLength(isReleased ? 1 : 0);
  });
});

describe('a wish to loosen', () => {
  const wish: UnlockWish = { id: 'own:trailing', reason: 'A test.', at: WALL, isCauseGone: false };

  const UNKNOWN_DAY: SessionFacts = { day: null, opensNext: null };
  const FIRM = { mayLoosen: false };
  interface Case {
    readonly end: LockEnd;
    readonly change?: Partial<Lock>;
    readonly wished?: Partial<UnlockWish>;
    readonly session?: SessionFacts;
  }

  it.each<[string, Case, string | null]>([
    ['takes effect at the next session', { end: open }, null],
    ['needs a reason', { end: open, wished: { reason: ' ' } }, 'REASON_MISSING'],
    ['needs a lock', { end: open, wished: { id: 'other' } }, 'NO_SUCH_LOCK'],
    ['is refused where none is permitted', { end: open, change: FIRM }, 'NOT_PERMITTED'],
    [
      'is permitted once the cause is gone',
      { end: open, change: FIRM, wished: { isCauseGone: true } },
      null,
    ],
    ['never ends anything sooner than that', { end: tonight }, 'ENDS_NO_LATER'],
    ['leaves a lock that ends before', { end: instant(1) }, 'ENDS_NO_LATER'],
    ['waits for the calendar', { end: instant(99), session: UNKNOWN_DAY }, 'DAY_UNKNOWN'],
  ])('%s', (_name, { end, change, wished, session = SESSION }, code) => {
    const book = addLock(NO_LOCKS, lock(end, change));
    const loosened = loosenLock(book, { ...wish, ...wished }, session);
    expect(loosened.ok ? null : loosened.error.code).toBe(code);
    if (!loosened.ok) return;
    expect(loosened.value.locks[0]?.end).toEqual(tonight);
    expect(releaseEnded(loosened.value, trusted(7), SESSION).released).toEqual([]);
  });

  it('is undone by a cause that locks for longer', () => {
    const loosened = loosenLock(addLock(NO_LOCKS, lock(instant(20))), wish, SESSION);
    expect(loosened.ok).toBe(true);
    const again = loosened.ok ? addLock(loosened.value, lock(instant(30))) : NO_LOCKS;
    expect(again.locks[0]).toMatchObject({ end: instant(30), loosening: null });
  });
});

const anyEnd = fc.constantFrom(instant(1), instant(9), tonight, someTime, open);
const anyLock = fc
  .record({ id: fc.constantFrom('a', 'b'), keepsFlat: fc.boolean(), mayLoosen: fc.boolean() })
  .chain((change) => anyEnd.map((end) => lock(end, change)));

describe('adding a lock', () => {
  it('never loosens any other, nor the same one, and the counter rises with every change', () => {
    fc.assert(
      fc.property(fc.array(anyLock, { maxLength: 6 }), anyLock, (locks, added) => {
        const before = locks.reduce(addLock, NO_LOCKS);
        const after = addLock(before, added);
        for (const known of before.locks) {
          const now = after.locks.find(({ id }) => id === known.id);
          expect(compareEnds(now!.end, known.end)).toBeGreaterThanOrEqual(0);
          expect(now!.keepsFlat || !known.keepsFlat).toBe(true);
          expect(!now!.mayLoosen || known.mayLoosen).toBe(true);
        }
        expect(after === before).toBe(JSON.stringify(after.locks) === JSON.stringify(before.locks));
        expect(after.counter).toBe(before.counter + (after === before ? 0 : 1));
      }),
    );
  });

  it('gives the same ends and rights in whatever order', () => {
    const shape = (locks: readonly Lock[]) =>
      locks
        .reduce(addLock, NO_LOCKS)
        .locks.map(({ id, end, keepsFlat, mayLoosen }) => ({ id, end, keepsFlat, mayLoosen }));
    fc.assert(
      fc.property(fc.array(anyLock, { maxLength: 6 }), (locks) => {
        expect(shape(locks.toReversed())).toEqual(shape(locks));
      }),
    );
  });
});
