import { describe, expect, it } from 'vitest';
import { account, ES, execution, opened, position, snapshot } from '../../testing/desk-facts.ts';
import { DeskWorld } from '../../testing/desk-world.ts';
import type { Fact } from './fact.ts';
import { contradictionsOf } from './contradictions.ts';

const filled = (seq: number, id: string, over = {}): Fact => ({
  kind: 'execution.reported',
  seq,
  execution: execution(id, over),
});

describe('positions and fills', () => {
  it('contradict each other when a position is not what its fills come to', () => {
    const desk = new DeskWorld().take(opened(), snapshot(1), filled(2, 'a', { quantity: 2 }));
    expect(contradictionsOf(desk.account())).toMatchObject([
      { instrument: ES, reported: 0, expected: 2 },
    ]);
    desk.take(position(3, 2));
    expect(contradictionsOf(desk.account())).toEqual([]);
  });

  it('agree on what was carried in from before the first snapshot', () => {
    const desk = new DeskWorld().take(opened(), snapshot(1, { positions: [position(1, 3)] }));
    expect(contradictionsOf(desk.account())).toEqual([]);
    desk.take(filled(2, 'a', { side: 'sell', quantity: 3 }), position(3, 0));
    expect(contradictionsOf(desk.account())).toEqual([]);
    expect(desk.account().carried.get(ES)).toBe(3);
  });

  it('are not reconciled by a later snapshot that repeats the lie on the same day', () => {
    const desk = new DeskWorld().take(opened(), snapshot(1), filled(2, 'a'), position(3, 1));
    desk.take(position(4, 0), snapshot(5), snapshot(7, { accounts: [account(7)] }));
    expect(contradictionsOf(desk.account())).toMatchObject([{ reported: 0, expected: 1 }]);
  });

  it('agree again once they do, whatever was carried', () => {
    const desk = new DeskWorld().take(opened(), snapshot(1, { positions: [position(1, 1)] }));
    desk.take(snapshot(3, { positions: [position(3, 1)], executions: [execution('old')] }));
    expect(contradictionsOf(desk.account())).toEqual([]);
    expect(desk.account().carried.size).toBe(0);
  });
});
