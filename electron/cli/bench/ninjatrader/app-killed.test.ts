import { afterEach, describe, expect, it } from 'vitest';
import type { InstrumentName } from '../../../../shared/domain/instrument/instrument.ts';
import type { AddonWorld } from './addon-world.ts';
import { DeskProcess } from './testing/desk-process.ts';
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
import { booked, kept } from './testing/ledgers.ts';
import { ACCOUNTS, ES, Worlds, wrongs } from './testing/worlds.ts';

const worlds = new Worlds();
const desks: DeskProcess[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.kill();
  await worlds.clear();
});

/** Hands the desk over to a process of its own, which dies as soon as it knows everything. */
async function killApp(world: AddonWorld, held: Readonly<Record<string, number>>): Promise<void> {
  await world.closeDesk();
  const desk = new DeskProcess(world.deskFolder);
  desks.push(desk);
  await world.until('everything at the desk that is to die', () =>
    Object.entries(held).every(([account, quantity]) => {
      const view = desk.account(account);
      return view?.guard.state === 'armed' && view.positions[0]?.quantity === quantity;
    }),
  );
  await desk.kill();
}

/** Opens the app again: one history on both sides, and what is open is what the broker holds. */
async function isBackWithOneHistory(world: AddonWorld): Promise<void> {
  await world.openDesk();
  await world.linked();
  for (const account of ACCOUNTS) {
    const due = await position(world, account);
    await world.until(`${account} at ${due} at the desk`, () => {
      const cell = world.account(account)?.positions.get(ES as InstrumentName);
      return (cell?.position?.quantity ?? 0) === due;
    });
    const live = (await world.host.books(account)).liveOrders.length;
    await world.until(`${live} live orders of ${account} at the desk`, () => {
      return world.account(account)?.liveOrders.size === live;
    });
  }
  const due = await booked(world, ACCOUNTS);
  await world.until('every fill in the journal', () => kept(world).length >= due.length);
  expect(kept(world)).toEqual(due);
  expect(wrongs(world.host)).toEqual([]);
}

describe('the app killed while exposed', { timeout: 180_000 }, () => {
  it('leaves the lock behind, and finds one history when it is back', async () => {
    const world = await worlds.trading();
    const { host } = world;
    await host.submit(order(LOCKED, 'Buy', 2));
    await holds(world, LOCKED, 2);
    await guarded(world, LOCK);
    await killApp(world, { [LOCKED]: 2 });

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

    await isBackWithOneHistory(world);
    await armed(world, [LOCKED]);
  });

  it('leaves the hard limit behind where it was opted in, and nowhere else', async () => {
    const world = await worlds.trading();
    const { host } = world;
    for (const account of ACCOUNTS) await host.submit(order(account, 'Buy', 2));
    for (const account of ACCOUNTS) await holds(world, account, 2);
    await guarded(
      world,
      { account: LOCKED, ...FLOOR, flattenAtFloor: true },
      { account: OTHER, ...FLOOR, flattenAtFloor: false },
    );
    await killApp(world, { [LOCKED]: 2, [OTHER]: 2 });

    await host.do('setPrice', { instrument: ES, last: 5_985 });
    await holds(world, LOCKED, 0);
    await isBlocked(world, LOCKED);
    const { fillCount } = await host.books(LOCKED);
    await host.submit(order(LOCKED, 'Buy', 1));
    await world.until('what was opened below the limit to be closed', async () => {
      const books = await host.books(LOCKED);
      return books.fillCount >= fillCount + 2 && books.positions.length === 0;
    });
    const allowed = await host.submit(bid(OTHER));
    await isBlocked(world, LOCKED);
    expect(await position(world, OTHER)).toBe(2);
    const { liveOrders } = await host.books(OTHER);
    expect(liveOrders.map(({ id }) => id)).toEqual([allowed]);

    await isBackWithOneHistory(world);
    // The lock that nobody asked for is the desk's own from now on.
    await world.until('the lock at the desk', () => {
      const verdict = world.desk.engine.guard.verdict(LOCKED, world.clock.wall());
      return verdict.state === 'armed' && verdict.limits.entriesLocked;
    });
  });
});
