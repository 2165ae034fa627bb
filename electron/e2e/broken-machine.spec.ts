import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './fixtures.ts';
import { runToItsEnd } from './harness/short-run.ts';
import { BUSY_MARKET, flattenIs, isExposed } from './harness/conditions.ts';
import { breakMachine, holdStore } from './harness/faults.ts';
import { entriesOf, readJournal } from './harness/journal.ts';

test.beforeEach(() => test.setTimeout(120_000));

test('with a store that cannot be written the desk says so, and a flatten is proven', async ({
  desk,
  connect,
  dataFolder,
}) => {
  const platform = await connect(desk, { words: BUSY_MARKET });
  await desk.until(isExposed);
  const letGo = holdStore(dataFolder);
  await desk.until(({ store }) => store.state !== 'ok');
  await desk.pressTray('flatten');
  const { flattens, store } = await desk.until(flattenIs('confirmed'), 45_000);
  expect(platform.open()).toEqual({});
  expect(store.pending).toBeGreaterThan(0);
  // What could not be written waits in memory, and is written when the store takes it again.
  letGo();
  await desk.until((view) => view.store.state === 'ok' && view.store.pending === 0);
  const proofs = entriesOf(readJournal(dataFolder), 'flatten.confirmed');
  expect(proofs.map(({ flattenId }) => flattenId)).toEqual([flattens[0]?.id]);
});

test.describe('with a damaged journal', () => {
  test.use({ faults: { corruptJournal: true } });

  test('the desk opens, tells what to do, and a flatten is proven all the same', async ({
    desk,
    connect,
  }) => {
    const platform = await connect(desk, { words: BUSY_MARKET });
    const seen = await desk.until(isExposed);
    expect(seen.store.state).toBe('failing');
    expect((await desk.probe()).boxes[0]?.message).toMatch(/journal could not be opened/);
    await desk.pressTray('flatten');
    await desk.until(flattenIs('confirmed'), 45_000);
    expect(platform.open()).toEqual({});
  });
});

test.describe('with a read-only data folder', () => {
  test.use({ faults: { readOnlyFolder: true } });

  test('the desk opens and names the folder', async ({ desk, dataFolder }) => {
    const view = await desk.until(({ bridge }) => bridge.state !== 'starting');
    expect(view.store.state).not.toBe('ok');
    const { boxes } = await desk.probe();
    expect(boxes[0]?.message).toMatch(/data folder cannot be written/);
    expect(boxes[0]?.detail).toContain(dataFolder);
  });

  test('a second app over it is held back all the same', async ({ desk, home, dataFolder }) => {
    await desk.page();
    const second = await runToItsEnd({ home, args: [`--data-dir=${dataFolder}`, '--port=0'] });
    expect(second.code).toBe(0);
    expect((await desk.view()).bridge.state).not.toBe('starting');
  });
});

test('a data folder that turns read-only stops no flatten', async ({
  start,
  connect,
  dataFolder,
}) => {
  const desk = await start();
  const platform = await connect(desk, { words: BUSY_MARKET });
  await desk.until(isExposed);
  const repair = breakMachine({ readOnlyFolder: true }, dataFolder);
  await desk.pressTray('flatten');
  await desk.until(flattenIs('confirmed'), 45_000);
  expect(platform.open()).toEqual({});
  repair();
});

test('a taken port is named, and the desk opens', async ({ start }) => {
  const holder = createServer();
  await new Promise((done) => holder.listen(0, '127.0.0.1', () => done(null)));
  const { port } = holder.address() as AddressInfo;
  const desk = await start(`--port=${port}`);
  const view = await desk.until(({ bridge }) => bridge.state === 'failed');
  expect(view.bridge.detail).toContain(String(port));
  expect((await desk.probe()).boxes[0]?.message).toContain(String(port));
  await new Promise((done) => holder.close(done));
});
