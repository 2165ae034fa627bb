import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPEN_AT, quote, SIM } from '../../shared/testing/desk-facts.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { restarted, type World } from './testing/locked-world.ts';
import { riskWorld, TRAILING } from './testing/risk-world.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
/** Monday, 17:00 in Chicago: the session after the one in which the world begins. */
const NEXT_OPEN = OPEN_AT + 8 * 60 * MINUTE;
const OTHER = 'apex.4_0.intraday.pa.50k';
const LESS = {
  account: SIM,
  level: 'observe',
  safety: 850,
  insists: true,
  reason: 'plan',
} as const;

function guarded(terms: Parameters<World['assign']>[0] = {}): World {
  const world = riskWorld({ clock: new FakeClock(NEXT_OPEN - 70 * MINUTE) });
  world.connect();
  world.assign(terms);
  world.hold(2);
  world.equity(50_000);
  world.clock.advance(1_000);
  return world;
}

/** Live prices and figures until the clock shows a time; most of it the PC sleeps. */
function liveUntil(world: World, at: number): void {
  world.clock.jumpWall(Math.max(0, at - world.clock.wall() - 10_000));
  while (world.clock.wall() < at) {
    world.take(quote(20_000, world.clock.wall()));
    world.equity(50_000);
    world.clock.advance(950);
  }
}

function limits(world: World): readonly string[] {
  return world.risk().verdicts.map(({ id }) => id);
}

describe('less protection', () => {
  it('does not come with a clock that is set ahead, here or over a restart', () => {
    const world = guarded();
    expect(world.engine.risk.settings(LESS).outcome).toBe('later');
    world.clock.jumpWall(DAY);
    world.clock.advance(2_000);
    expect(world.risk().protection).toMatchObject({ level: 'protect', safety: 700 });
    const again = restarted(world);
    again.connect();
    again.clock.advance(2_000);
    expect(again.risk().protection).toMatchObject({ level: 'protect', safety: 700 });
  });

  it('does not come back with a clock that is set back', () => {
    const world = guarded({ safety: 850 });
    world.clock.advance(MINUTE);
    const more = { ...LESS, level: 'protect', safety: 500 } as const;
    expect(world.engine.risk.settings(more).outcome).toBe('now');
    world.clock.jumpWall(-30_000);
    world.clock.advance(2_000);
    expect(world.risk().protection).toMatchObject({ safety: 500 });
  });

  it('does not come by being asked for again and again, and a restart', () => {
    const world = guarded();
    for (let n = 0; n < 6; n += 1) world.engine.risk.settings(LESS);
    const again = restarted(world);
    expect(again.risk().protection).toMatchObject({ level: 'protect', safety: 700 });
  });

  it('cannot be asked for while the clock is known to be wrong', () => {
    const world = guarded();
    world.clock.jumpWall(-DAY);
    world.clock.advance(2_000);
    expect(world.engine.risk.settings(LESS)).toMatchObject({ outcome: 'refused', from: null });
    expect(world.assign({ template: OTHER }).outcome).toBe('refused');
  });

  it('comes with the next session', () => {
    const world = guarded();
    world.engine.risk.settings(LESS);
    liveUntil(world, NEXT_OPEN - 1_000);
    expect(world.risk().protection).toMatchObject({ level: 'protect', safety: 700 });
    liveUntil(world, NEXT_OPEN + 5_000);
    expect(world.risk().protection).toMatchObject({ level: 'observe', safety: 850 });
  });

  it('beside more of it: what is more counts at once', () => {
    const world = guarded();
    const both = { ...LESS, level: 'guard', safety: 500 } as const;
    expect(world.engine.risk.settings(both).outcome).toBe('later');
    expect(world.risk().protection).toMatchObject({ level: 'protect', safety: 500 });
    liveUntil(world, NEXT_OPEN + 5_000);
    expect(world.risk().protection).toMatchObject({ level: 'guard', safety: 500 });
  });

  it.each([{ level: 'observe' }, { safety: 850 }] as const)(
    'is not had by choosing other rules without a reason: %j',
    (less) => {
      const world = guarded();
      expect(world.assign({ template: OTHER, ...less }).outcome).toBe('refused');
      expect(world.assign({ template: OTHER }).outcome).toBe('later');
    },
  );
});

describe('other rules', () => {
  it('do not come with a clock that is set ahead', () => {
    const world = guarded();
    world.assign({ template: OTHER });
    world.clock.jumpWall(DAY);
    world.clock.advance(2_000);
    expect(world.risk().rules?.template).toContain('eval');
  });

  it('that were left do not come back with a clock that is set back', () => {
    const world = guarded();
    world.assign({ template: OTHER });
    liveUntil(world, NEXT_OPEN + 5_000);
    expect(world.risk().rules?.template).toBe(OTHER);
    world.clock.jumpWall(-60 * MINUTE);
    world.clock.advance(2_000);
    expect(world.risk().rules?.template).toBe(OTHER);
    expect(restarted(world).risk().rules?.template).toBe(OTHER);
  });
});

describe('the folder of kept rules', () => {
  it('when deleted leaves the account judged, and is made again', () => {
    const world = guarded();
    const folder = join(world.folder, 'rules');
    const again = restarted(world, { between: () => rmSync(folder, { recursive: true }) });
    expect(again.risk()).toMatchObject({
      rules: { template: TRAILING },
      protection: { level: 'protect', safety: 700 },
    });
    expect(existsSync(folder)).toBe(true);
  });
});

describe('a daily limit that an account may have', () => {
  const TOPSTEP = 'topstep.2026.combine.eval.50k';

  it('counts at once when it is added, and is left at the next session', () => {
    const world = guarded({ template: TOPSTEP });
    const without = limits(world);
    expect(world.assign({ template: TOPSTEP, hasDailyLimit: true })).toMatchObject({
      outcome: 'now',
    });
    const added = limits(world).filter((id) => !without.includes(id));
    expect(added).toHaveLength(1);
    world.clock.advance(1_000);
    expect(world.assign({ template: TOPSTEP, hasDailyLimit: false }).outcome).toBe('later');
    expect(limits(restarted(world))).toEqual(expect.arrayContaining(added));
    liveUntil(world, NEXT_OPEN + 5_000);
    expect(limits(world)).toEqual(without);
    expect(world.bugs).toEqual([]);
  });
});
