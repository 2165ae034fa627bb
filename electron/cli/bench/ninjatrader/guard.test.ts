import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AddonWorld } from './addon-world.ts';
import {
  armed,
  bid,
  FLOOR,
  guarded,
  holds,
  isBlocked,
  LOCK,
  LOCKED,
  order,
  OTHER,
  position,
} from './testing/guarding.ts';
import { ScriptedWorlds } from './testing/scripted-worlds.ts';
import { ACCOUNTS, ES, prepare, restartHost, Worlds, wrongs } from './testing/worlds.ts';

const worlds = new Worlds();
const scripted = new ScriptedWorlds();
afterEach(async () => {
  await scripted.clear();
  await worlds.clear();
});

describe('the hard limit with the app away', { timeout: 180_000 }, () => {
  it('is not reached by the zeros of a disconnect, nor by one figure that comes and goes', async () => {
    const world = await worlds.trading();
    const { host } = world;
    for (const account of ACCOUNTS) await host.submit(order(account, 'Buy', 2));
    for (const account of ACCOUNTS) await holds(world, account, 2);
    const floor = { ...FLOOR, flattenAtFloor: true };
    await guarded(world, { account: LOCKED, ...floor }, { account: OTHER, ...floor });
    await world.closeDesk();
    const value = (account: string, item: string, amount: number) =>
      host.do('setItem', { account, item, value: amount });
    // Said in one breath: on a busy machine a figure could stand for too long between two answers.
    const spikes = Array.from({ length: 40 }, (_, n) =>
      value(LOCKED, 'NetLiquidation', n % 2 === 0 ? 10 : 50_000),
    );
    await Promise.all(spikes);
    await host.do('sendZeros', { account: LOCKED });
    await host.do('disconnect', { connection: 'Rithmic' });
    await host.do('connect', { connection: 'Rithmic' });
    // The other account's figure stands, so time enough has passed for the first one's as well.
    await value(OTHER, 'NetLiquidation', 10);
    await holds(world, OTHER, 0);
    expect(await position(world, LOCKED)).toBe(2);
    const entry = await host.submit(bid(LOCKED));
    await isBlocked(world, OTHER);
    const { liveOrders } = await host.books(LOCKED);
    expect(liveOrders.map(({ id }) => id)).toEqual([entry]);
    expect(wrongs(host)).toEqual([]);
  });
});

describe('NinjaTrader killed with the app away', { timeout: 180_000 }, () => {
  const guardFile = (world: AddonWorld) =>
    join(world.host.folders.userData, 'EnigmaApexBridge', 'guard.json');

  it('keeps the lock, and lets go of nothing that the trader may do', async () => {
    const world = await worlds.trading();
    await world.host.submit(order(LOCKED, 'Buy', 2));
    await holds(world, LOCKED, 2);
    await guarded(world, LOCK);
    await world.closeDesk();
    await restartHost(world);
    await holds(world, LOCKED, 2);
    await isBlocked(world, LOCKED);
    await world.host.submit(order(LOCKED, 'Sell', 2));
    await holds(world, LOCKED, 0);
    await world.openDesk();
    await world.linked();
    await armed(world, [LOCKED]);
    expect(wrongs(world.host)).toEqual([]);
  });

  it.each([
    [
      'loosened',
      (text: string) => text.replace('\\"entriesLocked\\":true', '\\"entriesLocked\\":false'),
    ],
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['emptied', () => ''],
  ])('locks every account when its guard was %s meanwhile', async (_, change) => {
    const world = await worlds.trading();
    await guarded(world, LOCK);
    await world.closeDesk();
    const file = guardFile(world);
    const before = readFileSync(file, 'utf8');
    expect(change(before)).not.toBe(before);
    await world.killHost();
    writeFileSync(file, change(before));
    await world.openHost();
    await prepare(world.host, ACCOUNTS);
    for (const account of ACCOUNTS) await isBlocked(world, account);
    await world.openDesk();
    await world.linked();
    await armed(world, [LOCKED]);
    expect(wrongs(world.host)).toEqual([]);
  });
});

describe('a lock with an end', { timeout: 180_000 }, () => {
  it('ends when the market says so, not when the clock of the PC does', async () => {
    const { host, app } = await scripted.open();
    const now = Date.now();
    // The market is an hour behind the PC, as it is when somebody has moved the PC's clock.
    await host.do('setNow', { offsetMs: -3_600_000 });
    const lock = { account: LOCKED, ...LOCK, lockedUntil: now - 1, maxContracts: null };
    const accounts = [{ ...lock, hardFloor: null, flattenAtFloor: false }];
    await app.acked('setGuard', { commandId: 'g-1', revision: 1, note: '', accounts });
    await app.result('g-1');
    const state = async (id: number) =>
      (await host.shown(LOCKED)).orders.find((each) => each.id === id)?.state;
    const becomes = async (id: number, due: string): Promise<void> => {
      while ((await state(id)) !== due) await host.settle();
    };
    await host.submit({ ...order(LOCKED, 'Buy', 1) });
    for (let i = 0; i < 3; i += 1) {
      await becomes(await host.submit(bid(LOCKED)), 'Cancelled');
      await host.do('setPrice', { instrument: ES, last: 6_000 + i });
    }
    await host.do('setNow', { offsetMs: 0 });
    await host.do('setPrice', { instrument: ES, last: 6_010 });
    await app.acked('submitOrder', {
      commandId: 'o-1',
      account: LOCKED,
      instrument: ES,
      action: 'buy',
      orderType: 'limit',
      tif: 'day',
      quantity: 1,
      limitPrice: 5_900,
      stopPrice: null,
      oco: '',
      name: 'Entry',
      reduceOnly: false,
    });
    expect(await app.result('o-1')).toMatchObject({ outcome: 'done', code: 'WORKING' });
    expect(wrongs(host)).toEqual([]);
  });
});
