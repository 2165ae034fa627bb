import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, percentile, ratioOfMedians, rounded, slope } from './statistics.ts';

const samples = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 });

describe('a percentile', () => {
  it('is the smallest sample that the share does not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile(hundred, 0)).toBe(1);
  });

  it('is one of the samples, with the share of them not above it', () => {
    fc.assert(
      fc.property(samples, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const found = percentile(values, share) ?? NaN;
        const below = values.filter((value) => value <= found).length;
        expect(values).toContain(found);
        expect(below).toBeGreaterThanOrEqual(share * values.length - 1e-6);
      }),
    );
  });

  it('is unknown without samples', () => {
    expect(percentile([], 0.5)).toBeNull();
  });
});

describe('a median', () => {
  it('is the middle sample, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('lies between the two middle ones of an even number', () => {
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });

  it('is unknown without samples', () => {
    expect(median([])).toBeNull();
  });
});

describe('a ratio of medians', () => {
  it('is not the mean of the ratios, which one bad round would spoil', () => {
    expect(ratioOfMedians([40, 50, 1], [100, 100, 100])).toBe(0.4);
  });

  it('is unknown when a side is missing or zero', () => {
    expect(ratioOfMedians([], [1])).toBeNull();
    expect(ratioOfMedians([1], [])).toBeNull();
    expect(ratioOfMedians([1], [0])).toBeNull();
  });
});

describe('a slope', () => {
  it('is that of the line the points lie on', () => {
    const line = [0, 1, 2, 3].map((x) => ({ x, y: 7 - 2 * x }));
    expect(slope(line)).toBeCloseTo(-2, 10);
  });

  it('is zero for noise around a constant', () => {
    expect(slope([1, -1, -1, 1].map((y, x) => ({ x, y })))).toBeCloseTo(0, 10);
  });

  it('is unknown for fewer than two moments', () => {
    expect(slope([{ x: 1, y: 1 }])).toBeNull();
    expect(
      slope([
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ]),
    ).toBeNull();
  });
});

it('rounds numbers and leaves the unknown unknown', () => {
  expect(rounded(1.23456)).toBe(1.23);
  expect(rounded(1234.5, 0)).toBe(1_235);
  expect(rounded(null)).toBeNull();
});
