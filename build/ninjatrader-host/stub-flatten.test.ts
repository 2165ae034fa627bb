import { afterEach, describe, expect, it } from 'vitest';
import type {
  NinjaTraderHost,
  StepArguments,
} from '../../electron/cli/bench/ninjatrader/ninjatrader-host.ts';
import { act, ES, play, ProbeHosts, statesOf } from './testing/probe-host.ts';

const hosts = new ProbeHosts();
afterEach(() => hosts.clear());

const BRACKETED = { ...ES, action: 'Buy', quantity: 2, bracket: { stopTicks: 8, targetTicks: 8 } };

/** Two contracts with a stop and a target, and then the platform's own flatten. */
async function flattened(fault: StepArguments): Promise<NinjaTraderHost> {
  const host = await hosts.trading();
  await play(host, ['submit', BRACKETED]);
  await host.do('setFault', { account: ES.account, ...fault });
  await act(host, 'flattenEs');
  return host;
}

async function truth(
  host: NinjaTraderHost,
): Promise<{ quantity: number; live: readonly string[] }> {
  const { positions, liveOrders } = await host.books(ES.account);
  return { quantity: positions[0]?.quantity ?? 0, live: liveOrders.map(({ name }) => name) };
}

describe("NinjaTrader's own Flatten in the stand-in", () => {
  it('cancels, waits for the cancels, and closes with an order named Close', async () => {
    const host = await flattened({});
    expect(await truth(host)).toEqual({ quantity: 0, live: [] });
    const ends = host.output.flatMap(
      (line) => /^order (\w+ (?:Cancelled|Filled)) /.exec(line)?.[1] ?? [],
    );
    expect(ends.at(-1)).toBe('Close Filled');
    expect(ends.slice(0, -1).sort()).toEqual(['Stop1 Cancelled', 'Target1 Cancelled']);
  });

  it('leaves the position when the cancels are never confirmed', async () => {
    const host = await flattened({ cancel: 'never', flattenWaitMs: 100 });
    expect(await truth(host)).toEqual({ quantity: 2, live: ['Stop1', 'Target1'] });
    expect(host.output.join()).toContain('orders were not cancelled in time');
  });

  it('waits for cancels that are slow', async () => {
    const host = await flattened({ cancel: 'slow', cancelMs: 150 });
    expect(await truth(host)).toEqual({ quantity: 0, live: [] });
  });

  it('reverses the position when an exit fills while its cancel is under way', async () => {
    const host = await flattened({ fillInFlight: 1 });
    expect((await truth(host)).quantity).toBe(-2);
  });

  it('leaves the position when the closing order is rejected', async () => {
    const host = await flattened({ rejectClose: 1, rejectComment: 'price limit' });
    expect(statesOf(host, 'Close').at(-1)).toBe('Rejected');
    expect(host.output.join()).toContain('OrderRejected 0 0 price limit');
    expect((await truth(host)).quantity).toBe(2);
    await act(host, 'flattenEs');
    expect((await truth(host)).quantity).toBe(0);
  });

  it('is followed by a bracket that comes late', async () => {
    const host = await flattened({ lateBracket: 1, lateBracketMs: 100 });
    expect(await truth(host)).toEqual({ quantity: 0, live: ['Stop1', 'Target1'] });
  });

  it('is followed by a strategy that opens the position again, so many times', async () => {
    const host = await flattened({ reenter: 2, reenterQuantity: 3 });
    expect((await truth(host)).quantity).toBe(3);
    await act(host, 'flattenEs');
    expect((await truth(host)).quantity).toBe(3);
    await act(host, 'flattenEs');
    expect((await truth(host)).quantity).toBe(0);
  });

  it('of everything reaches every account and instrument', async () => {
    const host = await hosts.trading();
    await host.do('addConnection', { connection: 'R' });
    await host.do('addAccount', { account: 'APEX-1', connection: 'R' });
    await host.do('connect', { connection: 'R' });
    await host.do('setPrice', { instrument: 'NQ 12-26', last: 21_500 });
    await play(
      host,
      ['submit', { ...ES, action: 'Buy' }],
      ['submit', { account: 'APEX-1', instrument: 'NQ 12-26', action: 'Sell' }],
      [
        'submit',
        { account: 'APEX-1', instrument: 'ES 12-26', action: 'Buy', type: 'Limit', limit: 5000 },
      ],
    );
    await act(host, 'flattenEverything');
    for (const account of ['Sim101', 'APEX-1']) {
      const { positions, liveOrders } = await host.books(account);
      expect({ account, positions, liveOrders }).toEqual({
        account,
        positions: [],
        liveOrders: [],
      });
    }
  });

  it('is not CancelAllOrders, which is for one instrument and closes nothing', async () => {
    const host = await hosts.trading();
    const limit = { account: ES.account, action: 'Buy', type: 'Limit' };
    await play(
      host,
      ['submit', { ...limit, instrument: 'ES 12-26', limit: 5000, name: 'E' }],
      ['submit', { ...limit, instrument: 'NQ 12-26', limit: 20_000, name: 'N' }],
    );
    await act(host, 'cancelEs');
    expect((await truth(host)).live).toEqual(['N']);
  });
});
