import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskView } from '../../shared/protocol/ipc/views.ts';
import { checkout } from '../../build/bootstrap/checkout.ts';
import { expect, test as base } from './fixtures.ts';
import { isLive } from './harness/conditions.ts';
import { DeskApp } from './harness/desk-app.ts';
import {
  accountIn,
  assign,
  fallingMarket,
  GUARDED,
  told,
  unlock,
  withoutFlatBy,
} from './harness/guarded-desk.ts';
import { HandPlatform } from './harness/hand-platform.ts';
import { readJournal } from './harness/journal.ts';

const FALLING_MS = 60_000;
const SIZE = 3;
/** 40 % of 2,000 less sixteen ticks of three contracts are 200, which this market falls in seconds. */
const NARROW = 400;
const STORE = ['journal.db', 'journal.db-wal', 'journal.db-shm'] as const;

interface LockedDesk {
  readonly platform: HandPlatform;
  /** The journal's files as they were before the lock. */
  readonly yesterday: string;
  /** Starts the app over the same data, as after a restart of the PC. */
  readonly again: () => Promise<DeskApp>;
}

/** An app that was killed while its account was locked; null without a recording. */
const test = base.extend<{ readonly killed: LockedDesk | null }>({
  killed: async ({ start, home, dataFolder }, use) => {
    const words = fallingMarket();
    if (words === null) return use(null);
    withoutFlatBy(dataFolder);
    const desk = await start();
    const { pairingFile } = await desk.about();
    const platform = HandPlatform.start(pairingFile, words);
    await desk.until(isLive);
    await assign(desk, 'guard', NARROW);
    const yesterday = join(home, 'yesterday');
    keepStore(dataFolder, yesterday);
    platform.trade(GUARDED, SIZE);
    await desk.until(isLocked, FALLING_MS);
    await expect.poll(() => platform.guard(GUARDED)?.entriesLocked).toBe(true);
    platform.trade(GUARDED, -SIZE);
    await desk.until((view) => accountIn(view).positions.length === 0);
    await desk.kill();
    await use({ platform, yesterday, again: () => start() });
    platform.stop();
  },
});

function isLocked(view: DeskView): boolean {
  return view.accounts.some(({ name, risk }) => name === GUARDED && risk.lock !== null);
}

/** A copy of the journal as a backup program would take it while the app runs. */
function keepStore(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of STORE) cpSync(join(from, name), join(to, name));
}

function dropStore(folder: string): void {
  for (const name of STORE) rmSync(join(folder, name), { force: true });
}

/** The entry is cancelled by whoever is there, and the account stays flat. */
async function expectNoEntry(platform: HandPlatform): Promise<void> {
  const order = platform.order(GUARDED, 1, { type: 'limit', limit: 1 });
  await expect.poll(() => order.state).toBe('cancelled');
  expect(platform.position(GUARDED)).toBe(0);
}

test.beforeEach(() => test.setTimeout(150_000));

test('a lock outlives a kill: the AddOn holds it alone, the app with and without a link', async ({
  killed,
  dataFolder,
}) => {
  if (killed === null) return;
  const { platform, again } = killed;
  await expectNoEntry(platform);
  const desk = await again();
  const early = await desk.view();
  expect(isLocked(early)).toBe(true);
  const before = accountIn(early).risk.lock;
  const answer = await unlock(desk, 'One more trade');
  expect(answer.outcome).toBe('refused');
  const live = await desk.until(isLive);
  expect(accountIn(live).risk.lock).toEqual(before);
  expect(accountIn(live)).toMatchObject({ guard: { entriesLocked: true } });
  await expectNoEntry(platform);
  expect(told(await desk.view())).toContain('An unlock for "One more trade" was refused.');
  expect(readJournal(dataFolder).flaws).toEqual([]);
});

test('a lock outlives yesterday’s database, and the trader is told that it is old', async ({
  killed,
  dataFolder,
}) => {
  if (killed === null) return;
  const { platform, yesterday, again } = killed;
  dropStore(dataFolder);
  keepStore(yesterday, dataFolder);
  const desk = await again();
  const early = await desk.until(({ accounts }) => accounts.length > 0);
  expect(isLocked(early)).toBe(true);
  expect(told(early)).toContain('The journal is older than what is known of its locks.');
  const live = await desk.until(isLive);
  expect(isLocked(live)).toBe(true);
  await expectNoEntry(platform);
});

test('a lock outlives a deleted journal', async ({ killed, dataFolder }) => {
  if (killed === null) return;
  const { platform, again } = killed;
  dropStore(dataFolder);
  const desk = await again();
  const live = await desk.until(isLive);
  expect(isLocked(live)).toBe(true);
  expect(accountIn(live)).toMatchObject({ risk: { rules: null }, guard: { entriesLocked: true } });
  expect(told(live)).toContain('The journal does not know its locks.');
  expect(await assign(desk, 'guard')).toMatchObject({ outcome: 'now' });
  expect(isLocked(await desk.view())).toBe(true);
  await expectNoEntry(platform);
});

test('a lock outlives the file beside the journal, and both of them', async ({
  killed,
  dataFolder,
}) => {
  if (killed === null) return;
  const { platform, again } = killed;
  rmSync(join(dataFolder, 'locks.json'));
  const first = await again();
  expect(isLocked(await first.until(isLive))).toBe(true);
  await first.kill();
  dropStore(dataFolder);
  rmSync(join(dataFolder, 'locks.json'), { force: true });
  const second = await again();
  const live = await second.until((view) => isLive(view) && accountIn(view).guard.entriesLocked);
  expect(accountIn(live).guard).toMatchObject({ entriesLocked: true });
  await assign(second, 'guard');
  expect(isLocked(await second.until(isLocked))).toBe(true);
  await expectNoEntry(platform);
});

test('a lock outlives the program: another build over the same data', async ({
  killed,
  home,
  dataFolder,
}) => {
  if (killed === null) return;
  const program = join(home, 'reinstalled');
  for (const part of ['dist', 'resources', 'package.json']) {
    cpSync(join(checkout, part), join(program, part), { recursive: true });
  }
  symlinkSync(join(checkout, 'node_modules'), join(program, 'node_modules'), 'junction');
  const args = [`--data-dir=${dataFolder}`, '--port=0'];
  const desk = await DeskApp.start({ home, args, program });
  expect(isLocked(await desk.until(isLive))).toBe(true);
  await expectNoEntry(killed.platform);
  await desk.kill();
});
