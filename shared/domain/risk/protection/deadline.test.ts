import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../kernel/clock.ts';
import {
  ES,
  NQ,
  position,
  ProtectedAccount,
  protectionSettings,
  readingAt,
  stamp,
  WALL,
} from '../../../testing/protection-world.ts';
import type { TradingDay } from '../../session/trading-day.ts';
import type { Deadline } from './deadline.ts';
import { keptOf, protectionStateFrom } from './kept-protection.ts';
import type { ProtectionEvent } from './protection-event.ts';
import type { ProtectionSettings } from './settings.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LONG = { positions: [position(1)] };
/** An hour after the beginning, for three hours. */
const FLAT_BY: Deadline = {
  id: 'flat-by',
  day: '2026-11-18' as TradingDay,
  at: (WALL + HOUR) as EpochMs,
  endsAt: (WALL + 4 * HOUR) as EpochMs,
  instruments: null,
  acts: true,
};
const deadlines = (change: Partial<Deadline> = {}): ProtectionEvent => ({
  kind: 'deadlines',
  deadlines: [{ ...FLAT_BY, ...change }],
});

function scheduled(change: Partial<Deadline> = {}, settings?: ProtectionSettings) {
  const account = new ProtectedAccount(settings).settle(LONG);
  account.at(400, deadlines(change));
  return account;
}

/** A live account says its figures again and again. */
function readAt(account: ProtectedAccount, minute: number, said = LONG): readonly string[] {
  return account.at(minute * MINUTE, readingAt(minute * MINUTE, said));
}

const stages = (account: ProtectedAccount) =>
  account.notices.flatMap((notice) => (notice.kind === 'deadline' ? [notice.stage] : []));

describe('the time by which everything must be closed', () => {
  it('is warned of at T-15, T-5 and T-1, each once, and acted on half a minute before T', () => {
    const account = scheduled();
    for (let minute = 1; minute < 59.5; minute += 0.25) readAt(account, minute);
    expect(stages(account)).toEqual(['T-15', 'T-5', 'T-1']);
    expect(account.actions).toEqual([]);
    expect(readAt(account, 59.5)).toEqual(['lock-entries', 'flatten', 'keep-locks']);
    expect(stages(account).at(-1)).toBe('act');
  });

  it('has the next stage as its wake-up time', () => {
    const account = scheduled();
    account.at(10_000, { kind: 'market', at: (WALL + 10_000) as EpochMs });
    expect(account.outcome?.wakeAt).toBe(stamp(45 * MINUTE).mono);
  });

  it('asks once, and again only when a position comes back', () => {
    const account = scheduled();
    readAt(account, 60);
    readAt(account, 61);
    expect(account.count('flatten')).toBe(1);
    account.at(62 * MINUTE, { kind: 'flatten-ended', outcome: 'proven' });
    readAt(account, 63, { positions: [] });
    expect(account.count('flatten')).toBe(1);
    expect(readAt(account, 64)).toContain('flatten');
  });

  it('asks for nothing of an account that is flat', () => {
    const account = new ProtectedAccount().settle();
    account.at(400, deadlines());
    readAt(account, 60, { positions: [] });
    expect(account.count('flatten')).toBe(0);
    expect(account.outcome?.gate.state).toBe('locked');
  });

  it('frees entries when its day is over', () => {
    const account = scheduled();
    readAt(account, 60);
    account.at(60.1 * MINUTE, { kind: 'flatten-ended', outcome: 'proven' });
    expect(readAt(account, 240, { positions: [] })).toContain('release-lock');
    expect(account.state.book.locks).toEqual([]);
  });

  it('acts at once after a late start inside its window, and warns of nothing that has passed', () => {
    const account = new ProtectedAccount();
    account.at(2 * HOUR, { kind: 'restored', book: account.state.book, isKept: true }, deadlines());
    expect(readAt(account, 121)).toContain('flatten');
    expect(stages(account)).toEqual(['act']);
  });

  it('asks for nothing after its window', () => {
    const account = new ProtectedAccount();
    account.at(5 * HOUR, deadlines());
    readAt(account, 301);
    expect(account.actions).toEqual([]);
    expect(stages(account)).toEqual([]);
  });

  it('goes by an early close of the day', () => {
    const account = scheduled({ at: (WALL + 30 * MINUTE) as EpochMs });
    readAt(account, 29);
    expect(account.count('flatten')).toBe(0);
    expect(readAt(account, 30)).toContain('flatten');
  });

  it('closes nothing before its time when the clock is set ahead', () => {
    const account = scheduled();
    account.wallMoved = 2 * HOUR;
    readAt(account, 30);
    expect(account.count('flatten')).toBe(0);
  });

  it('acts in time when the clock is set back', () => {
    const account = scheduled();
    account.wallMoved = -2 * HOUR;
    expect(readAt(account, 60)).toContain('flatten');
  });

  it('repeats no warning over a start', () => {
    const before = scheduled();
    readAt(before, 50);
    const kept: unknown = JSON.parse(JSON.stringify(keptOf(before.state, stamp(50 * MINUTE))));
    const state = protectionStateFrom(kept, stamp(51 * MINUTE));
    const after = new ProtectedAccount();
    if (state.ok) after.state = state.value;
    after.at(51 * MINUTE, readingAt(51 * MINUTE, LONG));
    after.at(51 * MINUTE + 100, deadlines());
    expect(stages(after)).toEqual([]);
  });

  it('warns alone where the policy says so', () => {
    const account = scheduled({ acts: false });
    readAt(account, 60);
    expect(account.actions).toEqual([]);
    expect(stages(account)).toEqual(['act']);
  });

  it('at the level guard locks and leaves closing to the trader', () => {
    const { standing } = protectionSettings();
    const guard = protectionSettings({ standing: { ...standing, level: 'guard' } });
    const account = scheduled({}, guard);
    expect(readAt(account, 60)).toEqual(['lock-entries', 'keep-locks']);
  });
});

describe('the deadline of single instruments', () => {
  const BOTH = { positions: [position(1), position(-2, { instrument: NQ })] };

  it('closes these alone, with their orders, and asks again after a while', () => {
    const account = scheduled({ instruments: [ES] });
    readAt(account, 60, BOTH);
    expect(account.actions).toEqual([{ kind: 'flatten', instruments: [ES], cause: 'deadline' }]);
    readAt(account, 60.05, BOTH);
    expect(account.count('flatten')).toBe(1);
    readAt(account, 60.1, BOTH);
    expect(account.count('flatten')).toBe(2);
    expect(account.outcome?.gate.state).not.toBe('locked');
  });
});
