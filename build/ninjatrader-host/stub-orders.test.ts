import { afterEach, describe, expect, it } from 'vitest';
import { act, ES, kindsOf, play, ProbeHosts, statesOf, told } from './testing/probe-host.ts';

const hosts = new ProbeHosts();
afterEach(() => hosts.clear());

const BUY = { ...ES, action: 'Buy' };

describe('orders in the stand-in', () => {
  it('are told of on a thread of the account', async () => {
    const host = await hosts.trading();
    await play(host, ['submit', { ...BUY, quantity: 2, name: 'Entry' }]);
    expect(statesOf(host, 'Entry')).toEqual(['Submitted', 'Accepted', 'Working', 'Filled']);
    const threads = told(host, 'order').map((line) => line.replace(/^.*@/, ''));
    expect(new Set(threads)).toEqual(new Set(['account Sim101 Unspecified']));
  });

  it('are told of before Submit returns where the platform simulates', async () => {
    const host = await hosts.trading();
    await host.do('setFault', {
      account: ES.account,
      eventsInsideSubmit: true,
      toBrokerMs: 0,
      toExchangeMs: 0,
    });
    await act(host, 'submit');
    const filled = host.output.findIndex((line) => line.startsWith('order Probe Filled'));
    expect(filled).toBeGreaterThanOrEqual(0);
    expect(filled).toBeLessThan(host.output.indexOf('submit returned'));
  });

  it('go through CancelPending and CancelSubmitted to Cancelled', async () => {
    const host = await hosts.trading();
    const order = await host.submit({ ...BUY, type: 'Limit', limit: 5990, name: 'L' });
    await host.settle();
    await play(host, ['cancel', { account: ES.account, order }]);
    expect(statesOf(host, 'L').slice(3)).toEqual(['CancelPending', 'CancelSubmitted', 'Cancelled']);
  });

  it('take on new values at Accepted, and keep the old ones when the change is refused', async () => {
    const host = await hosts.trading();
    const order = await host.submit({ ...BUY, type: 'Limit', limit: 5990, name: 'L' });
    await host.settle();
    await play(host, ['change', { account: ES.account, order, limit: 5991 }]);
    expect(statesOf(host, 'L').slice(3)).toEqual([
      'ChangePending',
      'ChangeSubmitted',
      'Accepted',
      'Working',
    ]);
    expect(told(host, 'order').map((line) => line.split(' ')[3])).toEqual(
      [5990, 5990, 5990, 5990, 5990, 5991, 5991].map(String),
    );
    await host.do('setFault', { account: ES.account, changeRefused: true });
    await play(host, ['change', { account: ES.account, order, limit: 5992 }]);
    expect(told(host, 'order').at(-1)).toContain('Working UnableToChangeOrder 5991 0');
  });

  it.each([
    ['accepted', ['Submitted', 'Accepted']],
    ['working', ['Submitted', 'Accepted', 'Working']],
    ['triggerPending', ['Submitted', 'Accepted', 'TriggerPending']],
  ])('that are stops rest as %s', async (stops, states) => {
    const host = await hosts.trading();
    await host.do('setFault', { account: ES.account, stops });
    await play(host, [
      'submit',
      { ...ES, action: 'Sell', type: 'StopMarket', stop: 5990, name: 'S' },
    ]);
    expect(statesOf(host, 'S')).toEqual(states);
    await play(host, ['setPrice', { instrument: ES.instrument, last: 5989 }]);
    expect(statesOf(host, 'S').at(-1)).toBe('Filled');
  });

  it.each([
    ['off the tick', { type: 'Limit', limit: 5990.1 }],
    ['without a quantity', { quantity: 0 }],
  ])('are rejected by an event when they are %s', async (_, wrong) => {
    const host = await hosts.trading();
    await play(host, ['submit', { ...BUY, ...wrong, name: 'X' }]);
    expect(statesOf(host, 'X').at(-1)).toBe('Rejected');
  });

  it('fill their limit, their stop limit and their MIT where the market reaches them', async () => {
    const host = await hosts.trading();
    await host.do('submit', { ...BUY, type: 'Limit', limit: 5999 });
    await host.do('submit', { ...BUY, type: 'MIT', stop: 5999 });
    await host.do('submit', { ...BUY, type: 'StopLimit', stop: 6001, limit: 6002 });
    await host.settle();
    expect((await host.books(ES.account)).fillCount).toBe(0);
    await play(host, ['setPrice', { instrument: ES.instrument, last: 5999 }]);
    expect((await host.books(ES.account)).fillCount).toBe(2);
    await play(host, ['setPrice', { instrument: ES.instrument, last: 6001 }]);
    expect((await host.books(ES.account)).positions).toEqual([
      { instrument: ES.instrument, quantity: 3, averagePrice: (5999 + 5999 + 6001) / 3 },
    ]);
  });

  it('cancel their OCO mate, and leave it live when the leg is an orphan', async () => {
    const host = await hosts.trading();
    const pair = async (oco: string): Promise<void> => {
      const leg = { ...ES, action: 'Sell', quantity: 1, oco };
      await host.do('submit', { ...leg, type: 'Limit', limit: 6002, name: 'T' });
      await host.do('submit', { ...leg, type: 'StopMarket', stop: 5998, name: 'S' });
      await host.settle();
      await play(
        host,
        ['setPrice', { instrument: ES.instrument, last: 6003 }],
        ['setPrice', { instrument: ES.instrument, last: 6000 }],
      );
    };
    await pair('one');
    expect((await host.books(ES.account)).liveOrders).toEqual([]);
    await host.do('setFault', { account: ES.account, orphanLeg: true });
    await pair('two');
    expect((await host.books(ES.account)).liveOrders.map(({ name }) => name)).toEqual(['S']);
  });

  it('may not use an OCO id again', async () => {
    const host = await hosts.trading();
    const order = await host.submit({ ...BUY, type: 'Limit', limit: 5990, oco: 'used', name: 'A' });
    await host.settle();
    await play(host, ['cancel', { account: ES.account, order }]);
    await play(host, ['submit', { ...BUY, type: 'Limit', limit: 5990, oco: 'used', name: 'B' }]);
    expect(statesOf(host, 'B').at(-1)).toBe('Rejected');
  });

  it('can turn Unknown while the broker still has them', async () => {
    const host = await hosts.trading();
    const order = await host.submit({ ...BUY, type: 'Limit', limit: 5990, name: 'L' });
    await host.settle();
    await play(host, ['orderUnknown', { account: ES.account, order }]);
    expect(statesOf(host, 'L').at(-1)).toBe('Unknown');
    expect((await host.books(ES.account)).liveOrders).toHaveLength(1);
    expect(kindsOf(host)).toEqual([]);
  });
});
