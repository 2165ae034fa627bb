import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  accountTerms,
  ES,
  SimulatedDesk,
  withFault,
} from '../../testing/simulated-desk.ts';
import { USUAL_LATENCY } from '../broker/latency.ts';

const PRICE = 20_000;

function open(options: ConstructorParameters<typeof SimulatedDesk>[0] = {}): SimulatedDesk {
  const desk = new SimulatedDesk({ latency: USUAL_LATENCY, ...options });
  desk.tick(PRICE);
  return desk;
}

/** A long position of two with a working stop. */
function exposed(options: ConstructorParameters<typeof SimulatedDesk>[0] = {}): SimulatedDesk {
  const desk = open(options);
  desk.submit({ quantity: 2 });
  desk.submit({ action: 'sell', type: 'stopMarket', stop: PRICE - 20, quantity: 2, name: 'Stop1' });
  desk.run(500);
  return desk;
}

function liveOrders(desk: SimulatedDesk): number {
  return desk.platform.broker.orders.liveOf(ACCOUNT).length;
}

describe('flatten', () => {
  it('cancels, waits for the confirmation, closes with an order named Close and sweeps', () => {
    const desk = exposed();
    const id = desk.flatten();
    desk.run(4_000);
    expect(desk.steps(id)).toEqual([
      'cancelSent',
      'cancelConfirmed',
      'closeSent',
      'closeFilled',
      'flatSeen',
    ]);
    expect(desk.result(id)).toMatchObject({ outcome: 'done', code: 'FLAT', remaining: [] });
    const close = desk.of('order').find(({ order }) => order.name === 'Close');
    expect(close?.order).toMatchObject({ type: 'market', action: 'sell', quantity: 2 });
    expect([desk.position(), liveOrders(desk)]).toEqual([0, 0]);
  });

  it('closes a short with buy-to-cover', () => {
    const desk = open();
    desk.submit({ action: 'sellShort', quantity: 3 });
    desk.run(200);
    desk.flatten();
    desk.run(4_000);
    const close = desk.of('order').find(({ order }) => order.name === 'Close');
    expect(close?.order).toMatchObject({ action: 'buyToCover', quantity: 3 });
    expect(desk.position()).toBe(0);
  });

  it('closes with a marketable limit when asked to', () => {
    const desk = exposed();
    desk.command({
      kind: 'flatten',
      scope: { kind: 'account', account: ACCOUNT },
      attempt: 2,
      method: 'marketableLimit',
      holdEntriesMs: 0,
    });
    desk.run(4_000);
    const close = desk.of('order').find(({ order }) => order.name === 'Close');
    expect(close?.order.type).toBe('limit');
    expect(desk.position()).toBe(0);
  });

  it('says nothing of flat before the sweep is over', () => {
    const desk = exposed();
    const id = desk.flatten();
    desk.run(1_000);
    expect(desk.result(id)).toBeUndefined();
  });

  it('waits five seconds for cancels that are never confirmed, closes, and reports the order left', () => {
    const desk = exposed(withFault({ kind: 'cancelNeverConfirmed' }));
    const id = desk.flatten();
    desk.run(4_900);
    expect(desk.steps(id)).toEqual(['cancelSent']);
    desk.run(8_000);
    expect(desk.steps(id)).toContain('cancelTimedOut');
    expect(desk.position()).toBe(0);
    expect(desk.result(id)).toMatchObject({
      outcome: 'failed',
      code: 'CANCEL_TIMED_OUT',
      remaining: [{ account: ACCOUNT, instrument: ES, quantity: 0, workingOrders: 1 }],
    });
  });

  it('closes once more when a stop fills during its cancel and turns the position', () => {
    const desk = exposed(withFault({ kind: 'fillInFlight', probability: 1, forMs: 1_000 }));
    const id = desk.flatten();
    desk.run(6_000);
    expect(desk.result(id)).toMatchObject({ outcome: 'done' });
    expect([desk.position(), liveOrders(desk)]).toEqual([0, 0]);
  });

  it('reports a rejected close with the broker’s words and does not try again by itself', () => {
    const desk = exposed(
      withFault({
        kind: 'rejectOrders',
        only: 'closing',
        probability: 1,
        comment: 'Price limit reached.',
      }),
    );
    const id = desk.flatten();
    desk.run(10_000);
    expect(desk.steps(id).filter((step) => step === 'closeSent')).toHaveLength(1);
    expect(desk.of('progress').at(-1)?.progress.detail).toContain('Price limit reached.');
    expect(desk.result(id)).toMatchObject({ outcome: 'failed', code: 'CLOSE_REJECTED' });
    expect(desk.position()).toBe(2);
  });

  it('finds a bracket that arrives after the position is gone', () => {
    const desk = open(withFault({ kind: 'lateBracket', delayMs: 700 }));
    desk.run(1);
    desk.submit({ quantity: 2, bracket: { stopTicks: 20, targetTicks: 20 } });
    desk.run(100);
    const id = desk.flatten();
    desk.run(5_000);
    expect(desk.steps(id)).toContain('lateOrderFound');
    expect(desk.result(id)).toMatchObject({ outcome: 'done' });
    expect([desk.position(), liveOrders(desk)]).toEqual([0, 0]);
  });

  it('never doubles a close that is still live', () => {
    const paused = withFault({ kind: 'pausedMarket', instrument: null, atMs: 600, forMs: 20_000 });
    const desk = exposed(paused);
    desk.run(200);
    const first = desk.flatten();
    desk.run(7_000);
    expect(desk.result(first)).toMatchObject({ outcome: 'failed', code: 'CLOSE_NOT_FILLED' });
    const second = desk.flatten();
    desk.run(20_000);
    const closes = desk.of('order').filter(({ order }) => order.name === 'Close');
    expect(new Set(closes.map(({ order }) => order.id)).size).toBe(1);
    expect(desk.position()).toBe(0);
    expect(desk.result(second)).toBeDefined();
  });

  it('stops and says so when the position does not follow the fill', () => {
    const desk = exposed(withFault({ kind: 'lyingPosition', shows: 5, atMs: 600, forMs: 9_000 }));
    desk.run(200);
    const id = desk.flatten();
    desk.run(8_000);
    expect(desk.result(id)).toMatchObject({ outcome: 'failed', code: 'POSITION_IN_DOUBT' });
    expect(desk.steps(id).filter((step) => step === 'closeSent')).toHaveLength(1);
  });

  it('does not call flat what a fill contradicts', () => {
    const desk = exposed(
      withFault({ kind: 'lyingPosition', shows: 'flat', atMs: 600, forMs: 9_000 }),
    );
    desk.run(200);
    const id = desk.flatten();
    desk.run(8_000);
    expect(desk.result(id)).toMatchObject({ outcome: 'failed', code: 'POSITION_IN_DOUBT' });
  });

  it('waits for the position of a fill that was seen just before', () => {
    const desk = open();
    desk.submit({});
    while (desk.of('execution').length === 0) desk.run(1);
    expect(desk.of('position')).toHaveLength(0);
    const id = desk.flatten();
    desk.run(5_000);
    expect(desk.steps(id)).toEqual(['closeSent', 'closeFilled', 'flatSeen']);
    expect(desk.position()).toBe(0);
  });

  it('joins a second flatten of the same scope instead of closing twice', () => {
    const desk = exposed();
    const first = desk.flatten();
    const second = desk.flatten();
    desk.run(4_000);
    expect(desk.position()).toBe(0);
    expect([desk.result(first)?.outcome, desk.result(second)?.outcome]).toEqual(['done', 'done']);
  });

  it('cancels entries in its scope while it holds them, and lets what reduces pass', () => {
    const desk = exposed();
    const id = desk.flatten();
    desk.run(3_000);
    const entry = desk.submit({ type: 'limit', limit: PRICE - 50 });
    desk.run(500);
    expect(entry.state).toBe('cancelled');
    expect(desk.steps(id)).toContain('entryBlocked');
    desk.run(20_000);
    const later = desk.submit({ type: 'limit', limit: PRICE - 50 });
    desk.run(500);
    expect(later.state).toBe('working');
  });

  it('cannot stop a market entry from filling, and closes what it made while it still sweeps', () => {
    const desk = exposed();
    const id = desk.flatten();
    desk.run(1_000);
    desk.submit({ quantity: 1 });
    desk.run(5_000);
    expect(desk.steps(id)).toContain('entryBlocked');
    expect(desk.steps(id).filter((step) => step === 'closeSent')).toHaveLength(2);
    expect(desk.position()).toBe(0);
  });

  it('touches only its scope', () => {
    const accounts = [accountTerms(ACCOUNT), accountTerms('Sim102')];
    const desk = open({ accounts });
    desk.submit({});
    desk.submit({ account: 'Sim102' });
    desk.run(200);
    desk.command({
      kind: 'flatten',
      scope: { kind: 'instrument', account: ACCOUNT, instrument: ES },
      attempt: 1,
      method: 'market',
      holdEntriesMs: 0,
    });
    desk.run(4_000);
    expect([desk.position(), desk.position('Sim102')]).toEqual([0, 1]);
  });

  it('reports an account it cannot see as not closed', () => {
    const desk = exposed(withFault({ kind: 'accountDisconnected', zeros: true, atMs: 600 }));
    desk.run(200);
    const id = desk.flatten();
    desk.run(4_000);
    expect(desk.result(id)).toMatchObject({ outcome: 'failed', code: 'NOT_CONNECTED' });
    expect(desk.position()).toBe(2);
  });
});
