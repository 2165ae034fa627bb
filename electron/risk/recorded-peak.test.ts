import { describe, expect, it } from 'vitest';
import { SIM } from '../../shared/testing/desk-facts.ts';
import { restarted } from './testing/locked-world.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

type World = ReturnType<typeof riskWorld>;

/** An account that was taken over while it ran: its peak is not known. */
function running(): World {
  const world = riskWorld();
  world.connect();
  world.assign({ start: 'running' });
  world.hold(2);
  world.equity(50_000);
  expect(world.risk()).toMatchObject({ midCycle: true, state: 'unknown' });
  return world;
}

function tell(world: World, peak: number) {
  return world.engine.risk.record({ kind: 'peak', account: SIM, peak: dollars(peak) });
}

function drawdown(world: World) {
  return world.risk().verdicts.find(({ id }) => id === 'drawdown');
}

describe('the peak of an account that was taken over', () => {
  it('can be told later, and is known over a restart', () => {
    const world = running();
    expect(tell(world, 50_700)).toMatchObject({ outcome: 'now' });
    expect(world.risk()).toMatchObject({ midCycle: false, floor: dollars(48_700) });
    expect(drawdown(world)).toMatchObject({ severity: 'ok', left: dollars(1_300) });
    world.clock.advance(1_000);
    const again = restarted(world);
    expect(again.risk()).toMatchObject({ midCycle: false, floor: dollars(48_700) });
    expect(again.bugs).toEqual([]);
  });

  it('never lowers one that was seen', () => {
    const world = running();
    for (let equity = 50_000; equity <= 50_900; equity += 20) world.equity(equity);
    expect(tell(world, 50_200).outcome).toBe('now');
    expect(world.risk().floor).toBe(dollars(48_900));
    expect(tell(world, 50_300).outcome).toBe('refused');
    expect(world.risk().floor).toBe(dollars(48_900));
  });

  it('that is known may be told to be higher', () => {
    const world = running();
    tell(world, 50_200);
    expect(tell(world, 50_600).outcome).toBe('now');
    expect(world.risk().floor).toBe(dollars(48_600));
  });

  it('is nothing to rules without a trailing floor', () => {
    const world = riskWorld();
    world.connect();
    world.assign({ template: 'apex.legacy.static.eval.100k', start: 'running' });
    expect(tell(world, 100_700).outcome).toBe('refused');
  });
});
