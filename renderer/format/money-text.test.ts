import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUS, moneyText, profitText } from './money-text.ts';

describe('money in words', () => {
  it.each([
    [0, '$0.00'],
    [125_000, '$12.50'],
    [500_000_000, '$50,000.00'],
    [12_345_678_910_000, '$1,234,567,891.00'],
    [-1_298_500, `${MINUS}$129.85`],
    [156_250, '$15.63'],
    [-156_250, `${MINUS}$15.63`],
    [49, '$0.00'],
    [-49, '$0.00'],
    [50, '$0.01'],
  ])('writes %i ten-thousandths as %s', (value, text) => {
    expect(moneyText(value, 'USD')).toBe(text);
  });

  it('puts a plus before a gain and nothing before zero', () => {
    expect(profitText(125_000, 'USD')).toBe('+$12.50');
    expect(profitText(-125_000, 'USD')).toBe(`${MINUS}$12.50`);
    expect(profitText(0, 'USD')).toBe('$0.00');
    expect(profitText(49, 'USD')).toBe('$0.00');
  });

  it('names a currency that has no sign of its own', () => {
    expect(profitText(125_000, 'CHF')).toBe('+12.50 CHF');
    expect(moneyText(-10_000, 'EUR')).toBe(`${MINUS}\u20ac1.00`);
  });

  it('never differs from the amount by more than half a cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), (value) => {
        const digits = moneyText(value, 'USD').replaceAll(/[$,]/g, '').replace(MINUS, '-');
        const cents = BigInt(digits.replace('.', ''));
        const error = cents * 100n - BigInt(value);
        expect(error >= -50n && error <= 50n).toBe(true);
      }),
    );
  });
});
