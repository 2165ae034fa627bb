import { describe, expect, it } from 'vitest';
import { secondsUntil, spanText } from './time-text.ts';

describe('spans in words', () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_000, '59 min'],
    [3_660_000, '1 h 1 min'],
    [90_000_000, '1 d 1 h'],
    [-5_000, '0 s'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });

  it('counts down in whole seconds and never below zero', () => {
    expect([10_000, 9_001, 9_000, 1, 0, -500].map((left) => secondsUntil(left, 0))).toEqual([
      10, 10, 9, 1, 0, 0,
    ]);
  });
});
