import { afterEach, describe, expect, it } from 'vitest';
import { randomFrom, type Random } from '../../../../shared/simulation/random.ts';
import type { AddonWorld } from './addon-world.ts';
import { booked, kept } from './testing/ledgers.ts';
import { begin, ES, restartHost, Worlds, wrongs } from './testing/worlds.ts';

const worlds = new Worlds();
afterEach(() => worlds.clear());

const ACCOUNTS = ['APEX-1', 'APEX-2', 'APEX-3', 'APEX-4'];
const FILLS = 10_000;
const ORDERS_AT_ONCE = 500;

/** Many small orders on all accounts, without waiting for any of them. */
async function trade(world: AddonWorld, random: Random): Promise<void> {
  await Promise.all(
    Array.from({ length: ORDERS_AT_ONCE }, () =>
      world.host.submit({
        account: ACCOUNTS[random.int(0, ACCOUNTS.length - 1)] ?? '',
        instrument: ES,
        action: random.pick(['Buy', 'Sell']),
        quantity: random.int(1, 3),
      }),
    ),
  );
}

/** What comes between the two sides, each in the middle of the fills. */
const TROUBLES: readonly [string, (world: AddonWorld) => Promise<void>][] = [
  ['the wire is cut', async (world) => world.relay.cut()],
  [
    'the broker loses its line',
    async ({ host }) => {
      await host.do('loseConnection', { connection: 'Rithmic' });
      await host.do('connect', { connection: 'Rithmic' });
    },
  ],
  [
    'the desk is closed and opened',
    async (world) => {
      await world.closeDesk();
      await world.openDesk();
    },
  ],
  [
    'the AddOn is compiled anew',
    async ({ host }) => {
      await host.hotReload();
    },
  ],
  [
    'old fills are told again',
    async ({ host }) => {
      for (const account of ACCOUNTS) await host.do('replayExecutions', { account });
    },
  ],
  [
    'events are left out and told twice',
    async ({ host }) => {
      await host.do('setFault', { account: 'APEX-1', execution: 'dropped' });
      await host.do('setFault', { account: 'APEX-2', execution: 'replayed' });
      await host.do('setFault', { account: 'APEX-3', positionFirst: true });
    },
  ],
  [
    'NinjaTrader dies and comes back',
    async (world) => {
      await world.host.settle();
      expect(wrongs(world.host)).toEqual([]);
      await restartHost(world, ACCOUNTS);
    },
  ],
];

describe('ten thousand fills with trouble in between', { timeout: 300_000 }, () => {
  it('are in the journal as they are in the books of the broker, none twice', async () => {
    const world = await worlds.open({ relay: true, keepsFacts: false });
    await begin(world, ACCOUNTS);
    const random = randomFrom('fills');
    let count = 0;
    const happened: string[] = [];
    for (let round = 0; count < FILLS; round += 1) {
      const trouble = TROUBLES[round % TROUBLES.length];
      if (trouble === undefined) throw new Error('There is no trouble.');
      const trading = trade(world, random);
      const [name, run] = trouble;
      // A host that dies takes the answers to the orders with it.
      if (name.startsWith('NinjaTrader')) await trading;
      await run(world);
      await trading;
      happened.push(name);
      await world.host.settle();
      count = (await booked(world, ACCOUNTS)).length;
    }
    const due = await booked(world, ACCOUNTS);
    expect(due.length).toBeGreaterThanOrEqual(FILLS);
    await world.linked();
    await world.until('every fill in the journal', () => kept(world).length >= due.length);
    expect(kept(world)).toEqual(due);
    expect(new Set(happened).size).toBe(TROUBLES.length);
    expect(wrongs(world.host)).toEqual([]);
  });
});
