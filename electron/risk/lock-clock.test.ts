import { describe, expect, it } from 'vitest';
import { OPEN_AT } from '../../shared/testing/desk-facts.ts';
import { locked, market, mirrored, NEXT_SESSION, restarted, told } from './testing/locked-world.ts';

const DAY = 86_400_000;

describe('a PC clock that somebody moves', () => {
  it('ahead by a day over a restart: locked until the market has got there and the clock is right', () => {
    const again = restarted(locked(), { moved: DAY });
    expect(again.risk().lock).not.toBeNull();
    expect(mirrored(again)).toMatchObject({ entriesLocked: true });
    again.connect();
    again.hold(2);
    market(again, OPEN_AT + 60_000);
    expect(again.risk().lock).not.toBeNull();
    again.clock.advance(60_000);
    expect(again.risk().lock).not.toBeNull();
    expect(mirrored(again)).toMatchObject({ entriesLocked: true });
    expect(told(again)).toContain("PC's clock");
  });

  it('back by a day over a restart: locked', () => {
    const again = restarted(locked(), { moved: -DAY });
    again.connect();
    again.hold(2);
    market(again, OPEN_AT + 60_000);
    again.clock.advance(60_000);
    expect(again.risk().lock).not.toBeNull();
    expect(mirrored(again)).toMatchObject({ entriesLocked: true });
  });

  it.each([DAY, -DAY])('by %i ms while the app runs: locked', (ms) => {
    const world = locked();
    world.clock.jumpWall(ms);
    world.clock.advance(60_000);
    market(world, OPEN_AT + 120_000);
    expect(world.risk().lock).not.toBeNull();
    expect(mirrored(world)).toMatchObject({ entriesLocked: true });
  });

  it('ahead while the app runs: a further lock does not take the first one off at the AddOn', () => {
    const world = locked();
    world.clock.jumpWall(DAY);
    world.equity(49_000);
    world.clock.advance(1_000);
    expect(world.risk().lock).not.toBeNull();
    expect(mirrored(world)).toMatchObject({ entriesLocked: true, lockedUntil: NEXT_SESSION });
  });
});

describe('the end of a lock', () => {
  const night = NEXT_SESSION - OPEN_AT;

  it('after a night with the PC off the market must say that it is over', () => {
    const again = restarted(locked(), { off: night });
    again.connect();
    again.hold(1);
    expect(again.risk().lock).not.toBeNull();
    again.clock.advance(60_000);
    expect(again.risk().lock).not.toBeNull();
    market(again, again.clock.wall());
    expect(again.risk().lock).toBeNull();
    expect(mirrored(again)?.entriesLocked ?? false).toBe(false);
  });

  it('an old price says nothing of now', () => {
    const again = restarted(locked(), { off: night });
    again.connect();
    again.hold(1);
    market(again, NEXT_SESSION - 1_000);
    expect(again.risk().lock).not.toBeNull();
  });
});
