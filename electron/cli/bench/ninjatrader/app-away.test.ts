import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { InstrumentName } from '../../../../shared/domain/instrument/instrument.ts';
import { journaledExecutions } from '../soak-books.ts';
import type { AddonWorld } from './addon-world.ts';
import { NinjaTraderHost } from './ninjatrader-host.ts';
import { DeskProcess } from './testing/desk-process.ts';
import { booked, kept } from './testing/ledgers.ts';
import { ACCOUNTS, ES, bringUp, Worlds, wrongs } from './testing/worlds.ts';

const worlds = new Worlds();
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await worlds.clear();
});

/** Prices, figures, and an order filled every other second. */
const TRADING = { accounts: [...ACCOUNTS], instruments: [ES], tradeShare: 0.007 };
/** An hour at 200 events a second. */
const HOUR = 720_000;
const WARM_UP = 20_000;
/** The AddOn's, between two attempts to connect. */
const LONGEST_PAUSE_MS = 30_000;

/** What may come to stay in an hour: fills that are remembered, so that none is told twice. */
const AWAY_GROWTH_MB = 4;
/** What may wait for an app that does not read: 20,000 facts of a few hundred characters. */
const QUEUE_MB = 32;

async function managedMb(host: NinjaTraderHost): Promise<number> {
  expect(await host.settle()).toBe(true);
  return (await host.memory()).managedMb;
}

/** What an hour of events leaves in memory, in megabytes after a collection. */
async function growthOver(host: NinjaTraderHost): Promise<number> {
  await host.flood({ ...TRADING, count: WARM_UP });
  const before = await managedMb(host);
  await host.flood({ ...TRADING, count: HOUR });
  return (await managedMb(host)) - before;
}

/** NinjaTrader keeps every order and fill itself: so much of the growth is not the AddOn's. */
async function growthWithoutAddon(): Promise<number> {
  const host = await NinjaTraderHost.launch({ folder: worlds.folder(), addon: null });
  ends.push(() => host.stop());
  await bringUp(host, ACCOUNTS);
  return growthOver(host);
}

/** Both ledgers row by row, and what is open. */
async function agrees(world: AddonWorld): Promise<void> {
  const due = await booked(world, ACCOUNTS);
  await world.until('every fill in the journal', () => kept(world).length >= due.length);
  expect(kept(world)).toEqual(due);
  for (const account of ACCOUNTS) {
    const [held] = (await world.host.books(account)).positions;
    await world.until(`the position of ${account}`, () => {
      const cell = world.account(account)?.positions.get(ES as InstrumentName);
      return (cell?.position?.quantity ?? 0) === (held?.quantity ?? 0);
    });
  }
}

describe('an hour with the app away', { timeout: 300_000 }, () => {
  it('leaves nothing behind but what NinjaTrader keeps, and no fill out of the journal', async () => {
    const world = await worlds.trading({ keepsFacts: false });
    await world.closeDesk();
    const growth = await growthOver(world.host);
    const natural = await growthWithoutAddon();
    expect(growth - natural).toBeLessThan(AWAY_GROWTH_MB);
    await world.openDesk();
    await world.linked();
    await agrees(world);
    expect(wrongs(world.host)).toEqual([]);
  });
});

describe('an app that hangs with its connection open', { timeout: 300_000 }, () => {
  it('fills no more than a bounded queue, and has missed nothing when it wakes', async () => {
    const world = await worlds.trading({ keepsFacts: false });
    const { host } = world;
    await world.closeDesk();
    const desk = new DeskProcess(world.deskFolder);
    ends.push(() => desk.kill());
    await world.until('both accounts at the desk', () =>
      ACCOUNTS.every((name) => desk.account(name)?.freshness === 'live'),
    );
    await host.flood({ ...TRADING, count: WARM_UP });
    const before = await managedMb(host);
    desk.hang();
    await host.flood({ ...TRADING, tradeShare: 0.05, count: HOUR / 8 });
    const growth = (await managedMb(host)) - before;
    desk.wake();
    expect(growth).toBeLessThan(QUEUE_MB);
    const due = (await booked(world, ACCOUNTS)).length;
    const journal = join(world.deskFolder, 'journal.db');
    await world.until(
      'every fill in the journal of the app that hung',
      () => journaledExecutions(journal).length === due,
      // The AddOn may have given it up and tries again at its longest pause.
      2 * LONGEST_PAUSE_MS + 60_000,
    );
    await desk.kill();
    await world.openDesk();
    await world.linked();
    await agrees(world);
    expect(wrongs(host)).toEqual([]);
  });
});
