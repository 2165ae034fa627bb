import type { AccountView, DeskView } from '../../shared/protocol/ipc/views.ts';
import { expect, test } from './fixtures.ts';
import { BUSY_MARKET, flattenIs, isExposed } from './harness/conditions.ts';
import type { DeskApp } from './harness/desk-app.ts';
import { entriesOf, readJournal } from './harness/journal.ts';
import type { Platform } from './harness/platform.ts';

// The watch alone takes ten seconds.
const PROVEN_MS = 45_000;
/** Time for a trader whose limit orders rest to hold something. */
const TRADING_MS = 60_000;

test.beforeEach(() => test.setTimeout(150_000));

interface Doors {
  readonly desk: DeskApp;
  readonly platform: Platform;
  readonly dataFolder: string;
}

/** Waits until the journal holds the proof, and checks it against the broker's own books. */
async function expectProof({ platform, dataFolder }: Doors, door: string): Promise<void> {
  await expect
    .poll(() => entriesOf(readJournal(dataFolder), 'flatten.confirmed').length, {
      timeout: PROVEN_MS,
    })
    .toBe(1);
  expect(platform.open()).toEqual({});
  const journal = readJournal(dataFolder);
  expect(journal.flaws).toEqual([]);
  const requested = entriesOf(journal, 'flatten.requested');
  expect(requested.map((entry) => entry.door)).toEqual([door]);
  const [confirmed] = entriesOf(journal, 'flatten.confirmed');
  expect(confirmed?.proof).toMatchObject({ door, flattenId: requested[0]?.flattenId });
  const codes = confirmed?.proof.steps.map(({ code }) => code) ?? [];
  expect(confirmed?.proof.firstReadId).not.toBe(confirmed?.proof.finalReadId);
  expect(codes[0]).toBe('requested');
  expect(codes.at(-1)).toBe('confirmed');
}

test('the dashboard button flattens, and shows flat only once it is proven', async ({
  desk,
  connect,
  dataFolder,
}) => {
  const platform = await connect(desk, { words: BUSY_MARKET });
  await desk.until(isExposed);
  const page = await desk.page();
  await page.getByRole('button', { name: /^Flatten everything/ }).click();
  const running = await desk.until(flattenIs('requested', 'sent', 'accepted', 'verifying'));
  expect(running.flattens[0]).toMatchObject({ scope: { kind: 'all' }, door: 'dashboard' });
  await expectProof({ desk, platform, dataFolder }, 'dashboard');
  const ended = await desk.until(flattenIs('confirmed'));
  const proof = await page.evaluate(
    (flattenId) => window.desk.call('flatten.proof', { flattenId }),
    ended.flattens[0]?.id ?? '',
  );
  expect(proof).toMatchObject({ ok: true, value: { door: 'dashboard' } });
  expect(proof.ok && proof.value !== null && proof.value.watchMs).toBeGreaterThanOrEqual(10_000);
});

test('the button of one account flattens that account and leaves another its position and orders', async ({
  desk,
  connect,
  dataFolder,
}) => {
  const platform = await connect(desk, { words: [...BUSY_MARKET, '--accounts', '3'] });
  const seen = await desk.until(
    (view) => isExposed(view) && hasBoth(view, OTHER) && view.accounts.some(isTarget),
    TRADING_MS,
  );
  const name = seen.accounts.find(isTarget)?.name ?? '';
  const resting = new Set(accountOf(seen, OTHER)?.orders.map(({ id }) => id));
  const page = await desk.page();
  await page
    .getByRole('button', { name: new RegExp(`^Flatten ${name}\\.`) })
    .first()
    .click();
  await desk.until(flattenIs('confirmed', 'unresolved'), PROVEN_MS);
  expect(Object.keys(platform.open()).filter((key) => key.startsWith(name))).toEqual([]);
  await platform.stop();
  await desk.until(({ bridge }) => bridge.state === 'lost');
  const journal = readJournal(dataFolder);
  expect(entriesOf(journal, 'flatten.confirmed').map(({ proof }) => proof.scope)).toEqual([
    { kind: 'account', account: name },
  ]);
  expect(entriesOf(journal, 'flatten.requested').map(({ door }) => door)).toEqual(['accountCard']);
  // Its own trader cancels nothing and sends nothing but resting orders, so anything else was the flatten's.
  const reports = entriesOf(journal, 'order.reported').map(({ order }) => order);
  const others = reports.filter(({ account }) => account === OTHER);
  expect(others.filter(({ label }) => label !== 'Resting')).toEqual([]);
  expect(others.filter(({ state }) => state.startsWith('cancel'))).toEqual([]);
  const last = new Map(others.map(({ id, state }) => [String(id), state]));
  expect(resting.size).toBeGreaterThan(0);
  for (const id of resting) expect(KEPT_ORDER).toContain(last.get(id));
  const own = new Set(last.keys());
  const fills = platform.fills().filter(({ account }) => account === OTHER);
  expect(fills.length).toBeGreaterThan(0);
  expect(fills.filter(({ orderId }) => !own.has(orderId))).toEqual([]);
});

/** The third trader rests limit orders; the first two trade at the market. */
const OTHER = 'Sim103';
const KEPT_ORDER = [
  'accepted',
  'working',
  'changePending',
  'changeSubmitted',
  'partFilled',
  'filled',
];

function isTarget({ name, positions }: AccountView): boolean {
  return name !== OTHER && positions.length > 0;
}

function accountOf({ accounts }: DeskView, name: string): AccountView | undefined {
  return accounts.find((account) => account.name === name);
}

function hasBoth(view: DeskView, name: string): boolean {
  const account = accountOf(view, name);
  return account !== undefined && account.positions.length > 0 && account.orders.length > 0;
}

test('the tray flattens with the window closed', async ({ desk, connect, dataFolder }) => {
  const platform = await connect(desk, { words: BUSY_MARKET });
  await desk.until(isExposed);
  await desk.willAnswer('Close the window');
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect
    .poll(() =>
      desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()),
    )
    .toBe(false);
  await desk.pressTray('flatten');
  await expectProof({ desk, platform, dataFolder }, 'tray');
});

test('the shortcut flattens with the window destroyed', async ({ desk, connect, dataFolder }) => {
  const platform = await connect(desk, { words: BUSY_MARKET });
  await desk.until(isExposed);
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.destroy());
  await desk.pressShortcut();
  await expectProof({ desk, platform, dataFolder }, 'shortcut');
});

test('row 28: the tray flattens while the page is crashed', async ({
  desk,
  connect,
  dataFolder,
}) => {
  const platform = await connect(desk, { words: BUSY_MARKET });
  await desk.until(isExposed);
  await desk.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    globalThis.deskProbe.menu.find(({ id }) => id === 'flatten')?.click?.();
  });
  await expectProof({ desk, platform, dataFolder }, 'tray');
});

test('the tray flattens while the page hangs', async ({ desk, connect, dataFolder }) => {
  const platform = await connect(desk, { words: BUSY_MARKET });
  await desk.until(isExposed);
  const page = await desk.page();
  void page
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined);
  await desk.pressTray('flatten');
  await expectProof({ desk, platform, dataFolder }, 'tray');
});

test('20 presses in 2 s through every door make one flatten', async ({
  desk,
  connect,
  dataFolder,
}) => {
  const platform = await connect(desk, { words: BUSY_MARKET });
  await desk.until(isExposed);
  const page = await desk.page();
  const button = page.getByRole('button', { name: /^Flatt/ }).first();
  const began = Date.now();
  for (let round = 0; round < 7; round += 1) {
    await Promise.all([button.click(), desk.pressTray('flatten'), desk.pressShortcut()]);
  }
  expect(Date.now() - began).toBeLessThan(2_000);
  await expect
    .poll(() => entriesOf(readJournal(dataFolder), 'flatten.confirmed').length, {
      timeout: PROVEN_MS,
    })
    .toBe(1);
  const journal = readJournal(dataFolder);
  expect(entriesOf(journal, 'flatten.requested')).toHaveLength(1);
  expect(entriesOf(journal, 'flatten.confirmed')[0]?.proof.presses).toBe(21);
  expect(platform.open()).toEqual({});
});

test('without a link every door says so and stays armed', async ({ desk, connect }) => {
  const platform = await connect(desk, { words: BUSY_MARKET });
  await desk.until(isExposed);
  await platform.kill();
  await desk.until(({ bridge }) => bridge.state === 'lost');
  await desk.pressTray('flatten');
  const view = await desk.until(({ flattens }) => flattens.length > 0);
  expect(view.flattens[0]?.state).not.toBe('confirmed');
  expect(view.flattens[0]?.armed).toBe(true);
  expect(view.flattens[0]?.message).toMatch(/NinjaTrader/);
});
