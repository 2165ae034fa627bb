import { describe, expect, it } from 'vitest';
import { riskWorld } from './testing/risk-world.ts';

describe('what the window shows of an account', () => {
  it('is no warning while its profit target is still ahead', () => {
    const world = riskWorld();
    world.connect();
    world.assign();
    world.equity(50_010);
    world.clock.advance(1_000);
    const { severity, reason, verdicts } = world.risk();
    expect(verdicts.find(({ id }) => id === 'profitTarget')).toMatchObject({ severity: 'notice' });
    expect([severity, reason]).toEqual(['ok', 'The trailing floor is kept.']);
  });

  it('does not tell of rules that are kept when they are judged for the first time', () => {
    const world = riskWorld();
    world.connect();
    world.assign();
    world.clock.advance(1_000);
    const told = world.engine.view().feed.map(({ text }) => text);
    expect(told.filter((text) => text.endsWith(': ok.'))).toEqual([]);
  });
});
