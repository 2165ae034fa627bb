import { describe, expect, it } from 'vitest';
import { Durations } from './durations.ts';
import { percentile } from './statistics.ts';

describe('durations', () => {
  it('give the percentiles of their samples to within a thousandth', () => {
    const samples = Array.from({ length: 5_000 }, (_, index) => 0.013 * (index + 1));
    const durations = new Durations();
    for (const sample of samples) durations.add(sample);
    for (const share of [0.5, 0.95, 0.99]) {
      const exact = percentile(samples, share) ?? NaN;
      expect(Math.abs((durations.at(share) ?? NaN) - exact)).toBeLessThanOrEqual(exact * 0.002);
    }
    expect(durations.count).toBe(5_000);
    expect(durations.max).toBeCloseTo(65, 0);
  });

  it('count a duration of nothing, and one below it, as the least they can hold', () => {
    const durations = new Durations();
    durations.add(0);
    durations.add(-3);
    expect(durations.count).toBe(2);
    expect(durations.at(1)).toBe(0.001);
  });

  it('say nothing without samples', () => {
    const durations = new Durations();
    expect(durations.at(0.99)).toBeNull();
    expect(durations.max).toBeNull();
  });
});
