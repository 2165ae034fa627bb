import { describe, expect, it } from 'vitest';
import { SIM } from '../../shared/testing/desk-facts.ts';
import { locked } from './testing/locked-world.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

type World = ReturnType<typeof riskWorld>;

function ask(world: World, quantity: number, ticks: number) {
  return world.engine.risk.whatIf({ account: SIM, instrument: 'ES 12-26', quantity, ticks });
}

describe('what a size would come to', () => {
  it('keeps the slippage of that size, not of what is open now', () => {
    const world = riskWorld();
    world.connect();
    world.assign();
    world.clock.advance(1_000);
    const [none, some] = [ask(world, 0, 0), ask(world, 4, 0)];
    expect(none.ownLeft).toBe(dollars(1_400));
    // At least eight ticks of four contracts are kept.
    expect(some.ownLeft).toBeLessThanOrEqual(dollars(1_400 - 8 * 4 * 12.5));
  });

  it('under a lock: an entry is refused with the reason, an exit is not', () => {
    const world = locked();
    expect(ask(world, 1, 1)).toMatchObject({
      outcome: 'refused',
      message: world.risk().lock?.reason,
    });
    expect(ask(world, -3, 1).outcome).toBe('refused');
    expect(ask(world, -1, 1).outcome).toBe('within');
    expect(ask(world, -2, 1).outcome).toBe('within');
  });
});
