import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstrumentName } from '../../instrument/instrument.ts';
import { contractWeights, lotsOf } from '../lots.ts';
import { LOT } from '../rule-parts.ts';
import { capExcess, type Held } from './cap-excess.ts';

const WEIGHTS = contractWeights(10, {});

function held(root: string, quantity: number): Held {
  return { instrument: `${root} 03-26` as InstrumentName, root, quantity };
}

function minis(count: number): number {
  return count * LOT;
}

describe('what is over a cap', () => {
  it.each<[string, readonly Held[], number, readonly [string, number][]]>([
    ['nothing at the cap', [held('ES', 3)], 3, []],
    ['the contracts over it', [held('ES', 5)], 3, [['ES', 3]]],
    ['a short as much as a long', [held('ES', -5)], 3, [['ES', -3]]],
    ['micros by their weight', [held('MES', 25)], 2, [['MES', 20]]],
    ['a part of a mini counts', [held('ES', 2), held('MES', 1)], 2, [['ES', 1]]],
    ['the heavier position first', [held('ES', 4), held('NQ', 1)], 3, [['ES', 2]]],
    ['equal ones in the order of their names', [held('NQ', 2), held('ES', 2)], 3, [['ES', 1]]],
    [
      'everything under a cap of nothing',
      [held('ES', 1), held('NQ', -1)],
      0,
      [
        ['ES', 0],
        ['NQ', 0],
      ],
    ],
    ['nothing without positions', [], 0, []],
  ])('%s', (_rule, positions, cap, expected) => {
    const found = capExcess(positions, WEIGHTS, minis(cap)).map(
      ({ instrument, keep }) => [instrument.split(' ')[0], keep] as const,
    );
    expect(found.toSorted()).toEqual(expected);
  });

  it('leaves the positions within the cap, none turned, none closed without need', () => {
    const quantity = fc.integer({ min: -40, max: 40 }).filter((size) => size !== 0);
    const positions = fc.uniqueArray(
      fc.tuple(fc.constantFrom('ES', 'NQ', 'MES', 'MNQ', 'GC'), quantity),
      { selector: ([root]) => root },
    );
    fc.assert(
      fc.property(positions, fc.integer({ min: 0, max: 60 }), (drawn, cap) => {
        const before = drawn.map(([root, size]) => held(root, size));
        const keeps = new Map(
          capExcess(before, WEIGHTS, minis(cap)).map(({ instrument, keep }) => [instrument, keep]),
        );
        const after = before.map((one) => ({
          ...one,
          quantity: keeps.get(one.instrument) ?? one.quantity,
        }));
        const load = lotsOf(after, WEIGHTS);
        expect(load).toBeLessThanOrEqual(minis(cap));
        after.forEach(({ quantity: now }, index) => {
          const was = before[index]?.quantity ?? 0;
          expect(now * was).toBeGreaterThanOrEqual(0);
          expect(Math.abs(now)).toBeLessThanOrEqual(Math.abs(was));
        });
        if (keeps.size > 0) expect(load + LOT).toBeGreaterThan(minis(cap));
      }),
    );
  });
});
