import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../kernel/clock.ts';
import {
  floorRule,
  order,
  position,
  ProtectedAccount,
  stamp,
  WALL,
} from '../../../testing/protection-world.ts';
import { keptOf, protectionStateFrom } from './kept-protection.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LONG = [position(1)];
const wakeOf = (account: ProtectedAccount) => (account.outcome?.wakeAt ?? NaN) - stamp(0).mono;

/** Without figures, so that none of them wakes it. */
function silent(account: ProtectedAccount, ms: number): ProtectedAccount {
  account.read(ms, { equity: null, positions: LONG });
  return account;
}

describe('the time to wake up', () => {
  it('is when a suspect figure will have stood', () => {
    const account = new ProtectedAccount().settle();
    account.read(1_000, { equity: 49_000 });
    expect(wakeOf(account)).toBe(1_250);
  });

  it('is when a good figure will be stale', () => {
    expect(wakeOf(new ProtectedAccount().settle())).toBe(3_300);
  });

  it('is when a flatten without proof is asked for again', () => {
    const account = new ProtectedAccount().settle({ positions: LONG });
    account.read(1_000, { equity: 47_900, second: 47_900, positions: LONG });
    account.at(1_100, { kind: 'flatten-ended', outcome: 'unproven' });
    expect(wakeOf(silent(account, 1_200))).toBe(6_100);
  });

  it('is when a reduction is asked for again', () => {
    const excess = [{ instrument: position(1).instrument, keep: 1 }];
    const capped = { positions: [position(3)], rules: [floorRule(2_000, { excess })] };
    const account = new ProtectedAccount().settle(capped);
    expect(account.actions).toEqual([
      { kind: 'reduce-excess', instrument: position(1).instrument, keep: 1 },
    ]);
    account.read(400, { ...capped, equity: null });
    expect(wakeOf(account)).toBe(5_300);
  });

  it('is when a cancel is asked for again', () => {
    const orders = [order('a', 1)];
    const account = new ProtectedAccount().settle({ orders });
    account.at(400, { kind: 'lock-asked', reason: 'Enough.', until: null });
    account.read(500, { equity: null, orders });
    expect(wakeOf(account)).toBe(5_400);
  });

  it('is when a lock ends', () => {
    const account = silent(new ProtectedAccount().settle(), 400);
    const until = (WALL + HOUR) as EpochMs;
    account.at(500, { kind: 'lock-asked', reason: 'A pause.', until });
    expect(wakeOf(account)).toBe(HOUR);
    expect(account.at(HOUR)).toEqual(['release-lock', 'keep-locks']);
  });

  it('is when the next session opens', () => {
    expect(wakeOf(silent(new ProtectedAccount().settle(), 400))).toBe(8 * HOUR);
  });

  it('is soon while a lock waits for a clock that is in doubt', () => {
    const account = silent(new ProtectedAccount().settle(), 400);
    account.at(500, { kind: 'lock-asked', reason: 'Enough.', until: null });
    const kept: unknown = JSON.parse(JSON.stringify(keptOf(account.state, stamp(500))));
    const state = protectionStateFrom(kept, stamp(30 * HOUR));
    if (state.ok) account.state = state.value;
    account.at(30 * HOUR);
    expect(wakeOf(account)).toBe(30 * HOUR + 30_000);
  });
});
