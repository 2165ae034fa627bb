import { afterEach, describe, expect, it } from 'vitest';
import type { AddonWorld } from './addon-world.ts';
import { ACCOUNTS, ES, journaled, Worlds, wrongs } from './testing/worlds.ts';

const worlds = new Worlds();
afterEach(() => worlds.clear());

const IS_LONG = process.env['ENIGMA_APEX_LONG_TESTS'] === '1';
const FLOOD_SECONDS = IS_LONG ? 60 : 10;
/** A thousand take a minute and a half, because each load makes the next one slower. */
const RELOADS = IS_LONG ? 1_000 : 100;
const FLOOD = { perSecond: 5_000, tradeShare: 0.01, accounts: [...ACCOUNTS], instruments: [ES] };

/** The pool of threads grows to its own size under load, however often the AddOn is loaded; one kept by each load would be more. */
const POOL_THREADS = 32;

/** Code that was loaded cannot be unloaded; 0.009 were measured over 1,000 loads. */
const MB_OF_ONE_LOAD = 0.03;

async function isQuiet(world: AddonWorld): Promise<void> {
  expect(await world.host.settle(60_000)).toBe(true);
}

describe('five thousand events a second', { timeout: 300_000 }, () => {
  it('lose nothing and hold up no thread of NinjaTrader', async () => {
    const world = await worlds.trading({ keepsFacts: false });
    const { host } = world;
    await host.do('clear');
    const flooded = await host.flood({ ...FLOOD, seconds: FLOOD_SECONDS });
    expect(flooded.produced).toBeGreaterThanOrEqual(FLOOD_SECONDS * 4_500);
    await isQuiet(world);
    const due = new Set<string>();
    for (const account of ACCOUNTS) {
      const { fills, fillCount } = await host.books(account);
      expect(fills.length).toBe(fillCount);
      for (const { id } of fills) due.add(id);
    }
    expect(due.size).toBeGreaterThan(FLOOD_SECONDS * 3);
    const rows = () => journaled(world).map(({ id }) => id as string);
    await world.until('every fill in the journal', () => rows().length >= due.size);
    expect(rows().sort()).toEqual([...due].sort());
    for (const account of ACCOUNTS) {
      const [position] = (await host.books(account)).positions;
      await world.until(`the position of ${account}`, () => {
        const [cell] = world.account(account)?.positions.values() ?? [];
        return (cell?.position?.quantity ?? 0) === (position?.quantity ?? 0);
      });
    }
    expect(wrongs(host)).toEqual([]);
  });
});

describe('hot reloads', { timeout: 300_000 }, () => {
  it('leave no handler and no thread behind, and one AddOn in charge', async () => {
    const world = await worlds.trading({ keepsFacts: false });
    const { host } = world;
    const left: string[] = [];
    for (let i = 0; i < 10; i += 1) left.push(...(await host.hotReload(0)).handlersLeft);
    const before = await host.memory();
    for (let i = 0; i < RELOADS; i += 1) left.push(...(await host.hotReload(0)).handlersLeft);
    expect(left).toEqual([]);
    await world.linked();
    await isQuiet(world);
    const after = await host.memory();
    expect(after.threads - before.threads).toBeLessThanOrEqual(POOL_THREADS);
    expect(after.managedMb - before.managedMb).toBeLessThan(RELOADS * MB_OF_ONE_LOAD);
    await host.submit({ account: 'APEX-1', instrument: ES, action: 'Buy', quantity: 2 });
    await world.until('the fill at the desk', () => journaled(world).length === 1);
    expect(world.desk.bridge.status().state).toBe('connected');
    expect(wrongs(host)).toEqual([]);
  });
});
