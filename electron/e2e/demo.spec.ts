import type { ElectronApplication } from '@playwright/test';
import { readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { flattenIs, isExposed, isLive } from './harness/conditions.ts';
import type { DeskApp } from './harness/desk-app.ts';
import { entriesOf, readJournal } from './harness/journal.ts';
import { runToItsEnd } from './harness/short-run.ts';

test.describe('in demo mode', () => {
  test.use({ flags: ['--demo'] });

  test('accounts come alive, and every one is marked as demo', async ({ desk, dataFolder }) => {
    const view = await desk.until(isLive);
    expect(view.mode).toBe('demo');
    expect(new Set(view.accounts.map(({ badge }) => badge))).toEqual(new Set(['DEMO']));
    const { dataFolder: used, pairingFile } = await desk.about();
    expect(used).toBe(join(dataFolder, 'demo'));
    expect(pairingFile).toBe(join(dataFolder, 'demo', 'pairing.json'));
    expect(readdirSync(dataFolder)).toEqual(['demo']);
    expect((await desk.probe()).headline).toMatch(/\(demo\)$/);
  });

  test('the simulated platform comes back when its process dies', async ({ desk }) => {
    await desk.until(isLive);
    const before = await simulator(desk.app);
    expect(before).toBeGreaterThan(0);
    process.kill(before, 'SIGKILL');
    await desk.until(({ bridge }) => bridge.reconnects > 0 && bridge.state === 'connected');
    await desk.until(isLive);
    expect(await simulator(desk.app)).not.toBe(before);
  });
});

test.describe('a demo killed with something open', () => {
  test.beforeEach(() => test.setTimeout(150_000));

  test('goes on where it was, and everything can be proven flat', async ({ start, dataFolder }) => {
    const first = await start('--demo');
    await first.until(isExposed, 60_000);
    await first.kill();
    const second = await start('--demo');
    await second.until(isLive);
    await expectFlatten(second);
    await expectSameFills(join(dataFolder, 'demo'));
  });

  test('goes on from its journal when the books of its broker are damaged', async ({
    start,
    dataFolder,
  }) => {
    const folder = join(dataFolder, 'demo');
    const first = await start('--demo');
    await first.until(isExposed, 60_000);
    await first.kill();
    truncateSync(join(folder, 'simulated-broker.json'), 100);
    const second = await start('--demo');
    await second.until(isLive);
    await expectFlatten(second);
    const log = readFileSync(join(folder, 'logs', 'desk.log'), 'utf8');
    expect(log).toContain('It goes on from what the app knows of its accounts.');
  });
});

test('a smoke run reports on one line and leaves', async ({ home }) => {
  const { stdout } = await runToItsEnd({ home, args: ['--smoke', '--demo'] });
  const lines = stdout.split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ok: true, bridge: 'connected', store: 'ok' });
});

/** Flattens everything until it is proven, and nothing contradicts itself meanwhile. */
async function expectFlatten(desk: DeskApp): Promise<void> {
  await desk.pressTray('flatten');
  const view = await desk.until(flattenIs('confirmed', 'unresolved'), 90_000);
  expect(view.flattens[0]).toMatchObject({ state: 'confirmed', code: null });
  expect(view.accounts.flatMap(({ doubts }) => doubts)).toEqual([]);
}

/** The journal has every fill of the broker's books once, and no other. */
async function expectSameFills(folder: string): Promise<void> {
  const book = JSON.parse(readFileSync(join(folder, 'simulated-broker.json'), 'utf8')) as {
    readonly broker: { readonly fills: readonly { readonly id: string }[] };
  };
  const booked = book.broker.fills.map(({ id }) => id).sort();
  const kept = (): string[] =>
    entriesOf(readJournal(folder), 'execution.reported').map(({ execution }) => execution.id);
  await expect.poll(() => kept().sort()).toEqual(booked);
}

/** The process of the simulated platform; 0 while there is none. */
function simulator(app: ElectronApplication): Promise<number> {
  return app.evaluate(
    ({ app: self }) =>
      self.getAppMetrics().find(({ name }) => name === 'Simulated NinjaTrader')?.pid ?? 0,
  );
}
