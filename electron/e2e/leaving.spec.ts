import { expect, test as base } from './fixtures.ts';
import { flattenIs, isExposed, isLive } from './harness/conditions.ts';
import type { DeskApp } from './harness/desk-app.ts';
import { HandPlatform } from './harness/hand-platform.ts';
import { entriesOf, readJournal } from './harness/journal.ts';

/** A desk with a position that nobody closes. */
const test = base.extend<{ readonly exposed: DeskApp }>({
  exposed: async ({ desk }, use) => {
    const { pairingFile } = await desk.about();
    const platform = HandPlatform.start(pairingFile, []);
    const { accounts } = await desk.until(isLive);
    platform.trade(accounts[0]?.name ?? '', 1);
    await desk.until(isExposed);
    await use(desk);
    platform.stop();
  },
});

test('quitting while exposed asks, and Cancel stays', async ({ exposed: desk }) => {
  await desk.willAnswer('Cancel');
  await desk.pressTray('quit');
  await expect.poll(async () => (await desk.probe()).boxes.length).toBe(1);
  const [box] = (await desk.probe()).boxes;
  expect(box?.message).toBe('You still have positions or working orders.');
  expect(box?.detail).toMatch(/does not flatten by itself/);
  expect(desk.output.join('')).toContain('Answer the question in its window.');
  expect(box?.buttons).toEqual(['Flatten and stay', 'Quit anyway', 'Cancel']);
  expect((await desk.view()).bridge.state).toBe('connected');
});

test('quitting while exposed can flatten and stay', async ({ exposed: desk }) => {
  await desk.willAnswer('Flatten and stay');
  await desk.pressTray('quit');
  const view = await desk.until(flattenIs('requested', 'sent', 'accepted', 'verifying'));
  expect(view.flattens[0]).toMatchObject({ door: 'quit', scope: { kind: 'all' } });
});

test('quitting anyway ends the app in order and closes nothing', async ({
  exposed: desk,
  dataFolder,
}) => {
  await desk.willAnswer('Quit anyway');
  await desk.pressTray('quit');
  expect(await desk.ended).toBe(0);
  const journal = readJournal(dataFolder);
  expect(journal.flaws).toEqual([]);
  expect(entriesOf(journal, 'engine.stopped')).toHaveLength(1);
  expect(entriesOf(journal, 'flatten.requested')).toEqual([]);
});

test('one question at a time', async ({ exposed: desk }) => {
  for (let press = 0; press < 5; press += 1) await desk.pressTray('quit');
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  expect((await desk.probe()).boxes).toHaveLength(1);
});

test('what is unknown is asked about like what is open', async ({ desk, connect }) => {
  const platform = await connect(desk, { words: ['--trader', 'off'] });
  await desk.until(({ accounts }) => accounts.length > 0);
  await platform.kill();
  await desk.until(({ bridge }) => bridge.state === 'lost');
  await desk.pressTray('quit');
  await expect.poll(async () => (await desk.probe()).boxes.length).toBe(1);
  expect((await desk.probe()).boxes[0]?.message).toMatch(/may still have/);
});
