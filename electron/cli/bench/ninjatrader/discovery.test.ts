import { afterEach, describe, expect, it } from 'vitest';
import type { AccountItemName } from '../../../../shared/domain/account/account.ts';
import type { AddonWorld } from './addon-world.ts';
import { ES, Worlds, wrongs } from './testing/worlds.ts';

const worlds = new Worlds();
afterEach(() => worlds.clear());

const shownItem = (world: AddonWorld, account: string, item: AccountItemName) =>
  world.account(account)?.items.get(item)?.value;

async function appears(world: AddonWorld, ...accounts: readonly string[]): Promise<void> {
  await world.until(`${accounts.join(', ')} at the desk`, () =>
    accounts.every((name) => world.account(name)?.identity.connectionStatus === 'connected'),
  );
}

describe('the accounts at the desk', { timeout: 180_000 }, () => {
  it('are those that are or were connected, each of the kind that its provider makes it', async () => {
    const world = await worlds.open();
    const { host } = world;
    await host.do('start');
    await world.linked();
    expect([...world.desk.engine.state().accounts.keys()]).toEqual([]);
    await host.do('connect', { connection: 'Simulated Data Feed' });
    await host.do('connect', { connection: 'Playback Connection' });
    await host.do('addConnection', { connection: 'Eval', mode: 'Simulation' });
    await host.do('addConnection', { connection: 'Funded', brand: 'NinjaTrader' });
    await host.do('addAccount', { account: 'EVAL-1', connection: 'Eval', displayName: 'Eval one' });
    await host.do('addAccount', { account: 'PA-1', connection: 'Funded' });
    await host.do('connect', { connection: 'Eval' });
    await host.do('connect', { connection: 'Funded' });
    await host.do('addAccount', { account: 'PA-2', connection: 'Funded' });
    await appears(world, 'Sim101', 'Playback101', 'EVAL-1', 'PA-1', 'PA-2');
    const accounts = [...world.desk.engine.state().accounts.values()].map(({ identity }) => [
      identity.name,
      identity.displayName,
      identity.kind,
      identity.connectionName,
    ]);
    // Neither the account for backtests nor last year's, which no connection has brought up.
    expect(accounts.sort()).toEqual([
      ['EVAL-1', 'Eval one', 'unknown', 'Eval'],
      ['PA-1', 'PA-1', 'live', 'Funded'],
      ['PA-2', 'PA-2', 'live', 'Funded'],
      ['Playback101', 'Playback101', 'playback', 'Playback Connection'],
      ['Sim101', 'Sim101', 'simulation', 'Simulated Data Feed'],
    ]);
    expect(wrongs(host)).toEqual([]);
  });

  it('stay there without their connection, as not connected', async () => {
    const world = await worlds.trading();
    await world.host.do('loseConnection', { connection: 'Rithmic' });
    await world.until('the loss at the desk', () => {
      const status = world.account('APEX-1')?.identity.connectionStatus;
      return status === 'connectionLost';
    });
    await world.host.do('connect', { connection: 'Rithmic' });
    await appears(world, 'APEX-1', 'APEX-2');
  });
});

describe('a figure that was not reported', { timeout: 180_000 }, () => {
  it('is unknown at the desk, never zero', async () => {
    const world = await worlds.trading();
    await world.until('cash', () => shownItem(world, 'APEX-1', 'cashValue') !== undefined);
    expect(shownItem(world, 'APEX-1', 'cashValue')).toBe(500_000_000);
    // Listed by the connection and not told; not listed at all.
    expect(shownItem(world, 'APEX-1', 'trailingMaxDrawdown') ?? null).toBeNull();
    expect(shownItem(world, 'APEX-1', 'initialMargin') ?? null).toBeNull();
  });

  it('is not what a disconnecting account sends as zero', async () => {
    const world = await worlds.trading();
    const { host } = world;
    await host.submit({ account: 'APEX-1', instrument: ES, action: 'Buy', quantity: 2 });
    await host.settle();
    await host.do('setPrice', { instrument: ES, last: 6_010 });
    await world.until('the open profit', () => {
      const open = shownItem(world, 'APEX-1', 'unrealizedProfitLoss');
      return (open ?? 0) > 0;
    });
    const before = world.facts.length;
    await host.do('disconnect', { connection: 'Rithmic' });
    await world.until('the end of the connection', () => {
      const status = world.account('APEX-1')?.identity.connectionStatus;
      return status === 'disconnected';
    });
    await host.do('sendZeros', { account: 'APEX-1' });
    await host.settle();
    // A whole picture read after the zeros.
    const snapshots = world.factsOf('snapshot.received').length;
    await world.until('two snapshots more', () => {
      return world.factsOf('snapshot.received').length >= snapshots + 2;
    });
    const told = world.facts
      .slice(before)
      .flatMap((fact) =>
        fact.kind === 'item.reported'
          ? [fact]
          : fact.kind === 'snapshot.received'
            ? fact.items
            : [],
      )
      .filter(({ account }) => account === 'APEX-1');
    expect(told.filter(({ value }) => value === 0)).toEqual([]);
    for (const item of ['cashValue', 'netLiquidation', 'unrealizedProfitLoss'] as const) {
      expect(shownItem(world, 'APEX-1', item)).not.toBe(0);
    }
    expect(wrongs(host)).toEqual([]);
  });
});
