import { describe, expect, it } from 'vitest';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { GuardLimits } from '../../shared/domain/guard/limits.ts';
import { account, item, OPEN_AT, position, quote, SIM } from '../../shared/testing/desk-facts.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { guardLimits, guardReport } from '../../shared/testing/guard-limits.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

const OTHER = 'Sim102' as AccountName;
const MINUTE = 60_000;
/** From the beginning of the world, which is a Monday at 15:50 in Chicago, to the next session at 17:00. */
const NEXT_OPEN = 70 * MINUTE;

type World = ReturnType<typeof riskWorld>;

function guarded(): World {
  const clock = new FakeClock(OPEN_AT + 8 * 60 * MINUTE - NEXT_OPEN);
  const world = riskWorld({ clock });
  world.connect();
  world.assign();
  world.clock.advance(1_000);
  return world;
}

function wanted(world: World): GuardLimits | undefined {
  return world.engine.guard.wanted().accounts.find((limits) => limits.account === SIM);
}

/** Time passes: the PC sleeps for most of it, and then a figure comes every second, as on a live link. */
function wait(world: World, ms: number): void {
  world.clock.jumpWall(Math.max(0, ms - 20_000));
  const until = world.clock.mono() + Math.min(ms, 20_000);
  while (world.clock.mono() < until) {
    world.take(quote(20_000, world.clock.wall()));
    world.equity(50_000);
    world.clock.advance(950);
  }
}

describe('the floor at the AddOn', () => {
  it('is the firm’s, rises with it and never falls', () => {
    const world = guarded();
    expect(wanted(world)).toMatchObject({ hardFloor: dollars(48_000), flattenAtFloor: true });
    world.equity(50_040);
    world.clock.advance(6_000);
    expect(wanted(world)?.hardFloor).toBe(dollars(48_040));
    world.equity(50_000);
    world.clock.advance(6_000);
    expect(wanted(world)?.hardFloor).toBe(dollars(48_040));
  });

  it('is not brought where the desk may not flatten', () => {
    const world = riskWorld();
    world.connect();
    world.assign({ level: 'guard' });
    world.clock.advance(2_000);
    expect(wanted(world)).toBeUndefined();
  });
});

describe('a lock that only the AddOn knows', () => {
  it('is one here, too, and can be asked to end with the next session', () => {
    const world = guarded();
    const held = guardLimits({ entriesLocked: true, reason: 'set elsewhere' });
    world.takeNext((seq) => guardReport(seq, 90, [held]));
    expect(world.risk().lock).toMatchObject({ reason: 'set elsewhere', source: 'addon' });
    const answer = world.engine.risk.unlock({ account: SIM, reason: 'it was a test' });
    expect(answer).toMatchObject({ outcome: 'later' });
    expect(answer.from).toBe(OPEN_AT + 8 * 60 * MINUTE);
  });
});

describe('an unlock', () => {
  it('needs a reason, and ends the lock when the next session opens', () => {
    const world = guarded();
    world.hold(2);
    world.equity(50_000);
    world.lose(50_000, 49_100);
    world.hold(0);
    expect(world.risk().lock).not.toBeNull();
    expect(world.engine.risk.unlock({ account: SIM, reason: ' ' }).outcome).toBe('refused');
    wait(world, NEXT_OPEN - 20_000);
    expect(world.risk().lock).not.toBeNull();
    wait(world, 60_000);
    expect(world.risk().lock).toBeNull();
    expect(wanted(world)?.entriesLocked).toBe(false);
  });

  it('of an account without rules or locks is refused', () => {
    const world = guarded();
    expect(world.engine.risk.unlock({ account: SIM, reason: 'x' }).outcome).toBe('refused');
    expect(world.engine.risk.unlock({ account: 'Nobody', reason: 'x' }).outcome).toBe('refused');
  });
});

describe('protection', () => {
  const less = { account: SIM, level: 'observe', safety: 850, insists: true } as const;

  it('that is less waits for the next session and needs a reason', () => {
    const world = guarded();
    expect(world.engine.risk.settings({ ...less, reason: '' }).outcome).toBe('refused');
    expect(world.engine.risk.settings({ ...less, reason: 'new plan' }).outcome).toBe('later');
    expect(world.risk().protection).toMatchObject({ level: 'protect', safety: 700 });
    wait(world, NEXT_OPEN + 10_000);
    expect(world.risk().protection).toMatchObject({ level: 'observe', safety: 850 });
    expect(wanted(world)?.hardFloor ?? null).toBeNull();
  });

  it('that is more counts at once', () => {
    const world = guarded();
    const more = {
      account: SIM,
      level: 'protect',
      safety: 500,
      insists: true,
      reason: '',
    } as const;
    expect(world.engine.risk.settings(more).outcome).toBe('now');
    expect(world.risk().protection).toMatchObject({ safety: 500, safetyName: 'conservative' });
  });
});

describe('other rules', () => {
  it('wait for the next session and take the account’s past with them', () => {
    const world = guarded();
    world.equity(50_040);
    world.clock.advance(1_000);
    const answer = world.assign({ template: 'apex.4_0.intraday.pa.50k' });
    expect(answer).toMatchObject({ outcome: 'later' });
    expect(world.risk().rules?.template).toContain('eval');
    wait(world, NEXT_OPEN + 10_000);
    expect(world.risk().rules?.template).toBe('apex.4_0.intraday.pa.50k');
    expect(world.risk().peak).toBe(dollars(50_040));
    expect(world.bugs).toEqual([]);
  });

  it('that no pack has are refused', () => {
    expect(guarded().assign({ template: 'acme.50k' })).toMatchObject({ outcome: 'refused' });
  });
});

describe('two accounts', () => {
  it('are judged and flattened apart', () => {
    const world = guarded();
    world.takeNext((seq) => account(seq, { name: OTHER }));
    world.takeNext((seq) => item(seq, 'cashValue', dollars(50_000), OTHER));
    world.takeNext((seq) => item(seq, 'netLiquidation', dollars(50_000), OTHER));
    world.assign({ account: OTHER });
    world.hold(2);
    world.takeNext((seq) => position(seq, 2, { account: OTHER }));
    world.equity(50_000);
    world.lose(50_000, 48_990);
    const scopes = world.engine.view().flattens.map(({ scope }) => scope);
    expect(scopes).toEqual([{ kind: 'account', account: SIM }]);
    const other = world.engine.view().accounts.find(({ name }) => name === OTHER);
    expect(other?.risk.lock).toBeNull();
  });
});

describe('a desk that runs over several days', () => {
  it('knows the deadline of every one of them', () => {
    const world = guarded();
    const first = world.risk().flatBy ?? 0;
    expect(new Date(first).toISOString()).toBe('2026-01-05T21:59:00.000Z');
    for (let day = 1; day <= 2; day += 1) {
      world.clock.jumpWall(24 * 60 * MINUTE - 60_000);
      wait(world, 60_000);
      expect(world.risk().flatBy).toBe(first + day * 24 * 60 * MINUTE);
    }
  });
});

describe('what if', () => {
  const ask = (world: World, quantity: number, ticks: number) =>
    world.engine.risk.whatIf({ account: SIM, instrument: 'ES 12-26', quantity, ticks });

  it('tells the loss of a size and a move, and which rule binds', () => {
    const world = guarded();
    expect(ask(world, 2, 20)).toMatchObject({
      loss: dollars(500),
      room: dollars(2_000),
      left: dollars(1_500),
      binding: 'drawdown',
      outcome: 'within',
    });
  });

  it.each([
    [2, 60, 'overOwnLimit'],
    [2, 80, 'breach'],
  ])('%i contracts against %i ticks are %s', (quantity, ticks, outcome) => {
    expect(ask(guarded(), quantity, ticks).outcome).toBe(outcome);
  });

  it('changes nothing', () => {
    const world = guarded();
    const before = world.risk();
    ask(world, 10, 1_000);
    expect(world.risk()).toEqual(before);
  });

  it('of an account without rules is unknown', () => {
    const world = riskWorld();
    world.connect();
    expect(ask(world, 1, 1)).toMatchObject({ outcome: 'unknown', loss: null });
  });
});
