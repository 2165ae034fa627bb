import { describe, expect, it } from 'vitest';
import { parsedMoney } from './money-input.ts';

describe('a typed amount', () => {
  it.each([
    ['52140', 521_400_000],
    [' 52,140.50 ', 521_405_000],
    ['$0.1234', 1_234],
    ['\u20ac 7', 70_000],
  ])('is read exactly: %j', (text, amount) => {
    expect(parsedMoney(text)).toBe(amount);
  });

  it.each(['', '-5', '5,21', '1.23456', '1e5', '12 000', '.5', '5.'])(
    'is refused when it could be meant otherwise: %j',
    (text) => {
      expect(parsedMoney(text)).toBeNull();
    },
  );
});
