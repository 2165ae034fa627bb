import { describe, expect, it } from 'vitest';
import { ES, quote, SIM } from '../../shared/testing/desk-facts.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

const TICKS = 20_000;
/** Two minutes to know the market, two to come down to its reserve, and one more. */
const WATCHED_MS = 5 * 60_000;

/** Two contracts of a market that has stepped up and down by so many ticks for a while. */
function heldAfter(swing: number, forMs = WATCHED_MS) {
  const world = riskWorld();
  world.connect();
  expect(world.assign()).toMatchObject({ outcome: 'now' });
  for (let ms = 0; ms < forMs; ms += 500) {
    world.take(quote(TICKS + (ms % 1_000 === 0 ? 0 : swing), world.clock.wall()));
    world.equity(50_000);
    world.clock.advance(450);
  }
  world.hold(2);
  world.equity(50_000);
  world.clock.advance(300);
  return world;
}

describe('the reserve of the own limit', () => {
  it.each<[string, number, number, number]>([
    ['is assumed while the market was hardly watched', 1, 10_000, 16],
    ['is the least of eight ticks in a calm market', 1, WATCHED_MS, 8],
    ['is what a wild market moves on the way to a fill', 30, WATCHED_MS, 30],
  ])('%s', (_name, swing, forMs, ticks) => {
    const { own } = heldAfter(swing, forMs).risk();
    expect(own).toMatchObject({
      reserve: dollars(2 * ticks * 12.5),
      limit: dollars(1_400 - 2 * ticks * 12.5),
      isReserveAssumed: forMs < WATCHED_MS,
    });
  });

  it('is not widened by prints that are gone at once, and nothing is flattened for them', () => {
    const world = heldAfter(1);
    for (let spike = 0; spike < 150; spike += 1) {
      world.take(quote(TICKS + (spike % 2 === 0 ? 400 : -400), world.clock.wall()));
      world.clock.advance(10);
      world.take(quote(TICKS, world.clock.wall()));
      world.equity(50_000);
      world.clock.advance(50);
    }
    expect(world.risk().own).toMatchObject({ reserve: dollars(200) });
    expect(world.sentKinds()).not.toContain('flatten');
  });

  it('is asked for by its measure before anything is held', () => {
    const world = heldAfter(30);
    world.hold(0);
    world.equity(50_000);
    const asked = { account: SIM, instrument: ES, quantity: 2, ticks: 10 };
    expect(world.engine.risk.whatIf(asked)).toMatchObject({ ownLeft: dollars(1_400 - 750 - 250) });
  });

  it('is assumed again once the market has been silent for two minutes', () => {
    const world = heldAfter(1);
    for (let ms = 0; ms < 125_000; ms += 1_000) {
      world.equity(50_000);
      world.clock.advance(950);
    }
    expect(world.risk().own).toMatchObject({ reserve: dollars(400), isReserveAssumed: true });
    expect(world.sentKinds()).not.toContain('flatten');
  });
});
