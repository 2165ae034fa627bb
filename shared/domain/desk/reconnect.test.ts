import { describe, expect, it } from 'vitest';
import { account, opened, order, position, SIM, snapshot } from '../../testing/desk-facts.ts';
import { DeskWorld } from '../../testing/desk-world.ts';
import type { ConnectionStatus } from '../account/account.ts';
import type { Fact } from './fact.ts';
import { coverage, exposuresIn, hasAllFills, standingOf } from './standing.ts';

const ALL = { kind: 'all' } as const;
const live = (): DeskWorld => new DeskWorld().take(opened(), snapshot(1), position(2, 2));
const flat = (seq: number): Fact => position(seq, 0);

describe('a state snapshot with an entry that could not be read', () => {
  it('puts the account in doubt until the next one, and its fills not at all', () => {
    const entry = { type: 'order', account: SIM, instrument: 'NQ 12-26', code: 'OFF_TICK' };
    const desk = live().take(snapshot(5, { scope: 'state', refused: [entry] }));
    expect(standingOf(desk.state, desk.account())).toBe('unconfirmed');
    desk.take(snapshot(9, { scope: 'state' }));
    expect(standingOf(desk.state, desk.account())).toBe('confirmed');
    expect(hasAllFills(desk.state, desk.account())).toBe(true);
  });
});

describe('an account whose broker comes and goes', () => {
  it.each<ConnectionStatus>(['connecting', 'disconnecting', 'disconnected', 'connectionLost'])(
    'keeps its position when the platform empties its list while %s',
    (connectionStatus) => {
      const desk = live().take(account(3, { connectionStatus }), flat(4));
      expect(desk.held()).toBe(2);
      expect(exposuresIn(desk.state, ALL)).toHaveLength(1);
    },
  );

  it('is not spoken for by a snapshot that was read before it came back', () => {
    const away = account(10, { connectionStatus: 'disconnected' });
    const desk = live().take(away, account(11));
    desk.take(snapshot(10, { seq: 13, accounts: [away], positions: [] }));
    expect(desk.held()).toBe(2);
    expect(coverage(desk.state, ALL).confirmed).toEqual([]);
  });

  it('is not confirmed by a snapshot that was read before it left and came back', () => {
    const desk = live().take({ kind: 'order.reported', seq: 3, order: order('a') });
    desk.take(account(11, { connectionStatus: 'disconnected' }), account(12));
    desk.take(snapshot(10, { seq: 14, positions: [], orders: [] }));
    expect(desk.held()).toBe(2);
    expect(desk.account().liveOrders.size).toBe(1);
    expect(standingOf(desk.state, desk.account())).toBe('unconfirmed');
  });

  it('is spoken for again by the first snapshot after it came back', () => {
    const away = account(10, { connectionStatus: 'disconnected' });
    const desk = live().take(away, account(11));
    desk.take(snapshot(10, { seq: 13, accounts: [away] }), snapshot(20, { positions: [] }));
    expect(desk.held()).toBe(0);
    expect(coverage(desk.state, ALL).confirmed).toEqual([SIM]);
  });
});
