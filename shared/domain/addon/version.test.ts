import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions } from './version.ts';

describe('versions of the AddOn', () => {
  it.each([
    ['0.1.0', '0.1.0', 0],
    ['1.0', '1.0.0', 0],
    ['0.9.9', '0.10.0', -1],
    ['2.0.0', '1.99.99', 1],
    ['1.0.0.1', '1.0.0', 1],
  ])('%s against %s is %i', (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right) ?? NaN)).toBe(sign);
  });

  it.each(['', '1', 'v1.0.0', '1.0.0-beta', '1..0', '1.0.0.0.0', '-1.0', ' 1.0'])(
    'knows no order of %j',
    (odd) => {
      expect(compareVersions(odd, '1.0.0')).toBeNull();
      expect(compareVersions('1.0.0', odd)).toBeNull();
    },
  );

  it('have one order, whichever is named first', () => {
    const part = fc.nat({ max: 999_999_999 });
    const version = fc
      .array(part, { minLength: 2, maxLength: 4 })
      .map((numbers) => numbers.join('.'));
    fc.assert(
      fc.property(version, version, (left, right) => {
        const forth = Math.sign(compareVersions(left, right) ?? NaN);
        const back = Math.sign(compareVersions(right, left) ?? NaN);
        expect(forth + back).toBe(0);
      }),
    );
  });
});
