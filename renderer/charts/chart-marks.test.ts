import { describe, expect, it } from 'vitest';
import { account, ES, order, position } from '../bridge/fake/view-parts.ts';
import { barWithLast, fillMarks, orderMarks, positionMarks } from './chart-marks.ts';

const MINUTE = 60_000;

describe('lines on the chart', () => {
  it('join accounts with the same average into one', () => {
    const accounts = ['A', 'B'].map((name) =>
      account(name, { positions: [position(ES, 2, 24_008)] }),
    );
    expect(positionMarks(accounts, ES.name)).toEqual([
      { kind: 'position', ticks: 24_008, label: '2 accounts +4' },
    ]);
  });

  it('leave out other instruments and averages that were not reported', () => {
    const unknown = { ...position(ES, 1, 24_000), averageTicksE4: null };
    expect(positionMarks([account('A', { positions: [unknown] })], ES.name)).toEqual([]);
    expect(positionMarks([account('A', { positions: [position(ES, 1, 1)] })], 'NQ')).toEqual([]);
  });

  it('join equal orders and count what is left to fill', () => {
    const orders = [
      order('1', { stop: 23_996, quantity: 3, filled: 1 }),
      order('2', { stop: 23_996, quantity: 1 }),
      order('3', { type: 'market', stop: null }),
    ];
    expect(orderMarks([account('A', { orders })], ES.name)).toEqual([
      { kind: 'sell', ticks: 23_996, label: 'Sell 3 stop (2 orders)' },
    ]);
  });
});

describe('fills on the chart', () => {
  const fill = (id: string, at: number, name = 'A') => ({
    id,
    account: name,
    at,
    side: 'buy' as const,
    quantity: 1,
    price: 1,
  });

  it('are one arrow per minute and side, in order of time', () => {
    const fills = [fill('2', 3 * MINUTE), fill('1', MINUTE + 5), fill('3', MINUTE + 59_999)];
    expect(fillMarks(fills, null)).toEqual([
      { startsAt: MINUTE, side: 'buy', quantity: 2 },
      { startsAt: 3 * MINUTE, side: 'buy', quantity: 1 },
    ]);
  });

  it('can be those of one account', () => {
    expect(fillMarks([fill('1', 0), fill('2', 0, 'B')], 'B')).toHaveLength(1);
  });
});

describe('the running bar', () => {
  const bar = { startsAt: MINUTE, open: 10, high: 12, low: 9, close: 11, volume: 5 };

  it('grows with the last price of its own minute', () => {
    expect(barWithLast(bar, 14, MINUTE + 1)).toEqual({ ...bar, high: 14, close: 14 });
    expect(barWithLast(bar, 7, MINUTE + 1)).toEqual({ ...bar, low: 7, close: 7 });
  });

  it('gives way to a new one in the next minute', () => {
    expect(barWithLast(bar, 14, 2 * MINUTE)).toMatchObject({ startsAt: 2 * MINUTE, open: 14 });
  });

  it('takes nothing from a quote of a minute that is over', () => {
    expect(barWithLast(bar, 14, MINUTE - 1)).toBeNull();
  });
});
