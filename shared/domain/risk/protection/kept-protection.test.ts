import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../kernel/clock.ts';
import {
  floorRule,
  order,
  position,
  ProtectedAccount,
  sessionAt,
  stamp,
  WALL,
} from '../../../testing/protection-world.ts';
import { keptOf, protectionStateFrom, type KeptProtection } from './kept-protection.ts';
import { NO_LOCKS } from './lock.ts';
import type { ProtectionEvent } from './protection-event.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LONG = [position(1)];
const BROKEN = { equity: 47_900, second: 47_900, positions: LONG };

/** Broken, locked for good and not yet flat at 1 s. */
function broken(): ProtectedAccount {
  const account = new ProtectedAccount().settle({ positions: LONG, orders: [order('stop', -1)] });
  account.read(1_000, BROKEN);
  return account;
}

/** Starts anew from what was kept; `ms` and `wallMoved` as of the start. */
function restart(account: ProtectedAccount, ms: number, wallMoved = 0): ProtectedAccount {
  const kept: unknown = JSON.parse(JSON.stringify(keptOf(account.state, stamp(1_000))));
  const state = protectionStateFrom(kept, stamp(ms, wallMoved));
  const next = new ProtectedAccount(account.settings);
  next.wallMoved = wallMoved;
  if (state.ok) next.state = state.value;
  return next;
}

const restored = (account: ProtectedAccount): ProtectionEvent => ({
  kind: 'restored',
  book: account.state.book,
  isKept: true,
});
const marketAt = (at: EpochMs): ProtectionEvent => ({ kind: 'market', at });

describe('a start in the middle', () => {
  it('keeps locks, steps, holdings and attempts, and believes no figure from before', () => {
    const before = broken();
    const after = restart(before, 2_000);
    const { book, steps, allowed, attempts } = before.state;
    expect(after.state).toMatchObject({ book, steps, allowed, attempts, isRestored: false });
    expect(after.state.figure.kind).toBe('unknown');
    expect(after.state.positions).toBeNull();
  });

  it('gives the same bytes when nothing happened in between', () => {
    const { state } = broken();
    const kept = keptOf(state, stamp(1_000));
    const again = protectionStateFrom(JSON.parse(JSON.stringify(kept)), stamp(1_000));
    expect(again.ok && JSON.stringify(keptOf(again.value, stamp(1_000)))).toBe(
      JSON.stringify(kept),
    );
  });

  it('asks anew for the flatten, as soon as it is seen that something is open', () => {
    const after = restart(broken(), 2_000);
    expect(after.at(2_000, restored(after))).toEqual(['lock-entries', 'lock-entries']);
    expect(after.read(2_100, { ...BROKEN, second: null })).toEqual(['flatten']);
  });

  it('tells the other side of its locks, and keeps nothing that is kept already', () => {
    const after = restart(broken(), 2_000);
    expect(after.at(2_000, restored(after))).not.toContain('keep-locks');
  });

  it('keeps its locks although the store gave an older book without them', () => {
    const after = restart(broken(), 2_000);
    const { counter } = after.state.book;
    const older = { ...NO_LOCKS, counter: 0 };
    expect(after.at(2_000, { kind: 'restored', book: older, isKept: true })).toContain(
      'keep-locks',
    );
    expect(after.state.book.locks).toHaveLength(2);
    expect(after.state.book.counter).toBeGreaterThan(counter);
  });

  it('holds entries until the locks are restored', () => {
    const after = restart(new ProtectedAccount().settle(), 2_000);
    after.read(2_000, {});
    after.read(2_300, {});
    expect(after.outcome?.gate).toMatchObject({ state: 'held', reasons: ['NOT_RESTORED'] });
    after.at(2_400, restored(after));
    expect(after.outcome?.gate.state).toBe('open');
  });
});

describe('a lock until the next session, over a start', () => {
  const locked = () => {
    const account = new ProtectedAccount().settle();
    account.at(400, { kind: 'lock-asked', reason: 'Enough.', until: null });
    return account;
  };

  it.each([
    ['the clock set a day ahead', 60_000, DAY],
    ['the clock set a day back', 60_000, -DAY],
    ['the clock right, in the same session', 60_000, 0],
    ['the clock right, in the next session, before the market is heard', 9 * HOUR, 0],
  ] as const)('stands with %s', (_name, ms, moved) => {
    const after = restart(locked(), ms, moved);
    after.at(ms, restored(after));
    after.at(ms + 5_000);
    expect(after.state.book.locks).toHaveLength(1);
  });

  it('ends in the next session once the market has proven the time', () => {
    const after = restart(locked(), 9 * HOUR);
    after.at(9 * HOUR, restored(after));
    const actions = after.at(9 * HOUR + 1, marketAt((WALL + 9 * HOUR) as EpochMs));
    expect(actions).toEqual(['release-lock', 'keep-locks']);
  });

  it('stands with the clock a day ahead although the market is heard', () => {
    const after = restart(locked(), 60_000, DAY);
    after.at(60_000, restored(after));
    after.at(60_100, marketAt((WALL + 60_100) as EpochMs));
    expect(after.state.book.locks).toHaveLength(1);
    expect(after.notices.map(({ kind }) => kind)).toContain('clock-suspect');
  });
});

describe('a wish to unlock', () => {
  const ask = (account: ProtectedAccount, ms: number, lock: string) => {
    account.at(ms, { kind: 'unlock-asked', lock, reason: 'I am calm.' });
    return account.notices.find(({ kind }) => kind.startsWith('unlock'));
  };

  it('is refused while the account has failed, and logged', () => {
    const notice = ask(broken(), 1_100, 'rule:trailing');
    expect(notice).toEqual({
      kind: 'unlock-refused',
      lock: 'rule:trailing',
      reason: 'I am calm.',
      code: 'NOT_PERMITTED',
    });
  });

  it('is granted for the next session once the account was reset', () => {
    const account = broken();
    account.at(1_100, { kind: 'flatten-ended', outcome: 'proven' });
    account.read(1_200, { equity: 50_000, second: 50_000, rules: [floorRule(2_000)] });
    expect(ask(account, 1_300, 'rule:trailing')?.kind).toBe('unlock-accepted');
    expect(account.state.book.locks.find(({ id }) => id === 'rule:trailing')?.end).toEqual({
      kind: 'session',
      after: '2026-11-18',
      opensAt: sessionAt(WALL).opensNext,
    });
  });

  it('is refused while the clock is in doubt', () => {
    const account = broken();
    account.wallMoved = -DAY;
    expect(ask(account, 1_100, 'own:trailing')).toMatchObject({ code: 'CLOCK_SUSPECT' });
  });
});

describe('what was kept and cannot be read', () => {
  const kept = JSON.parse(JSON.stringify(keptOf(broken().state, stamp(1_000)))) as KeptProtection;

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'OTHER_VERSION'],
    ['a word', 'kept', 'OTHER_VERSION'],
    ['a newer version', { ...kept, version: 2 }, 'OTHER_VERSION'],
    ['a missing field', { version: 1, account: 'Sim101' }, 'NOT_UNDERSTOOD'],
    ['a field too many', { ...kept, more: 1 }, 'NOT_UNDERSTOOD'],
    ['a lock of no known end', { ...kept, book: withEnd({ kind: 'soon' }) }, 'NOT_UNDERSTOOD'],
    ['a time that is no number', { ...kept, provenAt: '5' }, 'NOT_UNDERSTOOD'],
    ['a fraction', { ...kept, attempts: 0.5 }, 'NOT_UNDERSTOOD'],
    ['a step that is none', { ...kept, steps: { a: 'panic' } }, 'NOT_UNDERSTOOD'],
    ['a list that is none', { ...kept, fills: {} }, 'NOT_UNDERSTOOD'],
  ])('%s is refused', (_name, value, code) => {
    const state = protectionStateFrom(value, stamp(0));
    expect(state.ok ? null : state.error.code).toBe(code);
  });

  function withEnd(end: object): object {
    const [lock] = kept.book.locks;
    return { ...kept.book, locks: [{ ...lock, end }] };
  }
});
