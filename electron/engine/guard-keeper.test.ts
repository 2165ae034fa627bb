import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { GuardLimits } from '../../shared/domain/guard/limits.ts';
import { money } from '../../shared/domain/money/money.ts';
import { lost, OPEN_AT, opened, SIM, snapshot } from '../../shared/testing/desk-facts.ts';
import { guardLimits, guardReport } from '../../shared/testing/guard-limits.ts';
import { connected, engineWorld, type EngineWorld } from './testing/engine-world.ts';

const LOCK = guardLimits({ entriesLocked: true, reason: 'daily limit' });
const until = (ms: number) => (OPEN_AT + ms) as EpochMs;

function guardsSent(world: EngineWorld): Extract<Command, { kind: 'setGuard' }>[] {
  return world.sent.filter((command) => command.kind === 'setGuard');
}

/** A desk whose AddOn has said that it holds nothing. */
function heard(world = connected()): EngineWorld {
  world.take(guardReport(3, 0));
  world.order.length = 0;
  return world;
}

/** The AddOn does as it was told last. */
function obey(world: EngineWorld, seq: number): void {
  const command = guardsSent(world).at(-1);
  world.take(guardReport(seq, command?.revision ?? 0, command?.accounts ?? []));
}

function shown(world: EngineWorld) {
  return world.engine.view().accounts[0]!.guard;
}

describe('a guard', () => {
  it('that tightens goes out at once, whatever the store says', () => {
    const world = heard();
    world.db().pragma('query_only = ON');
    expect(world.engine.guard.set(LOCK)).toEqual({ ok: true, value: { revision: 1 } });
    expect(guardsSent(world)).toMatchObject([{ revision: 1, accounts: [LOCK] }]);
    expect(world.order).toEqual(['send setGuard', 'append command.sent', 'append guard.wanted']);
    obey(world, 4);
    expect(shown(world)).toMatchObject({ state: 'armed', entriesLocked: true, lockedUntil: null });
  });

  it('that loosens is on disk before it goes out', () => {
    const world = heard();
    world.engine.guard.set(LOCK);
    obey(world, 4);
    world.order.length = 0;
    world.engine.guard.clear(SIM);
    expect(world.order).toEqual(['durable guard.wanted', 'send setGuard', 'append command.sent']);
    expect(guardsSent(world).at(-1)).toMatchObject({ revision: 2, accounts: [] });
    expect(shown(world)).toMatchObject({ state: 'notSynced', code: 'PENDING' });
    obey(world, 5);
    expect(shown(world).state).toBe('off');
  });

  it('that loosens does not go out when it cannot be written, and what tightens with it does', () => {
    const world = heard();
    world.engine.guard.set({ ...LOCK, lockedUntil: until(60_000) });
    obey(world, 4);
    world.db().pragma('query_only = ON');
    const change: GuardLimits = { ...LOCK, lockedUntil: until(30_000), maxContracts: 2 };
    expect(world.engine.guard.set(change)).toMatchObject({
      ok: false,
      error: { code: 'NOT_RECORDED' },
    });
    expect(guardsSent(world).at(-1)).toMatchObject({
      revision: 2,
      accounts: [{ lockedUntil: until(60_000), maxContracts: 2 }],
    });
    expect(guardsSent(world)).toHaveLength(2);
  });

  it('sent past the keeper is held back like any other risk when it permits more', () => {
    const world = heard();
    world.engine.guard.set(LOCK);
    const command: Command = {
      kind: 'setGuard',
      commandId: 'x',
      revision: 9,
      note: '',
      accounts: [],
    };
    world.order.length = 0;
    world.engine.send(command);
    expect(world.order).toEqual(['durable intent.recorded', 'send setGuard']);
    world.order.length = 0;
    world.engine.send({ ...command, accounts: [{ ...LOCK, maxContracts: 1 }] });
    expect(world.order[0]).toBe('send setGuard');
  });

  it('waits for the first snapshot and the word of the AddOn, and not for ever', () => {
    const world = engineWorld();
    world.engine.guard.set(LOCK);
    world.take(opened());
    world.clock.advance(10_000);
    expect(guardsSent(world)).toEqual([]);
    world.take(snapshot(1));
    world.clock.advance(2_900);
    expect(guardsSent(world)).toEqual([]);
    expect(shown(world).code).toBe('NOT_REPORTED');
    world.clock.advance(200);
    expect(guardsSent(world)).toHaveLength(1);
  });

  it('goes out again in every session, and with growing pauses until the AddOn confirms it', () => {
    const world = heard();
    world.engine.guard.set(LOCK);
    world.clock.advance(3_100);
    expect(guardsSent(world)).toHaveLength(3);
    obey(world, 4);
    world.clock.advance(600_000);
    expect(guardsSent(world)).toHaveLength(3);
    world.take(lost());
    expect(shown(world)).toMatchObject({ state: 'notSynced', code: 'LINK_DOWN' });
    world.take(opened('sess-2'), snapshot(1), guardReport(2, 0));
    expect(guardsSent(world).at(-1)).toMatchObject({ revision: 1, accounts: [LOCK] });
    world.clock.advance(600_000);
    expect(guardsSent(world)).toHaveLength(3 + 8);
    expect(shown(world).code).toBe('NO_ANSWER');
    expect(world.engine.view().status).toBe('warning');
  });

  it('that is refused or not enforced is never shown as armed', () => {
    const world = heard();
    world.engine.guard.set(LOCK);
    const { commandId } = guardsSent(world)[0]!;
    const code = 'UNSUPPORTED';
    world.take({ kind: 'command.acked', commandId, status: 'refused', code, detail: '' });
    expect(shown(world)).toMatchObject({
      state: 'notSynced',
      code: 'REFUSED',
      problem: 'the AddOn refused it (UNSUPPORTED)',
    });
    world.take(guardReport(4, 1, [LOCK], false));
    expect(shown(world)).toMatchObject({ state: 'notSynced', code: 'NOT_ENFORCING' });
    world.take(guardReport(5, 1, [LOCK]));
    expect(shown(world).state).toBe('armed');
  });

  it('that the AddOn could not write down is told, for it ends with NinjaTrader', () => {
    const world = heard();
    world.engine.guard.set(LOCK);
    const { commandId } = guardsSent(world)[0]!;
    const [outcome, code] = ['partial', 'NOT_KEPT'] as const;
    const detail = 'the guard could not be written to disk';
    world.take({ kind: 'command.finished', commandId, outcome, code, detail, remaining: [] });
    expect(world.engine.view().feed.at(-1)).toMatchObject({
      severity: 'warning',
      text: 'NinjaTrader: the guard could not be written to disk.',
    });
  });

  it('that the AddOn locks by itself under the same revision is taken over', () => {
    const world = heard();
    const floor = guardLimits({ hardFloor: money(475_000_000), flattenAtFloor: true });
    world.engine.guard.set(floor);
    obey(world, 4);
    const breached = { ...floor, entriesLocked: true, reason: 'the hard limit was reached' };
    world.take(guardReport(5, 1, [breached]));
    world.clock.advance(1_000);
    expect(guardsSent(world).at(-1)).toMatchObject({ revision: 2, accounts: [breached] });
    obey(world, 6);
    expect(shown(world)).toMatchObject({ state: 'armed', entriesLocked: true });
  });

  it('of 0 accounts is sent like any other', () => {
    const world = heard();
    world.engine.guard.set(LOCK);
    obey(world, 4);
    world.engine.guard.clear(null);
    expect(guardsSent(world).at(-1)).toMatchObject({ revision: 2, accounts: [] });
  });

  it('stands no more once its lock has run out, on neither side', () => {
    const world = heard();
    world.engine.guard.set({ ...LOCK, lockedUntil: until(60_000) });
    obey(world, 4);
    expect(shown(world).state).toBe('armed');
    world.clock.advance(61_000);
    expect(shown(world).state).toBe('off');
  });

  it('whose lock only seemed to have run out is brought back when the clock is set right', () => {
    const world = heard();
    world.engine.guard.set({ ...LOCK, lockedUntil: until(60_000) });
    obey(world, 4);
    world.clock.jumpWall(120_000);
    world.take(guardReport(5, 1));
    world.clock.advance(5_000);
    expect(guardsSent(world)).toHaveLength(1);
    world.clock.jumpWall(-120_000);
    world.clock.advance(1_000);
    expect(guardsSent(world)).toHaveLength(2);
    expect(guardsSent(world).at(-1)).toMatchObject({ accounts: [{ entriesLocked: true }] });
  });

  it('is not armed by a report that was overtaken', () => {
    const world = heard();
    world.engine.guard.set(LOCK);
    world.take(guardReport(9, 0), guardReport(8, 1, [LOCK]), guardReport(9, 1, [LOCK]));
    expect(shown(world)).toMatchObject({ state: 'notSynced', code: 'PENDING' });
  });

  it('in doubt after lost messages is sent again and not shown as armed meanwhile', () => {
    const world = heard();
    world.engine.guard.set(LOCK);
    obey(world, 4);
    world.clock.advance(5_000);
    world.take({ kind: 'link.gap', from: 5, to: 6 });
    expect(guardsSent(world)).toHaveLength(2);
    expect(shown(world).code).toBe('NOT_REPORTED');
    obey(world, 7);
    expect(shown(world).state).toBe('armed');
  });

  it.each([
    [guardLimits(), 'NOTHING_TO_GUARD'],
    [{ ...LOCK, lockedUntil: until(-1) }, 'LOCK_IN_THE_PAST'],
    [guardLimits({ lockedUntil: until(9), maxContracts: 1 }), 'END_WITHOUT_LOCK'],
    [guardLimits({ maxContracts: 1.5 }), 'BAD_CONTRACTS'],
    [guardLimits({ maxContracts: 1, flattenAtFloor: true }), 'FLOOR_MISSING'],
    [{ ...LOCK, reason: 'x'.repeat(2_001) }, 'REASON_TOO_LONG'],
  ])('that says nothing or the impossible is not wanted: %j', (limits, code) => {
    const world = heard();
    expect(world.engine.guard.set(limits)).toEqual({ ok: false, error: { code } });
    expect(guardsSent(world)).toEqual([]);
  });
});

describe('a lock that seems to have run out', () => {
  it('does not keep a floor from being wanted beside it', () => {
    const world = heard();
    const lock = { ...LOCK, lockedUntil: until(60_000) };
    world.engine.guard.set(lock);
    obey(world, 4);
    // The PC's clock is set ahead; the AddOn holds the lock until the market's own time has passed its end.
    world.clock.jumpWall(86_400_000);
    const floor = money(475_000_000);
    const set = world.engine.guard.set({ ...lock, hardFloor: floor });
    expect(set.ok).toBe(true);
    expect(guardsSent(world).at(-1)?.accounts).toMatchObject([{ hardFloor: floor }]);
  });
});

describe('a start', () => {
  it('knows the wanted guard and counts nothing as confirmed', () => {
    const world = heard();
    world.engine.guard.set({ ...LOCK, hardFloor: money(475_000_000) });
    obey(world, 4);
    world.close();
    const again = engineWorld({ path: world.path, clock: world.clock });
    expect(shown(again)).toMatchObject({
      state: 'notSynced',
      code: 'LINK_DOWN',
      entriesLocked: true,
      hardFloor: 475_000_000,
    });
    again.take(
      opened('sess-2'),
      snapshot(1),
      guardReport(2, 1, again.engine.guard.wanted().accounts),
    );
    expect(shown(again).state).toBe('armed');
    expect(guardsSent(again)).toEqual([]);
  });

  it('goes on with a guard that was ended while nobody listened, and does not take it for a stranger', () => {
    const world = heard();
    world.engine.guard.set(LOCK);
    obey(world, 4);
    world.take(lost());
    world.engine.guard.clear(SIM);
    world.close();
    const again = engineWorld({ path: world.path, clock: world.clock });
    expect(shown(again)).toMatchObject({ state: 'notSynced', entriesLocked: false });
    again.take(opened('sess-2'), snapshot(1), guardReport(2, 1, [LOCK]));
    expect(guardsSent(again)).toMatchObject([{ revision: 2, accounts: [] }]);
  });

  it('with an older database takes over what the AddOn holds and counts on above it', () => {
    const world = engineWorld();
    const mine = guardLimits({ maxContracts: 3 });
    world.engine.guard.set(mine);
    world.take(opened(), snapshot(1), guardReport(2, 41, [LOCK]));
    expect(guardsSent(world)).toMatchObject([
      { revision: 42, accounts: [{ ...LOCK, maxContracts: 3 }] },
    ]);
    obey(world, 3);
    expect(shown(world)).toMatchObject({ state: 'armed', entriesLocked: true, maxContracts: 3 });
    const texts = world.engine.view().feed.map(({ text }) => text);
    expect(texts.at(-1)).toBe(
      'The AddOn held limits that were not known here; they were taken over. ' +
        'Guard: Sim101 entries locked until cleared (daily limit), at most 3 contracts.',
    );
    world.crash();
    const again = engineWorld({ path: world.path, clock: world.clock });
    expect(again.engine.guard.wanted()).toMatchObject({
      revision: 42,
      accounts: [{ entriesLocked: true, origin: 'adopted' }],
    });
  });
});
