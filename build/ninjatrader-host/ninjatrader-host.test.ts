import { afterEach, describe, expect, it } from 'vitest';
import { ProbeHosts } from './testing/probe-host.ts';

const hosts = new ProbeHosts();
afterEach(() => hosts.clear());

const SIM = { account: 'Sim101', instrument: 'ES 12-26' };

describe('the stand-in for NinjaTrader', () => {
  it('takes an order through its states on a thread of the account', async () => {
    const host = await hosts.trading();
    await host.submit({ ...SIM, action: 'Buy', quantity: 2, name: 'Entry' });
    await host.settle();
    const orders = host.output.filter((line) => line.startsWith('order '));
    expect(orders.map((line) => line.split(' ')[2])).toEqual([
      'Submitted',
      'Accepted',
      'Working',
      'Filled',
    ]);
    expect(orders.every((line) => line.endsWith('@account Sim101 Unspecified'))).toBe(true);
    expect((await host.books('Sim101')).positions).toEqual([
      { instrument: 'ES 12-26', quantity: 2, averagePrice: 6000 },
    ]);
  });
});
