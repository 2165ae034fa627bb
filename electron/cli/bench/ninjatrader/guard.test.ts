import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AccountName } from '../../../../shared/domain/account/account.ts';
import { unlimited, type GuardLimits } from '../../../../shared/domain/guard/limits.ts';
import type { InstrumentName } from '../../../../shared/domain/instrument/instrument.ts';
import { money } from '../../../../shared/domain/money/money.ts';
import type { AddonWorld } from './addon-world.ts';
import { DeskProcess } from './testing/desk-process.ts';
import { ScriptedWorlds } from './testing/scripted-worlds.ts';
import { ACCOUNTS, ES, journaled, prepare, restartHost, Worlds, wrongs } from './testing/worlds.ts';

const worlds = new Worlds();
const scripted = new ScriptedWorlds();
const desks: DeskProcess[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.kill();
  await scripted.clear();
  await worlds.clear();
});

const [LOCKED, OTHER] = ACCOUNTS as unknown as readonly [AccountName, AccountName];
const LOCK = { entriesLocked: true, reason: 'daily limit' };
const FLOOR = { hardFloor: money(490_000_000) };

/** Sets a guard at the desk and waits until the AddOn says that it holds it. */
async function guarded(world: AddonWorld, ...limits: readonly Partial<GuardLimits>[]) {
  const { guard } = world.desk.engine;
  for (const each of limits) guard.set({ ...unlimited(LOCKED), ...each });
  await armed(
    world,
    limits.map(({ account }) => account ?? LOCKED),
  );
}

async function armed(world: AddonWorld, accounts: readonly AccountName[]): Promise<void> {
  const { guard } = world.desk.engine;
  await world.until('the armed guard', () =>
    accounts.every((name) => guard.verdict(name, world.clock.wall()).state === 'armed'),
  );
}

const order = (account: string, action: string, quantity: number, more: object = {}) => ({
  ...{ account, instrument: ES, action, quantity },
  ...more,
});
const bid = (account: string) => order(account, 'Buy', 1, { type: 'Limit', limit: 5_900 });

async function position(world: AddonWorld, account: string): Promise<number> {
  return (await world.host.books(account)).positions[0]?.quantity ?? 0;
}

async function holds(world: AddonWorld, account: string, quantity: number): Promise<void> {
  const due = `${account} at ${quantity}`;
  await world.until(due, async () => (await position(world, account)) === quantity);
}

/** Whether a new entry is taken out of the market again; it waits until that has happened. */
async function isBlocked(world: AddonWorld, account: string): Promise<void> {
  const entry = await world.host.submit(bid(account));
  await world.until(`the end of entry ${entry}`, async () => {
    const { orders } = await world.host.shown(account);
    return orders.some(({ id, state }) => id === entry && state === 'Cancelled');
  });
}

describe('the app killed while exposed', { timeout: 90_000 }, () => {
  it('leaves the lock behind, and finds one history when it is back', async () => {
    const world = await worlds.trading();
    const { host } = world;
    await host.submit(order(LOCKED, 'Buy', 2));
    await holds(world, LOCKED, 2);
    await guarded(world, LOCK);
    await world.closeDesk();
    const desk = new DeskProcess(world.deskFolder);
    desks.push(desk);
    await world.until('the armed guard of the process', () => {
      const view = desk.account(LOCKED);
      return view?.guard.state === 'armed' && view.positions[0]?.quantity === 2;
    });
    await desk.kill();

    const stop = await host.submit(order(LOCKED, 'Sell', 2, { type: 'StopMarket', stop: 5_950 }));
    const exit = await host.submit(order(LOCKED, 'Sell', 1, { type: 'Limit', limit: 6_100 }));
    await isBlocked(world, LOCKED);
    await host.submit(order(LOCKED, 'Buy', 3));
    await world.until('the fill beyond the lock', async () => {
      return (await host.books(LOCKED)).fillCount >= 2;
    });
    await holds(world, LOCKED, 2);
    await isBlocked(world, LOCKED);
    const live = (await host.books(LOCKED)).liveOrders.map(({ id }) => id);
    expect(live).toEqual([stop, exit]);
    await host.submit(order(LOCKED, 'Sell', 1));
    await holds(world, LOCKED, 1);
    await host.submit(order(OTHER, 'Buy', 1));
    await holds(world, OTHER, 1);

    await world.openDesk();
    await world.linked();
    await armed(world, [LOCKED]);
    const cell = () => world.account(LOCKED)?.positions.get(ES as InstrumentName)?.position;
    await world.until('the position at the desk', () => cell()?.quantity === 1);
    const booked = (await host.books(LOCKED)).fills.map(({ id }) => id);
    expect(
      journaled(world)
        .filter(({ account }) => account === LOCKED)
        .map(({ id }) => id),
    ).toEqual(booked);
    expect(wrongs(host)).toEqual([]);
  });
});

describe('the hard limit with the app away', { timeout: 90_000 }, () => {
  it('flattens the account that opted in, locks it, and leaves the other alone', async () => {
    const world = await worlds.trading();
    const { host } = world;
    for (const account of ACCOUNTS) await host.submit(order(account, 'Buy', 2));
    for (const account of ACCOUNTS) await holds(world, account, 2);
    await guarded(
      world,
      { account: LOCKED, ...FLOOR, flattenAtFloor: true },
      { account: OTHER, ...FLOOR, flattenAtFloor: false },
    );
    await world.closeDesk();
    await host.do('setPrice', { instrument: ES, last: 5_985 });
    await holds(world, LOCKED, 0);
    await isBlocked(world, LOCKED);
    const allowed = await host.submit(bid(OTHER));
    await isBlocked(world, LOCKED);
    expect(await position(world, OTHER)).toBe(2);
    const { liveOrders } = await host.books(OTHER);
    expect(liveOrders.map(({ id }) => id)).toEqual([allowed]);

    await world.openDesk();
    await world.linked();
    // The lock that nobody asked for is the desk's own from now on.
    await world.until('the lock at the desk', () => {
      const verdict = world.desk.engine.guard.verdict(LOCKED, world.clock.wall());
      return verdict.state === 'armed' && verdict.limits.entriesLocked;
    });
    expect(wrongs(host)).toEqual([]);
  });

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
    for (let i = 0; i < 20; i += 1) {
      await value(LOCKED, 'NetLiquidation', 10);
      await value(LOCKED, 'NetLiquidation', 50_000);
    }
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

describe('NinjaTrader killed with the app away', { timeout: 90_000 }, () => {
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

describe('a lock with an end', { timeout: 90_000 }, () => {
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
