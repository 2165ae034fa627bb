import { describe, expect, it } from 'vitest';
import { account, SIM } from '../../shared/testing/desk-facts.ts';
import { mirrored } from './testing/locked-world.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

describe('the floor that the AddOn holds', () => {
  it('stays while the kind of the account is not told for a moment, and goes with the level', () => {
    const world = riskWorld();
    world.connect();
    world.assign();
    world.clock.advance(2_000);
    const floor = { hardFloor: dollars(48_000), flattenAtFloor: true };
    expect(mirrored(world)).toMatchObject(floor);
    world.takeNext((seq) => account(seq, { name: SIM, kind: 'unknown' }));
    world.clock.advance(8_000);
    expect(mirrored(world)).toMatchObject(floor);
    world.takeNext((seq) => account(seq, { name: SIM, kind: 'live' }));
    world.clock.advance(8_000);
    expect(mirrored(world)?.hardFloor ?? null).toBeNull();
    expect(world.bugs).toEqual([]);
  });
});
