import { afterEach, describe, expect, it } from 'vitest';
import { ES, Worlds } from './testing/worlds.ts';

const worlds = new Worlds();
afterEach(() => worlds.clear());

describe('trading on two accounts', () => {
  it('shows each its own fills and positions, as the broker has them', async () => {
    const world = await worlds.trading();
    const { host } = world;
    await host.submit({ account: 'APEX-1', instrument: ES, action: 'Buy', quantity: 2 });
    await host.submit({ account: 'APEX-2', instrument: ES, action: 'SellShort', quantity: 3 });
    await world.until('both positions', () =>
      ['APEX-1', 'APEX-2'].every((name) => world.account(name)?.positions.size === 1),
    );
    expect(host.violations).toEqual([]);
  });
});
