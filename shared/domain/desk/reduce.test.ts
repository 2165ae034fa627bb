import { describe, expect, it } from 'vitest';
import type { AccountName } from '../account/account.ts';
import type { Ticks } from '../instrument/instrument.ts';
import {
  account,
  ES,
  execution,
  item,
  lost,
  opened,
  OPEN_AT,
  order,
  position,
  SIM,
  snapshot,
} from '../../testing/desk-facts.ts';
import { DeskWorld } from '../../testing/desk-world.ts';
import type { EpochMs } from '../../kernel/clock.ts';
import { netQuantity } from '../account/profit-ledger.ts';
import type { Fact } from './fact.ts';
import { coverage, exposuresIn, standingOf } from './standing.ts';

const ALL = { kind: 'all' } as const;
const ordered = (seq: number, id: string, over = {}): Fact => ({
  kind: 'order.reported',
  seq,
  order: order(id, over),
});
const filled = (seq: number, id: string, over = {}): Fact => ({
  kind: 'execution.reported',
  seq,
  execution: execution(id, over),
});

function live(): DeskWorld {
  return new DeskWorld().take(opened(), snapshot(1));
}

describe('messages', () => {
  it('never lets an older message of a session overwrite a newer one', () => {
    const desk = live().take(position(5, 2), position(4, 1), ordered(7, 'a', { filled: 1 }));
    desk.take(ordered(6, 'a', { filled: 0 }));
    expect(desk.held()).toBe(2);
    expect(desk.account().liveOrders.get(order('a').id)?.order.filled).toBe(1);
    expect(desk.entries).toEqual([]);
  });

  it('never lets an older message bring back an order that ended', () => {
    const desk = live().take(ordered(9, 'a', { state: 'filled', filled: 1 }), ordered(8, 'a'));
    expect(desk.account().liveOrders.size).toBe(0);
  });

  it('counts sequence numbers anew in a new session', () => {
    const desk = live().take(position(500, 2), lost(), opened('sess-2'), position(3, 1));
    expect(desk.held()).toBe(1);
  });

  it('takes an execution once, over sessions and reconnects', () => {
    const desk = live().take(filled(2, 'x'), filled(3, 'x'), lost(), opened('sess-2'));
    desk.take(filled(2, 'x'), snapshot(9, { executions: [execution('x')] }));
    expect(netQuantity(desk.account().books.get(ES)!.ledger)).toBe(1);
  });

  it('keeps executions of the same id on two accounts apart', () => {
    const other = 'Sim102' as AccountName;
    const desk = live().take(filled(2, 'x'), filled(3, 'x', { account: other }));
    expect(desk.account(other).books.get(ES)!.fills.size).toBe(1);
  });

  it('books a late fill in its place in time', () => {
    const at = (s: number) => (OPEN_AT + s * 1_000) as EpochMs;
    const price = (ticks: number) => ticks as Ticks;
    const desk = live().take(
      filled(2, 'a', { executedAt: at(1), price: price(100) }),
      filled(3, 'c', { executedAt: at(3), price: price(130), side: 'sell' }),
      filled(4, 'b', { executedAt: at(0), price: price(110) }),
    );
    const { ledger } = desk.account().books.get(ES)!;
    expect(ledger.lots).toEqual([{ quantity: 1, price: 100 }]);
    expect(ledger.days[0]?.realizedTicks).toBe(20);
  });

  it('keeps figures that follow prices in the journal once a minute, others on every change', () => {
    const desk = live();
    const kept = (seq: number, name: 'netLiquidation' | 'cashValue', value: number) =>
      desk.take(item(seq, name, value)).kinds();
    expect(kept(2, 'netLiquidation', 10)).toEqual(['item.reported']);
    expect(kept(3, 'netLiquidation', 11)).toEqual([]);
    expect(kept(4, 'cashValue', 10)).toEqual(['item.reported']);
    expect(kept(5, 'cashValue', 11)).toEqual(['item.reported']);
    expect(kept(6, 'cashValue', 11)).toEqual([]);
    desk.now += 60_000;
    expect(kept(7, 'netLiquidation', 12)).toEqual(['item.reported']);
    expect(desk.account().items.get('netLiquidation')?.value).toBe(12);
  });

  it('does not take zeros of a disconnected account for figures', () => {
    const desk = live().take(item(2, 'cashValue', 500));
    desk.take(account(3, { connectionStatus: 'connectionLost' }), item(4, 'cashValue', 0));
    expect(desk.account().items.get('cashValue')?.value).toBe(500);
  });

  it('leaves earlier states as they were', () => {
    const desk = live().take(filled(2, 'x'), ordered(3, 'a', { state: 'filled' }));
    const before = desk.state;
    const text = JSON.stringify(desk.durable());
    desk.take(filled(4, 'y'), ordered(5, 'b', { state: 'cancelled' }), position(6, 2));
    desk.state = before;
    expect(JSON.stringify(desk.durable())).toBe(text);
  });
});

describe('snapshots', () => {
  it('treat what they do not list as gone, and say what they corrected', () => {
    const desk = live().take(position(2, 2), ordered(3, 'a'), snapshot(4));
    expect(desk.held()).toBe(0);
    expect(desk.account().liveOrders.size).toBe(0);
    expect(desk.entries).toEqual([
      { kind: 'order.vanished', account: SIM, orderId: 'a' },
      expect.objectContaining({ kind: 'reconcile.corrected', subject: `order ${SIM} ${ES} a` }),
      expect.objectContaining({ kind: 'position.reported', quantity: 0 }),
      {
        kind: 'reconcile.corrected',
        subject: `position ${SIM} ${ES}`,
        was: 'long 2',
        is: 'flat',
      },
    ]);
  });

  it('leave alone what a message said after they were begun', () => {
    const desk = live().take(position(12, 2), ordered(11, 'a'), snapshot(10));
    expect(desk.held()).toBe(2);
    expect(desk.account().liveOrders.size).toBe(1);
  });

  it('outrank the message they were begun after', () => {
    const desk = live().take(position(10, 2));
    desk.take(snapshot(10, { positions: [position(10, 3)] }));
    expect(desk.held()).toBe(3);
  });

  it('shut out messages from before them that come in late', () => {
    const desk = live().take(snapshot(10), position(9, 5), ordered(8, 'late'));
    expect(exposuresIn(desk.state, ALL)).toEqual([]);
  });

  it('let a late word on how an order ended through, since it can open nothing', () => {
    const desk = live().take(ordered(2, 'a'), snapshot(10));
    desk.take(ordered(4, 'a', { state: 'rejected', comment: 'No margin' }), ordered(3, 'b'));
    expect(desk.account().settledOrders.get(order('a').id)?.order.comment).toBe('No margin');
    expect(exposuresIn(desk.state, ALL)).toEqual([]);
  });

  it('prove nothing by absence for an account with an entry that could not be read', () => {
    const refused = [{ type: 'position', account: SIM, instrument: ES, code: 'OFF_TICK' }];
    const desk = live().take(position(2, 2), ordered(3, 'a'), snapshot(4, { refused }));
    expect(desk.held()).toBe(2);
    expect(desk.account().liveOrders.size).toBe(1);
    expect(coverage(desk.state, ALL).inDoubt).toEqual([SIM]);
    desk.take(snapshot(6));
    expect(coverage(desk.state, ALL).confirmed).toEqual([SIM]);
  });

  it('prove nothing by absence for an account whose connection is down', () => {
    const down = [account(4, { connectionStatus: 'disconnected' })];
    const desk = live().take(position(2, 2), ordered(3, 'a'), snapshot(4, { accounts: down }));
    desk.take(position(7, 0), snapshot(8, { accounts: down, positions: [position(8, 0)] }));
    expect(exposuresIn(desk.state, ALL)).toMatchObject([{ quantity: 2, liveOrders: 1 }]);
    expect(desk.entries).toEqual([]);
    expect(coverage(desk.state, ALL).disconnected).toEqual([SIM]);
  });

  it('make an account that is no longer listed disconnected, not flat', () => {
    const desk = live().take(position(2, 2), snapshot(4, { accounts: [] }));
    expect(desk.held()).toBe(2);
    expect(standingOf(desk.state, desk.account())).toBe('disconnected');
  });

  it('change nothing the second time', () => {
    const desk = live().take(position(2, 2), ordered(3, 'a'));
    const told = {
      orders: [order('b', { state: 'partFilled', filled: 1, quantity: 3 })],
      positions: [position(9, -1)],
      executions: [execution('x')],
      items: [item(9, 'cashValue', 77)],
    };
    desk.take(snapshot(9, told));
    const once = desk.durable();
    desk.take(snapshot(12, told));
    expect(desk.durable()).toEqual(once);
    expect(desk.entries).toEqual([]);
  });

  it('that are older than one already taken in change nothing', () => {
    const desk = live().take(snapshot(20, { positions: [position(20, 1)] }), snapshot(10));
    expect(desk.held()).toBe(1);
  });
});

describe('standing', () => {
  it('is unconfirmed from the loss of the link to the first snapshot of the next session', () => {
    const desk = live().take(position(2, 2));
    const standing = () => standingOf(desk.state, desk.account());
    expect(standing()).toBe('confirmed');
    desk.take(lost());
    expect(standing()).toBe('offline');
    expect(desk.held()).toBe(2);
    desk.take(opened('sess-2'));
    expect(standing()).toBe('unconfirmed');
    desk.take(snapshot(1, { positions: [position(1, 2)] }));
    expect(standing()).toBe('confirmed');
  });

  it('is in doubt after a gap until a snapshot from behind it', () => {
    const desk = live().take({ kind: 'link.gap', from: 5, to: 8 }, snapshot(7, { scope: 'state' }));
    expect(coverage(desk.state, ALL).inDoubt).toEqual([SIM]);
    desk.take(snapshot(9, { scope: 'state' }));
    expect(coverage(desk.state, ALL).confirmed).toEqual([SIM]);
  });

  it('needs a snapshot from after the return of the connection', () => {
    const connection = (seq: number, status: 'connected' | 'connectionLost'): Fact => ({
      kind: 'connection.reported',
      seq,
      name: 'Simulated',
      status,
      priceStatus: status,
      detail: '',
    });
    const desk = live().take(connection(3, 'connectionLost'));
    expect(coverage(desk.state, ALL).disconnected).toEqual([SIM]);
    desk.take(connection(4, 'connected'));
    expect(coverage(desk.state, ALL).inDoubt).toEqual([SIM]);
    desk.take(snapshot(5));
    expect(coverage(desk.state, ALL).confirmed).toEqual([SIM]);
  });

  it('calls an account of the scope that was never reported missing', () => {
    const scope = { kind: 'account', account: 'Nobody' as AccountName } as const;
    expect(coverage(live().state, scope).missing).toEqual(['Nobody']);
  });

  it('counts an order that the platform lost sight of as exposure', () => {
    const desk = live().take(ordered(2, 'a', { state: 'unknown' }));
    expect(exposuresIn(desk.state, ALL)).toEqual([
      { account: SIM, instrument: ES, quantity: 0, liveOrders: 1 },
    ]);
  });
});
