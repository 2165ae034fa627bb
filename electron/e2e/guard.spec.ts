import { expect, test as base } from './fixtures.ts';
import { flattenIs, isLive } from './harness/conditions.ts';
import type { DeskApp } from './harness/desk-app.ts';
import {
  accountIn,
  assign,
  BESIDE,
  fallingMarket,
  GUARDED,
  told,
  TRAIL,
  withoutFlatBy,
} from './harness/guarded-desk.ts';
import { HandPlatform } from './harness/hand-platform.ts';
import { entriesOf, readJournal } from './harness/journal.ts';

/** Time for the market to use up the own limit. */
const FALLING_MS = 60_000;
/** The watch alone takes ten seconds. */
const PROVEN_MS = 45_000;
/** 70 % of 2,000 less sixteen ticks of three contracts are 800: 21 ticks, which this market falls in a few minutes. */
const SIZE = 3;

interface Stage {
  readonly desk: DeskApp;
  readonly platform: HandPlatform;
}

interface Fixtures {
  /** Two accounts in a falling market, the first about to be guarded; null without a recording. */
  readonly stage: Stage | null;
}

const test = base.extend<Fixtures>({
  stage: async ({ start, dataFolder }, use) => {
    const words = fallingMarket();
    if (words === null) return use(null);
    withoutFlatBy(dataFolder);
    const desk = await start();
    const { pairingFile } = await desk.about();
    const platform = HandPlatform.start(pairingFile, words);
    await desk.until(isLive);
    platform.watchFloor(GUARDED, TRAIL);
    await use({ desk, platform });
    platform.stop();
  },
});

test.beforeEach(() => test.setTimeout(150_000));

/** Both accounts go long; the second is not judged. */
async function enter({ desk, platform }: Stage): Promise<void> {
  platform.trade(GUARDED, SIZE);
  platform.trade(BESIDE, 1);
  await desk.until((view) => accountIn(view).positions.length === 1);
}

test('an account driven to its own limit is warned, locked and flattened before the firm would', async ({
  stage,
  dataFolder,
}) => {
  if (stage === null) return;
  const { desk, platform } = stage;
  expect(await assign(desk, 'protect')).toMatchObject({ outcome: 'now' });
  await enter(stage);
  await desk.until((view) => accountIn(view).risk.lock !== null, FALLING_MS);
  const flat = await desk.until(flattenIs('confirmed'), PROVEN_MS);
  const said = told(flat);
  for (const words of ['is half used', 'is at its warning', 'exits only', 'is used up']) {
    expect(said).toContain(words);
  }
  expect(accountIn(flat)).toMatchObject({
    positions: [],
    guard: { state: 'armed', entriesLocked: true },
    risk: { lock: { source: 'rule' } },
  });
  expect(platform.position(GUARDED)).toBe(0);
  // Slippage and all, the share of the firm's room that is not to be used was not touched.
  expect(platform.floor(GUARDED).leastRoom).toBeGreaterThan(0.3 * TRAIL);
  expect(platform.guard(GUARDED)).toMatchObject({ entriesLocked: true });

  expect(platform.position(BESIDE)).toBe(1);
  expect(accountIn(flat, BESIDE)).toMatchObject({ positions: [{ quantity: 1 }] });
  expect(accountIn(flat, BESIDE).risk.lock).toBeNull();

  const journal = readJournal(dataFolder);
  expect(journal.flaws).toEqual([]);
  expect(entriesOf(journal, 'flatten.requested').map(({ door }) => door)).toEqual(['guard']);
  const [confirmed] = entriesOf(journal, 'flatten.confirmed');
  expect(confirmed?.proof.scope).toEqual({ kind: 'account', account: GUARDED });
  expect(entriesOf(journal, 'locks.kept').length).toBeGreaterThan(0);

  const order = platform.order(GUARDED, 1, { type: 'limit', limit: 1 });
  await expect.poll(() => order.state).toBe('cancelled');
  await desk.until((view) => told(view).includes('An entry order was placed while entries'));
  platform.trade(GUARDED, 1);
  // The AddOn's cancel and the fill are in a race; told it is either way.
  const again = /entered while entries are locked|placed while entries are locked \(2\)/;
  await desk.until((view) => again.test(told(view)));
  await expect.poll(() => platform.position(GUARDED), { timeout: 10_000 }).toBe(0);
  expect(accountIn(await desk.view()).risk.lock).not.toBeNull();
});

test('at the level guard a locked account may leave, and not enter', async ({ stage }) => {
  if (stage === null) return;
  const { desk, platform } = stage;
  expect(await assign(desk, 'guard')).toMatchObject({ outcome: 'now' });
  await enter(stage);
  await desk.until((view) => accountIn(view).risk.lock !== null, FALLING_MS);
  await expect.poll(() => platform.guard(GUARDED)?.entriesLocked).toBe(true);
  const stop = platform.order(GUARDED, -1, { type: 'stopMarket', stop: 1 });
  const exit = platform.trade(GUARDED, 1 - SIZE);
  await expect.poll(() => exit.state).toBe('filled');
  await desk.until((view) => accountIn(view).positions[0]?.quantity === 1);
  const entry = platform.order(GUARDED, 1, { type: 'limit', limit: 1 });
  await expect.poll(() => entry.state).toBe('cancelled');
  await desk.until((view) => told(view).includes('An entry order was placed while entries'));
  expect(stop.state).toMatch(/^(accepted|working)$/);
  expect((await desk.view()).flattens).toEqual([]);
});

test('at the level observe the trader is told, and nothing is done', async ({
  stage,
  dataFolder,
}) => {
  if (stage === null) return;
  const { desk, platform } = stage;
  expect(await assign(desk, 'observe')).toMatchObject({ outcome: 'now' });
  await enter(stage);
  const view = await desk.until(
    (seen) => told(seen).includes('The account is not flattened'),
    FALLING_MS,
  );
  expect(told(view)).toContain('Entries are not locked');
  expect(accountIn(view)).toMatchObject({
    positions: [{ quantity: SIZE }],
    guard: { state: 'off' },
  });
  expect(view.flattens).toEqual([]);
  expect(platform.position(GUARDED)).toBe(SIZE);
  expect(platform.guard(GUARDED)).toBeUndefined();
  const journal = readJournal(dataFolder);
  expect(entriesOf(journal, 'flatten.requested')).toEqual([]);
  expect(entriesOf(journal, 'guard.wanted')).toEqual([]);
});
