import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { OrderId } from '../../shared/domain/account/order.ts';
import type { Fact } from '../../shared/domain/desk/fact.ts';
import type { Ticks } from '../../shared/domain/instrument/instrument.ts';
import { money } from '../../shared/domain/money/money.ts';
import {
  execution,
  item,
  lost,
  opened,
  OPEN_AT,
  order,
  position,
  quote,
  snapshot,
  terms,
} from '../../shared/testing/desk-facts.ts';
import { CONNECTED, connected, engineWorld, type EngineWorld } from './testing/engine-world.ts';

const filled = (seq: number, id: string, over = {}): Fact => ({
  kind: 'execution.reported',
  seq,
  execution: execution(id, over),
});

describe('account figures', () => {
  const account = (world: EngineWorld) => world.engine.view().accounts[0]!;

  it('are unknown before anybody reported them, and never zero', () => {
    const shown = account(connected());
    expect(shown.netLiquidation).toEqual({ value: null, source: 'none', asOf: null });
    expect(shown.cashValue.value).toBeNull();
  });

  it('take realized P&L of the trading day from the fills, after costs', () => {
    const world = connected();
    world.take(
      filled(3, 'a', { quantity: 2, cost: money(40_000) }),
      filled(4, 'b', { side: 'sell', price: 20_010 as Ticks, cost: money(20_000) }),
      position(5, 1),
    );
    expect(account(world).realizedToday).toMatchObject({
      value: 10 * 125_000 - 60_000,
      source: 'fills',
    });
    expect(account(world).fillsToday).toBe(2);
  });

  it('start a new day at 17:00 Chicago', () => {
    const world = connected();
    world.take(
      filled(3, 'a', { cost: money(40_000) }),
      filled(4, 'b', { side: 'sell', price: 20_010 as Ticks }),
    );
    expect(account(world).realizedToday.value).toBe(10 * 125_000 - 40_000);
    world.clock.advance(8 * 3_600_000);
    expect(account(world).realizedToday.value).toBe(0);
  });

  it('say so when position and fills contradict each other, and trust neither for today', () => {
    const world = connected();
    world.take(filled(3, 'a', { quantity: 2 }), position(4, 1));
    expect(account(world).doubts).toEqual([]);
    world.clock.advance(1_000);
    expect(account(world).doubts).toEqual([
      'ES 12-26: NinjaTrader reports long 1, the fills come to long 2.',
    ]);
    expect(account(world).realizedToday.value).toBeNull();
    expect(world.engine.view().status).toBe('warning');
  });

  it('fall back on the broker where a position was opened before the known fills', () => {
    const world = engineWorld();
    world.take(opened(), terms(1), snapshot(2, { positions: [position(2, 1)] }));
    world.take(item(3, 'realizedProfitLoss', 990_000));
    world.take(filled(4, 'a', { side: 'sell' }), position(5, 0));
    world.clock.advance(2_000);
    expect(account(world).realizedToday).toMatchObject({ value: 990_000, source: 'broker' });
    expect(account(world).doubts[0]).toContain('opened before the known fills');
  });

  it("say so when the broker's realized P&L moves otherwise than the fills", () => {
    const world = connected();
    world.take(item(3, 'realizedProfitLoss', 500_000));
    world.clock.advance(1_000);
    world.take(filled(4, 'a'), filled(5, 'b', { side: 'sell', price: 20_010 as Ticks }));
    world.take(item(6, 'realizedProfitLoss', 500_000 + 1_250_000));
    world.clock.advance(10_000);
    expect(account(world).doubts).toEqual([]);
    world.take(item(7, 'realizedProfitLoss', 500_000 + 900_000));
    world.clock.advance(10_000);
    expect(account(world).doubts).toEqual([
      "Since this session began NinjaTrader's realized P&L moved by $90.00, the fills by $125.00.",
    ]);
  });

  it('fall back on the broker while fills may be missing for longer than a moment', () => {
    const world = connected();
    world.take(item(3, 'realizedProfitLoss', 990_000), filled(4, 'a'), position(5, 1));
    world.take(
      { kind: 'link.gap', from: 6, to: 7 },
      snapshot(9, { scope: 'state', positions: [position(9, 1)] }),
    );
    expect(account(world).realizedToday.source).toBe('fills');
    world.clock.advance(3_000);
    expect(account(world).realizedToday).toMatchObject({ value: 990_000, source: 'broker' });
    expect(account(world).doubts[0]).toContain('Fills may be missing');
    world.take(snapshot(11, { positions: [position(11, 1)] }));
    expect(account(world)).toMatchObject({ doubts: [], realizedToday: { source: 'fills' } });
  });

  it("take net liquidation from the broker, else from the broker's cash and the open P&L", () => {
    const world = connected();
    world.take(item(3, 'cashValue', 500_000_000), position(4, 1), quote(20_002));
    expect(account(world).netLiquidation).toMatchObject({
      value: 500_000_000 + 2 * 125_000,
      source: 'fills',
    });
    world.take(item(5, 'netLiquidation', 499_000_000));
    expect(account(world).netLiquidation).toMatchObject({ value: 499_000_000, source: 'broker' });
  });

  it('mark open P&L at the last price, and leave it unknown without one', () => {
    const world = connected();
    world.take(position(3, -2));
    expect(account(world).openProfit.value).toBeNull();
    world.take(item(4, 'unrealizedProfitLoss', -7));
    expect(account(world).openProfit).toMatchObject({ value: -7, source: 'broker' });
    world.take(quote(20_004));
    expect(account(world).openProfit).toEqual({
      value: -4 * 2 * 125_000,
      source: 'fills',
      asOf: OPEN_AT,
    });
    expect(account(world).positions[0]?.openTicksE4).toBe(-40_000);
  });

  it('show which orders only reduce', () => {
    const world = connected();
    const reported = (seq: number, id: string, over = {}): Fact => ({
      kind: 'order.reported',
      seq,
      order: order(id, { side: 'sell', updatedAt: (OPEN_AT + seq) as EpochMs, ...over }),
    });
    world.take(position(3, 2), reported(4, 'stop', { quantity: 2 }));
    world.take(reported(5, 'over', { quantity: 3 }), reported(6, 'add', { side: 'buy' }));
    const reducing = account(world).orders.map(({ id, reducing: is }) => [id as OrderId, is]);
    expect(reducing).toEqual([
      ['stop', true],
      ['over', false],
      ['add', false],
    ]);
  });
});

describe('freshness', () => {
  const freshness = (world: EngineWorld) => world.engine.view().accounts[0]!.freshness;

  it('follows the link from live over stale to offline and back by way of unconfirmed', () => {
    const world = connected();
    expect(freshness(world)).toBe('live');
    world.engine.listener.onStatus({ ...CONNECTED, state: 'stale' });
    expect(freshness(world)).toBe('stale');
    world.take(lost());
    expect(freshness(world)).toBe('offline');
    world.engine.listener.onStatus({ ...CONNECTED, state: 'connected' });
    world.take(opened('sess-2'));
    expect(freshness(world)).toBe('unconfirmed');
    world.take(snapshot(1));
    expect(freshness(world)).toBe('live');
  });

  it('does not flicker with a gap that is mended at once, and shows one that is not', () => {
    const world = connected();
    world.take({ kind: 'link.gap', from: 5, to: 6 });
    expect(freshness(world)).toBe('live');
    world.clock.advance(3_000);
    expect(freshness(world)).toBe('unconfirmed');
    world.take(snapshot(7));
    expect(freshness(world)).toBe('live');
  });
});
