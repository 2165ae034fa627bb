import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { createDeskStore } from '../state/desk-store.ts';
import { createDeskClient } from './client.ts';
import { FakeDesk } from './fake-desk.ts';
import { exposedScene } from './fake/base-scenes.ts';

/** Everything that is already answered has been taken in. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function start() {
  const clock = new FakeClock();
  const desk = new FakeDesk({ view: exposedScene(), timers: clock, wall: () => clock.wall() });
  const store = createDeskStore();
  const client = createDeskClient({ api: desk, store, timers: clock });
  const snapshots = (): number => desk.calls.filter(({ key }) => key === 'desk.snapshot').length;
  return { clock, desk, store, client, snapshots };
}

describe('the mirror', () => {
  it('subscribes before it asks for the snapshot', () => {
    const { desk, client } = start();
    let listening = -1;
    const call = desk.call.bind(desk);
    desk.call = (key, input) => {
      if (key === 'desk.snapshot') listening = desk.listenerCount;
      return call(key, input);
    };
    client.start();
    expect(listening).toBe(1);
  });

  it('equals the desk after a snapshot and any number of patches', async () => {
    const { desk, store, client, snapshots } = start();
    client.start();
    await settled();
    for (let change = 0; change < 50; change += 1) {
      desk.change((view) => ({ ...view, status: change % 2 === 0 ? 'ok' : 'exposed' }));
    }
    expect(store.getState()).toMatchObject({ mirror: 'live', view: desk.view });
    expect(snapshots()).toBe(1);
  });

  it('keeps patches that arrive before the snapshot and ignores those that it already holds', async () => {
    const { desk, store, client } = start();
    client.start();
    desk.change((view) => ({ ...view, status: 'warning' }));
    desk.change((view) => ({ ...view, status: 'locked' }));
    await settled();
    expect(store.getState().view).toEqual(desk.view);
  });

  it('asks for the snapshot again when a patch is missing, once for any number of gaps', async () => {
    const { desk, store, client, snapshots } = start();
    client.start();
    await settled();
    const send = desk.send.bind(desk);
    desk.send = () => undefined;
    desk.change((view) => ({ ...view, status: 'warning' }));
    desk.send = send;
    desk.change((view) => ({ ...view, status: 'locked' }));
    desk.change((view) => ({ ...view, status: 'ok' }));
    expect(store.getState().mirror).toBe('catchingUp');
    await settled();
    expect(store.getState()).toMatchObject({ mirror: 'live', view: desk.view });
    expect(snapshots()).toBe(2);
  });

  it('ignores a patch that it has already applied', async () => {
    const { desk, store, client, snapshots } = start();
    client.start();
    await settled();
    desk.change((view) => ({ ...view, status: 'warning' }));
    const before = store.getState().view;
    desk.send({ rev: desk.view.rev, at: 0, status: 'ok' });
    expect(store.getState().view).toBe(before);
    expect(snapshots()).toBe(1);
  });

  it('takes no patch that breaks the contract and asks again instead', async () => {
    const { desk, store, client, snapshots } = start();
    client.start();
    await settled();
    desk.send({ rev: desk.view.rev + 1, at: 0, status: 'flat' } as never);
    await settled();
    expect(store.getState().view).toEqual(desk.view);
    expect(snapshots()).toBe(2);
  });

  it('says that it is blind and tries again while the snapshot fails', async () => {
    const { clock, desk, store, client } = start();
    desk.failing.set('desk.snapshot', 'The engine is stopping.');
    client.start();
    await settled();
    expect(store.getState()).toMatchObject({
      mirror: 'broken',
      trouble: 'The engine is stopping.',
    });
    desk.failing.clear();
    clock.advance(1_000);
    await settled();
    expect(store.getState()).toMatchObject({ mirror: 'live', trouble: '', view: desk.view });
  });

  it('keeps the last view while it is blind', async () => {
    const { desk, store, client } = start();
    client.start();
    await settled();
    const seen = store.getState().view;
    desk.failing.set('desk.snapshot', 'No.');
    desk.send({ rev: 99, at: 0 });
    await settled();
    expect(store.getState()).toMatchObject({ mirror: 'broken', view: seen });
  });

  it('hears nothing more after it was stopped', async () => {
    const { desk, client } = start();
    const stop = client.start();
    await settled();
    stop();
    expect(desk.listenerCount).toBe(0);
  });
});

describe('a call', () => {
  it('turns a rejected promise into an error with words', async () => {
    const { desk, client } = start();
    desk.call = () => Promise.reject(new Error('channel closed'));
    expect(
      await client.call('flatten.request', { scope: { kind: 'all' }, door: 'dashboard' }),
    ).toEqual({
      ok: false,
      error: { code: 'INTERNAL', message: 'The window could not reach the engine: channel closed' },
    });
  });

  it('does not trust an answer that breaks the contract', async () => {
    const { desk, client } = start();
    desk.call = () => Promise.resolve({ ok: true, value: { flattenId: 7 } as never });
    const reply = await client.call('flatten.request', {
      scope: { kind: 'all' },
      door: 'dashboard',
    });
    expect(reply.ok).toBe(false);
  });

  it('shows changed settings and the state of the shortcut at once', async () => {
    const { store, client } = start();
    client.start();
    await settled();
    await client.changeSettings({ flattenShortcut: 'Ctrl+Alt+T' });
    expect(store.getState()).toMatchObject({
      settings: { flattenShortcut: 'Ctrl+Alt+T' },
      shortcut: { state: 'taken' },
    });
  });
});
