import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  accountTerms,
  ES,
  SimulatedDesk,
  withFault,
} from '../../testing/simulated-desk.ts';
import { money } from '../../domain/money/money.ts';
import { USUAL_LATENCY } from './latency.ts';

const PRICE = 20_000;

function open(options: ConstructorParameters<typeof SimulatedDesk>[0] = {}): SimulatedDesk {
  const desk = new SimulatedDesk(options);
  desk.tick(PRICE);
  return desk;
}

describe('life-cycle of an order', () => {
  const table = [
    ['market', {}, ['initialized', 'submitted', 'accepted', 'working', 'filled']],
    [
      'resting limit',
      { type: 'limit', limit: PRICE - 5 },
      ['initialized', 'submitted', 'accepted', 'working'],
    ],
    [
      'stop held by the broker',
      { type: 'stopMarket', stop: PRICE + 5 },
      ['initialized', 'submitted', 'accepted'],
    ],
    [
      'stop beyond the market',
      { type: 'stopMarket', stop: PRICE - 5 },
      ['initialized', 'submitted', 'rejected'],
    ],
    ['limit without a price', { type: 'limit' }, ['initialized', 'submitted', 'rejected']],
  ] as const;
  it.each(table)('takes a %s order through its states', (_name, order, states) => {
    const desk = open();
    expect(desk.states(desk.submit(order))).toEqual(states);
  });

  it('shows a stop as working when the option says so', () => {
    const desk = open({ stopsStayAccepted: false });
    const stop = desk.submit({ type: 'stopMarket', stop: PRICE + 5 });
    expect(desk.states(stop).at(-1)).toBe('working');
  });

  it('cancels through both pending states', () => {
    const desk = open();
    const limit = desk.submit({ type: 'limit', limit: PRICE - 5 });
    desk.platform.broker.cancel(limit);
    desk.run(0);
    expect(desk.states(limit).slice(-3)).toEqual(['cancelPending', 'cancelSubmitted', 'cancelled']);
  });

  it('changes through both pending states and applies the values at accepted', () => {
    const desk = open();
    const limit = desk.submit({ type: 'limit', limit: PRICE - 5 });
    desk.platform.broker.change(limit, { quantity: 2, limit: PRICE - 3, stop: null });
    desk.run(0);
    const seen = desk.of('order').slice(-4);
    expect(seen.map(({ order }) => [order.state, order.limit])).toEqual([
      ['changePending', PRICE - 5],
      ['changeSubmitted', PRICE - 5],
      ['accepted', PRICE - 3],
      ['working', PRICE - 3],
    ]);
  });

  it('refuses a change below the filled quantity and keeps the old values', () => {
    const desk = open();
    const limit = desk.submit({ type: 'limit', limit: PRICE - 1, quantity: 5 });
    desk.tick(PRICE - 2, { askSize: 3 });
    expect(limit.filled).toBe(3);
    desk.platform.broker.change(limit, { quantity: 2, limit: PRICE - 1, stop: null });
    desk.run(0);
    expect(limit).toMatchObject({ quantity: 5, state: 'partFilled', error: 'UnableToChangeOrder' });
  });

  it('lets a fill win against a cancel that is under way', () => {
    const desk = open({ latency: USUAL_LATENCY });
    const limit = desk.submit({ type: 'limit', limit: PRICE - 1 });
    desk.run(100);
    desk.platform.broker.cancel(limit);
    desk.tick(PRICE - 3);
    desk.run(1_000);
    expect(desk.states(limit)).toContain('cancelPending');
    expect(limit.state).toBe('filled');
    expect(desk.position()).toBe(1);
  });

  it('fills a market order whose cancel was sent right after it', () => {
    const desk = open({ latency: USUAL_LATENCY });
    const order = desk.submit({});
    desk.platform.broker.cancel(order);
    desk.run(500);
    expect(order.state).toBe('filled');
  });

  it('tells order, execution, position and items in this order, the position 15-20 ms late', () => {
    const desk = open({ latency: USUAL_LATENCY });
    desk.submit({});
    desk.run(200);
    const kinds = desk.events.map((event) => event.kind);
    const filled = desk.events.findIndex(
      (event) => event.kind === 'order' && event.order.state === 'filled',
    );
    expect(kinds.slice(filled, filled + 3)).toEqual(['order', 'execution', 'position']);
    expect(kinds.indexOf('item', filled)).toBeGreaterThan(filled + 2);
    const executed = desk.of('execution')[0]?.execution.time ?? 0;
    const delay = (desk.of('position')[0]?.position.time ?? 0) - executed;
    expect(delay).toBeGreaterThanOrEqual(14);
    expect(delay).toBeLessThanOrEqual(21);
  });
});

describe('fills', () => {
  it('fills a market order level by level at the sizes shown', () => {
    const desk = open();
    desk.tick(PRICE, { askSize: 2 });
    desk.submit({ quantity: 5 });
    const fills = desk
      .of('execution')
      .map(({ execution }) => [execution.price, execution.quantity]);
    expect(fills).toEqual([
      [PRICE + 1, 2],
      [PRICE + 2, 2],
      [PRICE + 3, 1],
    ]);
  });

  it('never fills a limit order beyond its price', () => {
    const desk = open();
    desk.tick(PRICE, { askSize: 2 });
    const limit = desk.submit({ type: 'limit', limit: PRICE + 1, quantity: 5 });
    expect(limit).toMatchObject({ filled: 2, state: 'partFilled' });
  });

  it('fills a resting limit at its own price even when the market gaps through', () => {
    const desk = open();
    desk.submit({ type: 'limit', limit: PRICE - 5 });
    desk.tick(PRICE - 20);
    expect(desk.of('execution')[0]?.execution.price).toBe(PRICE - 5);
  });

  it('fills a stop at the market it finds, not at its price', () => {
    const desk = open();
    desk.submit({ action: 'sell', type: 'stopMarket', stop: PRICE - 5 });
    desk.tick(PRICE - 12);
    expect(desk.of('execution')[0]?.execution.price).toBe(PRICE - 12);
  });

  it('turns a reached stop-limit into a limit that may stay unfilled', () => {
    const desk = open();
    const order = desk.submit({
      action: 'sell',
      type: 'stopLimit',
      stop: PRICE - 5,
      limit: PRICE - 6,
    });
    desk.tick(PRICE - 12);
    expect(order).toMatchObject({ triggered: true, filled: 0 });
    desk.tick(PRICE - 6);
    expect(order.state).toBe('filled');
  });

  it('turns a position around in one update', () => {
    const desk = open();
    desk.submit({ quantity: 2 });
    desk.submit({ action: 'sell', quantity: 5 });
    expect(desk.of('position').map(({ position }) => position.quantity)).toEqual([2, -3]);
  });

  it('fills nothing while the market is paused and keeps the orders', () => {
    const desk = open(withFault({ kind: 'pausedMarket', instrument: null, forMs: 1_000 }));
    desk.run(1);
    const order = desk.submit({});
    desk.tick(PRICE + 3);
    expect(order.state).toBe('working');
    desk.run(1_000);
    expect(order.state).toBe('filled');
  });
});

describe('rejects', () => {
  it('refuses what the account cannot pay the margin for, and takes what reduces', () => {
    const desk = open({
      accounts: [{ ...accountTerms(ACCOUNT), startCash: money(16_000 * 10_000) }],
    });
    desk.submit({});
    const second = desk.submit({});
    expect(second).toMatchObject({ state: 'rejected', error: 'OrderRejected' });
    expect(second.comment).toContain('margin');
    expect(desk.submit({ action: 'sell' }).state).toBe('filled');
  });

  it('refuses an OCO id that was used up', () => {
    const desk = open();
    desk.submit({ oco: 'pair', type: 'limit', limit: PRICE + 1 });
    expect(desk.submit({ oco: 'pair', type: 'limit', limit: PRICE - 9 })).toMatchObject({
      state: 'rejected',
      comment: "OCO ID 'pair' cannot be reused.",
    });
  });
});

describe('groups', () => {
  it('sends a bracket after the fill and lets one leg end the other', () => {
    const desk = open();
    desk.submit({ quantity: 2, bracket: { stopTicks: 8, targetTicks: 6 } });
    const [stop, target] = desk.platform.broker.orders.liveIn(ES);
    expect(stop).toMatchObject({ name: 'Stop1', stop: PRICE + 1 - 8, quantity: 2 });
    expect(target).toMatchObject({ name: 'Target1', limit: PRICE + 1 + 6, quantity: 2 });
    desk.tick(PRICE + 10);
    expect([stop?.state, target?.state]).toEqual(['cancelled', 'filled']);
    expect(desk.position()).toBe(0);
  });

  it('shrinks the other leg by what one has filled', () => {
    const desk = open();
    desk.submit({ quantity: 3, bracket: { stopTicks: 8, targetTicks: 6 } });
    const [stop, target] = desk.platform.broker.orders.liveIn(ES);
    desk.tick(PRICE + 7, { bidSize: 2 });
    expect([target?.filled, stop?.quantity]).toEqual([2, 1]);
  });

  it('cancels the mates of a cancelled leg', () => {
    const desk = open();
    const low = desk.submit({ oco: 'a', type: 'limit', limit: PRICE - 5 });
    const high = desk.submit({ oco: 'a', action: 'sell', type: 'limit', limit: PRICE + 9 });
    desk.platform.broker.cancel(low);
    desk.run(0);
    expect([low.state, high.state]).toEqual(['cancelled', 'cancelled']);
  });

  it('fills both legs only under the race fault', () => {
    const race = { ...withFault({ kind: 'ocoRace' }), latency: USUAL_LATENCY };
    for (const [options, both] of [
      [{ latency: USUAL_LATENCY }, false],
      [race, true],
    ] as const) {
      const desk = open(options);
      desk.run(1);
      const low = desk.submit({ oco: 'a', type: 'limit', limit: PRICE - 5 });
      const high = desk.submit({ oco: 'a', action: 'sell', type: 'limit', limit: PRICE + 9 });
      desk.run(200);
      desk.tick(PRICE - 9);
      desk.tick(PRICE + 20);
      desk.run(500);
      expect([low.state, high.state]).toEqual(['filled', both ? 'filled' : 'cancelled']);
    }
  });
});
