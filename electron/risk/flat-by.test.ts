import { describe, expect, it } from 'vitest';
import { quote } from '../../shared/testing/desk-facts.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { riskWorld } from './testing/risk-world.ts';

type World = ReturnType<typeof riskWorld>;

const MINUTE = 60_000;

/** A guarded account with a position, from an instant on. */
function holding(at: number): World {
  const world = riskWorld({ clock: new FakeClock(at) });
  world.connect();
  world.assign();
  world.hold(2);
  world.equity(50_000);
  return world;
}

/** Prices and figures come twice a second; once the desk flattens, the platform is flat. */
function liveUntil(world: World, at: number): void {
  while (world.clock.wall() < at) {
    world.take(quote(20_000, world.clock.wall()));
    world.equity(50_000);
    if (flattens(world) > 0) world.hold(0);
    world.clock.advance(450);
  }
}

function flattens(world: World): number {
  return world.sentKinds().filter((kind) => kind === 'flatten').length;
}

function warnings(world: World): readonly string[] {
  const { feed } = world.engine.view();
  return feed.flatMap(({ text }) => /T-\d+/.exec(text)?.[0] ?? []);
}

describe('a time by which the firm wants the account flat, and breaks it otherwise', () => {
  it.each([
    ['on an ordinary day', '2026-01-05T21:59:00Z'],
    ['on the first day of summer time', '2026-03-09T20:59:00Z'],
    ['on a day with an early close', '2026-11-27T18:14:00Z'],
  ])('%s: warned three times and flat before it', (_day, time) => {
    const deadline = Date.parse(time);
    const world = holding(deadline - 16 * MINUTE);
    expect(new Date(world.risk().flatBy ?? 0).toISOString()).toBe(new Date(deadline).toISOString());
    liveUntil(world, deadline - 31_000);
    expect(warnings(world)).toEqual(['T-15', 'T-5', 'T-1']);
    expect(flattens(world)).toBe(0);
    liveUntil(world, deadline + 5_000);
    expect(flattens(world)).toBeGreaterThan(0);
    expect(world.risk().state).not.toBe('failed');
    expect(world.risk().lock).toMatchObject({ source: 'rule' });
    expect(world.bugs).toEqual([]);
  });

  it('is warned of at once by an app that starts between two warnings', () => {
    const deadline = Date.parse('2026-01-05T21:59:00Z');
    const world = holding(deadline - 3 * MINUTE);
    world.clock.advance(1_000);
    expect(warnings(world)).toEqual(['T-5']);
    liveUntil(world, deadline - 50_000);
    expect(warnings(world)).toEqual(['T-5', 'T-1']);
  });

  it('is acted on at once by a PC that was asleep over it', () => {
    const deadline = Date.parse('2026-01-05T21:30:00Z');
    const world = holding(deadline);
    world.clock.jumpWall(40 * MINUTE);
    world.clock.advance(1_000);
    world.connect(50_000, 2);
    world.clock.advance(1_000);
    expect(flattens(world)).toBeGreaterThan(0);
    expect(world.risk().lock).not.toBeNull();
  });
});
