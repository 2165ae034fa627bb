import { describe, expect, it } from 'vitest';
import { ES, NQ } from '../../../testing/protection-world.ts';
import {
  classOf,
  enteredBy,
  excessOver,
  shrunkHolding,
  tightestExcess,
  type Holding,
} from './bypass.ts';

describe('an order against a position', () => {
  it.each([
    [1, 0, 'entry'],
    [1, 2, 'entry'],
    [-1, -2, 'entry'],
    [-1, 2, 'reducing'],
    [-2, 2, 'reducing'],
    [3, -3, 'reducing'],
    [-3, 2, 'mixed'],
    [1, null, 'unknown'],
  ] as const)('of %i at %s is %s', (quantity, held, found) => {
    expect(classOf({ quantity }, held)).toBe(found);
  });
});

describe('a fill', () => {
  it.each([
    [2, 0, 2],
    [2, 1, 2],
    [-2, 2, 0],
    [-3, 2, 1],
    [2, null, 0],
  ])('of %i at %s enters %i', (quantity, before, entered) => {
    expect(enteredBy({ quantity, before })).toBe(entered);
  });
});

describe('what may stay under a lock', () => {
  it.each<[string, Holding, Holding, Holding]>([
    ['shrinks with the position', { [ES]: 3 }, { [ES]: 1 }, { [ES]: 1 }],
    ['does not grow with it', { [ES]: 1 }, { [ES]: 3 }, { [ES]: 1 }],
    ['is gone when it is flat', { [ES]: 3 }, {}, {}],
    ['is gone when it has turned', { [ES]: 3 }, { [ES]: -1 }, {}],
    ['takes in no other instrument', { [ES]: 1 }, { [ES]: 1, [NQ]: 1 }, { [ES]: 1 }],
  ])('%s', (_name, allowed, seen, next) => {
    expect(shrunkHolding(allowed, seen)).toEqual(next);
  });

  it.each<[string, Holding, Holding, readonly { instrument: string; keep: number }[]]>([
    ['nothing is over it', { [ES]: 2 }, { [ES]: 2 }, []],
    ['what was added is over it', { [ES]: 2 }, { [ES]: 5 }, [{ instrument: ES, keep: 2 }]],
    ['what has turned is', { [ES]: 2 }, { [ES]: -1 }, [{ instrument: ES, keep: 0 }]],
    ['another instrument is', {}, { [NQ]: -1 }, [{ instrument: NQ, keep: 0 }]],
  ])('%s', (_name, allowed, seen, excess) => {
    expect(excessOver(allowed, seen)).toEqual(excess);
  });

  it('of several limits the smallest counts, and one that is kept asks for nothing', () => {
    const limits = [
      { instrument: NQ, keep: -5 },
      { instrument: ES, keep: 2 },
      { instrument: ES, keep: 1 },
    ];
    expect(tightestExcess(limits, { [ES]: 3, [NQ]: -2 })).toEqual([{ instrument: ES, keep: 1 }]);
  });
});
