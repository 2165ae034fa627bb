import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { Lobby, type DismissReason, type Guest } from './lobby.ts';

function lobbyWith(guests: number) {
  const clock = new FakeClock();
  const left: [string, DismissReason][] = [];
  const lobby = new Lobby({ guests, handshakeMs: 3_000 }, clock);
  const enter = (name: string, stage: Guest['stage'] = 0): Guest => {
    const guest: Guest = { stage, dismiss: (reason) => left.push([name, reason]) };
    lobby.enter(guest);
    return guest;
  };
  return { clock, lobby, left, enter };
}

describe('connections without a session', () => {
  it('are never more than the limit; the oldest leaves first', () => {
    const { lobby, left, enter } = lobbyWith(3);
    for (const name of ['a', 'b', 'c', 'd', 'e']) enter(name);
    expect(lobby.size).toBe(3);
    expect(left).toEqual([
      ['a', 'crowded'],
      ['b', 'crowded'],
    ]);
  });

  it('that got further outlast those that only connected', () => {
    const { left, enter } = lobbyWith(3);
    enter('challenged', 2);
    enter('upgraded', 1);
    for (const name of ['x', 'y', 'z']) enter(name);
    expect(left.map(([name]) => name)).toEqual(['x', 'y']);
  });

  it('have three seconds', () => {
    const { clock, left, enter } = lobbyWith(3);
    enter('a');
    clock.advance(1_000);
    enter('b');
    clock.advance(2_000);
    expect(left).toEqual([['a', 'timeout']]);
    clock.advance(1_000);
    expect(left).toEqual([
      ['a', 'timeout'],
      ['b', 'timeout'],
    ]);
  });

  it('are forgotten once they have a session or are gone', () => {
    const { clock, lobby, left, enter } = lobbyWith(3);
    lobby.leave(enter('a'));
    clock.advance(10_000);
    expect(left).toEqual([]);
    expect(lobby.size).toBe(0);
  });

  it('are all sent away when the app closes', () => {
    const { lobby, left, enter } = lobbyWith(3);
    enter('a');
    enter('b');
    lobby.clear();
    expect(left).toEqual([
      ['a', 'stopping'],
      ['b', 'stopping'],
    ]);
    expect(lobby.size).toBe(0);
  });
});
