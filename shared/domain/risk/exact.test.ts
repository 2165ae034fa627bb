import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareProducts, mulDivCeil, mulDivFloor } from './exact.ts';

const amount = fc.integer({ min: -1e12, max: 1e12 });
const part = fc.integer({ min: 0, max: 1_000_000 });
// Shares are a thousandth and more, so that every quotient of a lawful amount is a safe integer.
const divisor = fc.integer({ min: 1_000, max: 1_000_000 });

describe('exact shares', () => {
  it('round to the integers on either side, which differ by one at most', () => {
    fc.assert(
      fc.property(amount, part, divisor, (a, b, c) => {
        const [low, high] = [BigInt(mulDivFloor(a, b, c)), BigInt(mulDivCeil(a, b, c))];
        const [product, whole] = [BigInt(a) * BigInt(b), BigInt(c)];
        expect(low * whole <= product && product <= high * whole).toBe(true);
        expect(high - low <= 1n).toBe(true);
      }),
    );
  });

  it('stay within the safe integers where a part of next to nothing is asked for', () => {
    expect(mulDivFloor(1e12, 999_999, 1)).toBe(Number.MAX_SAFE_INTEGER);
    expect(mulDivCeil(-1e12, 999_999, 1)).toBe(-Number.MAX_SAFE_INTEGER);
  });

  it('compare products that floats cannot tell apart', () => {
    expect(compareProducts(9_007_199_254_740_991, 3, 9_007_199_254_740_990, 3)).toBe(1);
    expect(compareProducts(1_000_000_000_001, 999_999, 999_999, 1_000_000_000_001)).toBe(0);
    expect(compareProducts(-1, 5, 1, 5)).toBe(-1);
  });
});
