import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstrumentName } from '../../instrument/instrument.ts';
import { worstLoad } from '../../../testing/protection-histories.ts';
import { order, position, sizeCap } from '../../../testing/protection-world.ts';
import { LOT } from '../rule-parts.ts';
import type { LiveOrder, OpenPosition } from './account-reading.ts';
import { classOf, holdingOf } from './bypass.ts';
import { ordersOverCap } from './cap-fit.ts';

function contract(name: string): InstrumentName {
  return (name.includes(' ') ? name : `${name} 12-26`) as InstrumentName;
}

function held(name: string, quantity: number): OpenPosition {
  return position(quantity, { instrument: contract(name) });
}

function working(id: string, name: string, quantity: number, oco = ''): LiveOrder {
  return order(id, quantity, contract(name), oco);
}

function over(
  positions: readonly OpenPosition[],
  orders: readonly LiveOrder[],
  minis: number,
): readonly LiveOrder[] {
  return ordersOverCap(orders, positions, holdingOf(positions), sizeCap(minis));
}

/** What is held and working, the cap, and the orders that are over it. */
type Row = [readonly OpenPosition[], readonly LiveOrder[], number, readonly string[]];

describe('entries that do not fit under a cap', () => {
  it.each<[string, ...Row]>([
    ['none at the cap', [held('ES', 2)], [working('a', 'ES', 1)], 3, []],
    ['one beyond it', [held('ES', 3)], [working('a', 'ES', 1)], 3, ['a']],
    ['one for a short as for a long', [held('ES', -3)], [working('a', 'ES', -1)], 3, ['a']],
    ['one larger than the cap by itself', [], [working('a', 'ES', 4)], 3, ['a']],
    [
      'the last of several',
      [],
      [working('a', 'ES', 2), working('b', 'ES', 1), working('c', 'ES', 1)],
      3,
      ['c'],
    ],
    [
      'not the one after it that still fits',
      [],
      [working('a', 'ES', 2), working('b', 'ES', 2), working('c', 'ES', 1)],
      3,
      ['b'],
    ],
    [
      'neither of two on both sides, of which one side can fill',
      [],
      [working('a', 'ES', 3), working('b', 'ES', -3)],
      3,
      [],
    ],
    [
      'on both sides each by itself',
      [],
      [working('a', 'ES', 4), working('b', 'ES', -2), working('c', 'ES', -2)],
      3,
      ['a', 'c'],
    ],
    [
      'of two on both sides in a group each counted',
      [],
      [working('a', 'ES', 2, 'g'), working('b', 'ES', 2, 'g')],
      3,
      ['b'],
    ],
    ['micros by their weight', [held('ES', 1)], [working('a', 'MES', 21)], 3, ['a']],
    ['ten micros as one mini', [held('ES', 2)], [working('a', 'MES', 10)], 3, []],
    [
      'of instruments that share the cap, the one that came last',
      [held('ES', 1)],
      [working('a', 'NQ', 2), working('b', 'GC', 1)],
      3,
      ['b'],
    ],
    [
      'a short of one root beside a long of another',
      [held('ES', 2)],
      [working('a', 'NQ', -2)],
      3,
      ['a'],
    ],
    [
      'not one that offsets another month of its root',
      [held('ES 12-26', 3)],
      [working('a', 'ES 03-27', -1)],
      3,
      [],
    ],
    [
      'every one that adds to a position over the cap',
      [held('ES', 5)],
      [working('a', 'NQ', 1)],
      3,
      ['a'],
    ],
    ['no order that reduces', [held('ES', 5)], [working('stop', 'ES', -5)], 3, []],
    [
      'no stop and target, however many',
      [held('ES', 3)],
      [working('stop', 'ES', -3, 'g'), working('target', 'ES', -3, 'g')],
      3,
      [],
    ],
    ['no order that turns the position', [held('ES', 2)], [working('turn', 'ES', -9)], 3, []],
    [
      'but one beside it, by what the turn would open',
      [held('ES', 2)],
      [working('turn', 'ES', -4), working('a', 'NQ', 2)],
      3,
      ['a'],
    ],
    [
      'not one on the smaller side of a turn',
      [held('ES', 2)],
      [working('turn', 'ES', -9), working('a', 'ES', 1)],
      3,
      [],
    ],
    [
      'not the rest of an entry whose stop and target are larger than what has filled',
      [held('ES', 1)],
      [
        working('entry', 'ES', 2),
        working('stop', 'ES', -3, 'g'),
        working('target', 'ES', -3, 'g'),
        working('b', 'NQ', 1),
      ],
      4,
      [],
    ],
    [
      'by both of two turns outside of a group',
      [held('ES', 1)],
      [working('x', 'ES', -3), working('y', 'ES', -3), working('b', 'NQ', 1)],
      4,
      ['b'],
    ],
    [
      'by the larger turn of a group, whichever comes first',
      [held('ES', 1)],
      [
        working('x', 'ES', -2, 'g'),
        working('y', 'ES', -5, 'g'),
        working('z', 'ES', -3, 'g'),
        working('b', 'NQ', 1),
      ],
      4,
      ['b'],
    ],
  ])('%s', (_rule, ...[positions, orders, minis, expected]) => {
    expect(over(positions, orders, minis).map(({ id }) => id)).toEqual(expected);
  });

  it('each is one too many beside those that stay, which fit with what cannot go', () => {
    const size = fc.integer({ min: -12, max: 12 }).filter((quantity) => quantity !== 0);
    const name = fc.constantFrom('ES', 'MES', 'NQ', 'ES 03-27');
    const positions = fc
      .uniqueArray(fc.tuple(name, size), { selector: ([one]) => one, maxLength: 3 })
      .map((drawn) => drawn.map(([one, quantity]) => held(one, quantity)));
    const orders = fc
      .array(fc.tuple(name, size), { maxLength: 8 })
      .map((drawn) => drawn.map(([one, quantity], n) => working(`o${n}`, one, quantity)));
    fc.assert(
      fc.property(positions, orders, fc.integer({ min: 0, max: 20 }), (open, live, minis) => {
        const gone = new Set(over(open, live, minis));
        const holding = holdingOf(open);
        const isEntry = (one: LiveOrder) => classOf(one, holding[one.instrument] ?? 0) === 'entry';
        const load = (some: readonly LiveOrder[]) => worstLoad(open, some, sizeCap(minis).weights);
        const stay = live.filter((one) => !gone.has(one));
        const fixed = live.filter((one) => !isEntry(one));
        expect(load(stay)).toBeLessThanOrEqual(Math.max(minis * LOT, load(fixed)));
        for (const one of gone) {
          expect(isEntry(one)).toBe(true);
          expect(load([...stay, one])).toBeGreaterThan(minis * LOT);
        }
      }),
    );
  });
});
