import { describe, expect, it } from 'vitest';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { Fact } from '../../shared/domain/desk/fact.ts';
import { durableDesk } from '../../shared/domain/desk/durable-desk.ts';
import { money } from '../../shared/domain/money/money.ts';
import {
  ES,
  execution,
  item,
  lost,
  opened,
  OPEN_AT,
  order,
  position,
  quote,
  SIM,
  snapshot,
  terms,
} from '../../shared/testing/desk-facts.ts';
import { connected, engineWorld, type EngineWorld } from './testing/engine-world.ts';

const ALL = { kind: 'all' } as const;
const filled = (seq: number, id: string, over = {}): Fact => ({
  kind: 'execution.reported',
  seq,
  execution: execution(id, over),
});

const ENTRY: Command = {
  kind: 'submitOrder',
  commandId: 'cmd-x',
  account: SIM,
  instrument: ES,
  side: 'buy',
  type: 'market',
  quantity: 1,
  limit: null,
  stop: null,
  oco: '',
  label: '',
  reduceOnly: false,
};

/** A platform that answers a flatten and every question with nothing open. */
function answerFlat(world: EngineWorld, seq: number): void {
  for (const command of world.sent.splice(0)) {
    const { commandId } = command;
    if (command.kind === 'flatten') {
      world.take({ kind: 'command.acked', commandId, status: 'accepted', code: null, detail: '' });
    } else if (command.kind === 'snapshot') {
      world.take(snapshot(seq, { commandId, scope: 'state' }));
    }
  }
}

describe('commands', () => {
  it('that can raise risk are on disk before they go out', () => {
    const world = connected();
    world.order.length = 0;
    expect(world.engine.send(ENTRY).ok).toBe(true);
    expect(world.order).toEqual(['durable intent.recorded', 'send submitOrder']);
  });

  it('that can raise risk do not go out when they cannot be written', () => {
    const world = connected();
    world.db().pragma('query_only = ON');
    world.sent.length = 0;
    expect(world.engine.send(ENTRY)).toMatchObject({
      ok: false,
      error: { code: 'NOT_RECORDED' },
    });
    expect(world.sent).toEqual([]);
  });

  it('that only reduce risk go out first, whatever the store says', () => {
    const world = connected();
    world.db().pragma('query_only = ON');
    world.order.length = 0;
    const cancel: Command = { kind: 'cancelAll', commandId: 'cmd-y', scope: ALL };
    expect(world.engine.send(cancel).ok).toBe(true);
    expect(world.engine.send({ ...ENTRY, reduceOnly: true }).ok).toBe(true);
    expect(world.order).toEqual([
      'send cancelAll',
      'append command.sent',
      'send submitOrder',
      'append command.sent',
    ]);
  });

  it('flatten through to a proof while no file can be opened, and say that the store fails', () => {
    const world = connected(engineWorld({ brokenStore: true }));
    world.take(position(3, 2));
    expect(world.engine.view().store.state).toBe('failing');
    world.order.length = 0;
    const { flattenId } = world.engine.flatten(ALL, 'dashboard');
    expect(world.order[0]).toBe('send flatten');
    world.take(position(5, 0));
    for (let i = 0; i < 130; i += 1) {
      world.clock.advance(100);
      answerFlat(world, 10 + i);
    }
    const [flatten] = world.engine.view().flattens;
    expect(flatten).toMatchObject({ id: flattenId, state: 'confirmed' });
    expect(world.engine.proof(flattenId)?.accounts).toEqual([SIM]);
    expect(world.engine.view().status).toBe('warning');
  });

  it('ask for prices of every instrument once per session', () => {
    const world = connected();
    const asked = () => world.sent.filter((command) => command.kind === 'subscribe');
    expect(asked()).toMatchObject([{ instruments: [ES], bars: true }]);
    world.take(position(5, 1), terms(6));
    world.clock.advance(10);
    expect(asked()).toHaveLength(1);
    world.take(lost(), opened('sess-2'), terms(1));
    world.clock.advance(10);
    expect(asked()).toHaveLength(2);
  });
});

describe('start-up', () => {
  it('gives back what was known, as not confirmed, from the journal alone', () => {
    const world = connected();
    world.take(
      filled(3, 'x', { quantity: 2, cost: money(41_000) }),
      position(4, 2),
      { kind: 'order.reported', seq: 5, order: order('a') },
      item(6, 'cashValue', 500_000_000),
    );
    const before = durableDesk(world.engine.state());
    world.close();
    const again = engineWorld({ path: world.path, clock: world.clock });
    expect(durableDesk(again.engine.state())).toEqual(before);
    const view = again.engine.view();
    expect(view.status).toBe('offline');
    expect(view.accounts[0]).toMatchObject({ freshness: 'offline', fillsToday: 1 });
    expect(view.accounts[0]?.positions[0]?.quantity).toBe(2);
    expect(view.feed.map((line) => line.text)).toContain('Bought 2 ES 12-26 at 5,000.00.');
  });

  it('takes up a flatten that was cut off', () => {
    const world = connected();
    world.take(position(3, 2));
    const { flattenId } = world.engine.flatten(ALL, 'shortcut');
    world.close();
    const again = engineWorld({ path: world.path, clock: world.clock });
    const [flatten] = again.engine.view().flattens;
    expect(flatten).toMatchObject({ id: flattenId, state: 'unresolved', armed: true });
    again.take(opened('sess-2'));
    expect(again.sent.map((command) => command.kind)).toContain('flatten');
  });

  it('leaves a flatten alone that had stopped fighting what keeps opening positions', () => {
    const world = connected();
    world.take(position(3, 2));
    world.engine.flatten(ALL, 'dashboard');
    for (let seq = 10; seq <= 110; seq += 10) {
      world.take(position(seq, 0));
      world.clock.advance(600);
      answerFlat(world, seq + 1);
      world.take(position(seq + 5, 2));
      answerFlat(world, seq + 6);
    }
    const stoodDown = { state: 'unresolved', code: 'KEEPS_REOPENING', armed: false };
    expect(world.engine.view().flattens[0]).toMatchObject(stoodDown);
    world.crash();
    const again = engineWorld({ path: world.path, clock: world.clock });
    again.take(opened('sess-2'), terms(1));
    expect(again.sent.map(({ kind }) => kind)).not.toContain('flatten');
    expect(again.engine.view().flattens[0]).toMatchObject(stoodDown);
  });

  it('goes on when the file cannot be opened', () => {
    const world = engineWorld({ brokenStore: true });
    expect(world.engine.view().store).toMatchObject({ state: 'failing' });
    expect(world.engine.view().store.detail).toContain(world.path);
  });
});

describe('patches', () => {
  it('count up by one and add up to the whole view', () => {
    const world = engineWorld();
    const before = world.engine.view();
    world.patches.length = 0;
    connected(world);
    world.take(position(3, 1), quote(20_004), filled(4, 'x'));
    world.clock.advance(200);
    const after = world.engine.view();
    expect(world.patches.map(({ rev }) => rev)).toEqual(
      world.patches.map((_, index) => before.rev + index + 1),
    );
    const accounts = new Map(before.accounts.map((shown) => [shown.name, shown]));
    for (const patch of world.patches) {
      for (const shown of patch.accounts ?? []) accounts.set(shown.name, shown);
    }
    expect([...accounts.values()]).toEqual(after.accounts);
    const feed = world.patches.flatMap((patch) => patch.feed ?? []);
    expect([...before.feed, ...feed]).toEqual(after.feed);
    expect(world.patches.findLast((patch) => patch.status)?.status).toBe(after.status);
  });

  it('show positions, orders and the link at once', () => {
    const world = connected();
    world.clock.advance(100);
    world.patches.length = 0;
    world.take(position(3, 1));
    world.clock.advance(0);
    expect(world.patches.at(-1)?.accounts?.[0]?.positions).toHaveLength(1);
    expect(world.patches.at(-1)?.status).toBe('exposed');
    world.clock.advance(100);
    world.take(lost());
    world.clock.advance(0);
    expect(world.patches.at(-1)).toMatchObject({ status: 'offline' });
  });

  it('show prices at most ten times a second', () => {
    const world = connected();
    world.take(position(3, 1));
    world.clock.advance(200);
    world.patches.length = 0;
    for (let i = 0; i < 1_000; i += 1) {
      world.take(quote(20_000 + i, OPEN_AT + i));
      world.clock.advance(1);
    }
    expect(world.patches.length).toBeLessThanOrEqual(11);
    expect(world.patches.length).toBeGreaterThanOrEqual(9);
    expect(world.engine.view().accounts[0]?.positions[0]?.openProfit).toBe(999 * 125_000);
  });

  it('carry only what changed', () => {
    const world = connected();
    world.clock.advance(2_000);
    world.patches.length = 0;
    world.clock.advance(10_000);
    expect(world.patches).toEqual([]);
  });
});

describe('a bug in the engine', () => {
  it('costs the fact, is logged, and leaves the desk in doubt instead of wrong', () => {
    const world = connected();
    const fatal = {
      kind: 'position.reported',
      seq: 9,
      get account(): never {
        throw new Error('bug');
      },
    };
    world.take(fatal as unknown as Fact);
    expect(world.bugs).toHaveLength(1);
    world.clock.advance(3_000);
    expect(world.engine.view().accounts[0]!.freshness).toBe('unconfirmed');
  });
});

describe('the durable sequence number', () => {
  it('is what was taken in once it is on disk, and stands still while the store fails', () => {
    const world = connected();
    world.take(position(7, 1));
    expect(world.engine.durableSeq('sess-1')).toBe(7);
    world.db().pragma('query_only = ON');
    world.take(position(8, 2));
    expect(world.engine.durableSeq('sess-1')).toBe(7);
    expect(world.engine.durableSeq('another')).toBe(0);
    world.db().pragma('query_only = OFF');
    expect(world.engine.durableSeq('sess-1')).toBe(8);
  });
});
