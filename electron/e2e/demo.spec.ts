import type { ElectronApplication } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { isLive } from './harness/conditions.ts';
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

test('a smoke run reports on one line and leaves', async ({ home }) => {
  const { stdout } = await runToItsEnd({ home, args: ['--smoke', '--demo'] });
  const lines = stdout.split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ok: true, bridge: 'connected', store: 'ok' });
});

/** The process of the simulated platform; 0 while there is none. */
function simulator(app: ElectronApplication): Promise<number> {
  return app.evaluate(
    ({ app: self }) =>
      self.getAppMetrics().find(({ name }) => name === 'Simulated NinjaTrader')?.pid ?? 0,
  );
}
