import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NQ, position, usd } from '../../../testing/protection-world.ts';
import type { OpenPosition } from './account-reading.ts';
import { ownLimit, reserveOf, SAFETY, type OwnLimitPolicy } from './own-limit.ts';

const NOTHING = { amount: usd(0), ticks: 8, assumedTicks: 16 };
const policy = (safety: number, reserve = NOTHING): OwnLimitPolicy => ({ safety, reserve });
const room = (limit: number | null, left: number | null) => ({
  rule: 'trailing',
  limit: limit === null ? null : usd(limit),
  left: left === null ? null : usd(left),
});
const nq = (quantity: number, adverseTicks: number | null = 0): OpenPosition =>
  position(quantity, { instrument: NQ, tickValue: usd(5), adverseTicks });

describe('the slippage reserve', () => {
  it.each<[string, readonly OpenPosition[], number, number]>([
    ['of nothing open is the amount', [], 25, 25],
    ['of three NQ is eight ticks of five dollars each', [nq(3)], 25, 120],
    ['counts short contracts like long ones', [nq(-3)], 25, 120],
    ['is the amount where that is more', [nq(3)], 200, 200],
    ['grows with the volatility', [nq(3, 20)], 25, 300],
    ['assumes a volatility that is not known', [nq(3, null)], 25, 240],
    ['adds up over instruments', [nq(3), position(1)], 25, 220],
  ])('%s', (_name, positions, amount, reserve) => {
    expect(reserveOf(positions, { ...NOTHING, amount: usd(amount) })?.amount).toBe(usd(reserve));
  });

  it('says what of it is assumed', () => {
    const terms = { ...NOTHING, amount: usd(25) };
    expect(reserveOf([nq(3, null), position(1)], terms)).toEqual({
      amount: usd(340),
      sure: usd(220),
      isAssumed: true,
    });
    expect(reserveOf([nq(3), position(1)], terms)).toEqual({
      amount: usd(220),
      sure: usd(220),
      isAssumed: false,
    });
  });

  it('is not known while it is not known what is open', () => {
    expect(reserveOf(null, NOTHING)).toBeNull();
  });
});

describe('the own limit', () => {
  it.each([
    ['conservative', 1_000],
    ['balanced', 1_400],
    ['aggressive', 1_700],
  ] as const)('%s may lose %i of a room of 2,000', (name, limit) => {
    const own = ownLimit(room(2_000, 2_000), reserveOf([], NOTHING), policy(SAFETY[name]));
    expect(own).toMatchObject({ kind: 'known', limit: usd(limit), used: 0, left: usd(limit) });
  });

  type Case = readonly [number | null, number | null, readonly OpenPosition[] | null];
  const judge = ([limit, left, positions]: Case) =>
    ownLimit(room(limit, left), reserveOf(positions, NOTHING), policy(700));

  it.each<[string, Case, readonly [number, number, number]]>([
    ['keeps the reserve', [2_000, 1_500, [nq(3)]], [1_280, 500, 780]],
    ['is overrun before the firm is', [2_000, 600, [nq(3)]], [1_280, 1_400, -120]],
    ['is nothing where the reserve takes all', [100, 100, [nq(9)]], [0, 0, 0]],
    ['of a profit leaves the profit, too', [2_000, 2_600, []], [1_400, 0, 2_000]],
    ['is used up whatever is open', [2_000, 600, null], [1_400, 1_400, 0]],
  ])('%s', (_name, given, [limit, used, left]) => {
    expect(judge(given)).toMatchObject({ limit: usd(limit), used: usd(used), left: usd(left) });
  });

  it.each<[string, Case]>([
    ['the limit of the firm', [null, 500, []]],
    ['the room', [2_000, null, []]],
    ['what is open', [2_000, 1_500, null]],
  ])('is unknown while %s is', (_name, given) => {
    expect(judge(given)).toEqual({ kind: 'unknown', rule: 'trailing' });
  });

  it.each<[string, Case, readonly [number, boolean]]>([
    ['up by a size that the least reserve fills', [100, 100, [nq(2, null)]], [0, true]],
    ['halved by a size that only the assumed one fills', [120, 120, [nq(2, null)]], [2, false]],
    ['up by a size that what is measured fills', [120, 120, [nq(2, 9)]], [0, true]],
    ['not up by a size whose measured reserve leaves some', [120, 120, [nq(2, 8)]], [4, false]],
  ])('is used %s', (_name, given, [limit, isSizeDriven]) => {
    expect(judge(given)).toMatchObject({ limit: usd(limit), isSizeDriven });
  });

  const size = fc.integer({ min: 0, max: 20 });
  const amount = fc.integer({ min: 0, max: 5_000 });
  const limitOf = (limit: number, positions: readonly OpenPosition[], safety: number) => {
    const own = ownLimit(room(limit, limit), reserveOf(positions, NOTHING), policy(safety));
    return own.kind === 'known' ? own.limit : NaN;
  };

  it('is never looser for more open size or more volatility', () => {
    fc.assert(
      fc.property(amount, size, size, fc.option(fc.nat(60)), (limit, a, more, ticks) => {
        const less = limitOf(limit, [nq(a, ticks)], 700);
        expect(limitOf(limit, [nq(a + more, ticks)], 700)).toBeLessThanOrEqual(less);
        if (ticks === null) return;
        expect(limitOf(limit, [nq(a, ticks + more)], 700)).toBeLessThanOrEqual(less);
      }),
    );
  });

  it('is never looser for a calm that is not known than for one that is', () => {
    fc.assert(
      fc.property(amount, size, (limit, a) => {
        const known = limitOf(limit, [nq(a, NOTHING.ticks)], 700);
        const unknown = limitOf(limit, [nq(a, null)], 700);
        expect(unknown).toBeLessThanOrEqual(known);
        expect(unknown).toBeGreaterThanOrEqual(Math.floor(known / 2));
      }),
    );
  });

  it('is never beyond the firm’s floor, whatever share is asked for', () => {
    fc.assert(
      fc.property(amount, size, fc.integer({ min: -5, max: 3_000 }), (limit, open, safety) => {
        const own = limitOf(limit, [nq(open)], safety);
        expect(own).toBeGreaterThanOrEqual(0);
        expect(own).toBeLessThanOrEqual(usd(limit));
      }),
    );
  });
});
