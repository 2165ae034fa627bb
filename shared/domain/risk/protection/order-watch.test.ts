import { describe, expect, it } from 'vitest';
import {
  ES,
  NQ,
  order,
  position,
  ProtectedAccount,
  type Said,
} from '../../../testing/protection-world.ts';
import type { ProtectionEvent } from './protection-event.ts';

const LOCK: ProtectionEvent = { kind: 'lock-asked', reason: 'Enough for today.', until: null };

/** Locked by the trader at 400 ms, with what was open before. */
function locked(said: Said = {}): ProtectedAccount {
  const account = new ProtectedAccount().settle(said);
  account.at(400, LOCK);
  return account;
}

describe('orders under a lock', () => {
  it('entries that were working before it are cancelled, and are no attempt', () => {
    const before = { orders: [order('a', 1), order('b', -2, NQ)] };
    const account = locked(before);
    expect(account.actions.at(-2)).toEqual({ kind: 'cancel-entries', orders: ['a', 'b'] });
    account.read(500, before);
    expect(account.state.attempts).toBe(0);
    expect(account.count('cancel-entries')).toBe(1);
  });

  it('an entry that is placed under it is an attempt, cancelled, and counted once', () => {
    const account = locked();
    expect(account.read(500, { orders: [order('a', 1)] })).toEqual(['cancel-entries']);
    account.read(600, { orders: [order('a', 1)] });
    expect(account.notices.filter(({ kind }) => kind === 'bypass-order')).toEqual([
      { kind: 'bypass-order', order: 'a', attempts: 1 },
    ]);
  });

  it('a cancel that nothing came of is asked for again', () => {
    const account = locked();
    account.read(500, { orders: [order('a', 1)] });
    expect(account.read(5_499, { orders: [order('a', 1)] })).toEqual([]);
    expect(account.read(5_500, { orders: [order('a', 1)] })).toEqual(['cancel-entries']);
  });

  it.each([
    ['a stop', [order('stop', -2)]],
    ['a stop and a target for the same contracts', [order('stop', -2), order('target', -2)]],
    ['an order that closes and turns', [order('turn', -5)]],
  ])('%s of an open position is left alone', (_name, orders) => {
    const account = locked({ positions: [position(2)] });
    account.read(500, { positions: [position(2)], orders });
    account.read(9_000, { positions: [position(2)], orders });
    expect(account.count('cancel-entries')).toBe(0);
    expect(account.state.attempts).toBe(0);
  });

  it('an order in another instrument than the position is an entry', () => {
    const account = locked({ positions: [position(2)] });
    const said = { positions: [position(2)], orders: [order('hedge', -1, NQ)] };
    expect(account.read(500, said)).toEqual(['cancel-entries']);
  });

  it('an exit whose position closed first is cancelled only after a while', () => {
    const orders = [order('stop', -2)];
    const account = locked({ positions: [position(2)], orders });
    account.read(500, { positions: [], orders });
    expect(account.count('cancel-entries')).toBe(0);
    account.read(2_900, { positions: [], orders });
    expect(account.read(5_500, { positions: [], orders })).toEqual(['cancel-entries']);
  });

  it('while it is not known what is open, nothing is an entry', () => {
    const account = locked();
    account.read(500, { positions: null, orders: [order('a', 1)] });
    expect(account.count('cancel-entries')).toBe(0);
    account.read(600, { orders: [order('a', 1)] });
    expect(account.count('cancel-entries')).toBe(1);
    expect(account.state.attempts).toBe(1);
  });

  it('three attempts lock until the next session, and that lock cannot be loosened', () => {
    const account = new ProtectedAccount().settle();
    const until = account.state.session.opensNext!;
    account.at(400, {
      kind: 'lock-asked',
      reason: 'A pause.',
      until: (until - 3_600_000) as never,
    });
    for (const [index, id] of ['a', 'b', 'c'].entries()) {
      account.read(500 + index * 100, { orders: [order(id, 1)] });
    }
    expect(
      account.state.book.locks.map(({ id, end, mayLoosen }) => ({ id, end, mayLoosen })),
    ).toContainEqual({
      id: 'bypass',
      end: { kind: 'session', after: '2026-11-18', opensAt: until },
      mayLoosen: false,
    });
  });
});

describe('fills under a lock', () => {
  const fill = (id: string, orderId: string, quantity: number, before: number | null) =>
    ({ kind: 'fill', fill: { id, orderId, instrument: ES, quantity, before } }) as const;

  it('one that opens is an attempt, and what it opened is closed', () => {
    const account = locked();
    expect(account.at(500, fill('f', 'a', 2, 0))).toEqual([]);
    account.at(510, fill('f', 'a', 2, 0));
    expect(account.state.attempts).toBe(1);
    account.read(600, { positions: [position(2)] });
    expect(account.actions.at(-1)).toEqual({ kind: 'reduce-excess', instrument: ES, keep: 0 });
  });

  it('one that adds leaves what was held', () => {
    const account = locked({ positions: [position(1)] });
    account.read(600, { positions: [position(3)] });
    expect(account.actions.at(-1)).toEqual({ kind: 'reduce-excess', instrument: ES, keep: 1 });
  });

  it('one that reduces is nothing', () => {
    const account = locked({ positions: [position(2)] });
    account.at(500, fill('f', 'stop', -2, 2));
    expect(account.notices.map(({ kind }) => kind)).not.toContain('bypass-fill');
    expect(account.state.attempts).toBe(0);
  });

  it('one of an order from before the lock is late, and no attempt', () => {
    const account = locked({ orders: [order('a', 1)] });
    account.at(500, fill('f', 'a', 1, 0));
    expect(account.notices).toContainEqual({ kind: 'late-fill', fill: 'f', entered: 1 });
    expect(account.state.attempts).toBe(0);
  });

  it('an order and its fill are one attempt', () => {
    const account = locked();
    account.read(500, { orders: [order('a', 1)] });
    account.at(600, fill('f', 'a', 1, 0));
    expect(account.state.attempts).toBe(1);
  });
});

describe('orders that stand as they stood', () => {
  const held = { positions: [position(2)], orders: [order('a', 1), order('stop', -2)] };

  it('are not looked at again at every figure', () => {
    const account = locked(held);
    account.read(500, held);
    const { known } = account.state;
    account.read(600, { ...held, equity: 49_990 });
    expect(account.state.known).toBe(known);
  });

  it.each<[string, Said]>([
    ['another size', { orders: [order('a', 2), order('stop', -2)] }],
    ['another position', { positions: [position(1)] }],
    ['a position that is not known', { positions: null }],
    ['one more order', { orders: [...held.orders, order('b', 1)] }],
    ['one order less', { orders: [order('a', 1)] }],
    ['another order in its place', { orders: [order('b', 1), order('stop', -2)] }],
  ])('are looked at with %s', (_name, change) => {
    const account = locked(held);
    account.read(500, held);
    const { known } = account.state;
    account.read(600, { ...held, ...change });
    expect(account.state.known).not.toBe(known);
  });

  it('are looked at until those that are gone are forgotten, after a minute', () => {
    const account = locked(held);
    account.read(500, { positions: [position(2)] });
    expect(Object.keys(account.state.known)).toEqual(['a', 'stop']);
    account.read(60_499, { positions: [position(2)] });
    expect(Object.keys(account.state.known)).toEqual(['a', 'stop']);
    account.read(60_500, { positions: [position(2)] });
    expect(account.state.known).toEqual({});
  });
});
