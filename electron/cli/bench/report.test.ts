import { describe, expect, it } from 'vitest';
import { goalsOf, type BenchReport } from './report.ts';
import { tableOf } from './table.ts';

const nothing: BenchReport = {
  at: '2026-01-02T03:04:05.000Z',
  machine: { platform: 'linux', processors: 2, model: 'a processor', node: '24.0.0', load: 0.5 },
  short: true,
  bridge: null,
  soak: null,
  flatten: null,
  launch: null,
  faults: null,
  engine: null,
  addon: null,
  guard: null,
};
const faults = {
  runs: 3,
  confirmed: 2,
  alarmed: 1,
  wrong: 0,
  p50Ms: 10_000,
  p95Ms: 11_000,
  p99Ms: 11_000,
};
const flatten = {
  requests: 200,
  firstFrameP50Ms: 0.2,
  firstFrameP99Ms: 1.5,
  firstFrameMaxMs: 3,
  coldMs: 3,
  requestDelayP99Ms: 3,
  ackP50Ms: 1,
  ackP99Ms: 4,
  acked: 200,
  perSecond: 5_000,
};

describe('the goals', () => {
  it('are asked only of what was measured', () => {
    expect(goalsOf(nothing)).toEqual([]);
    expect(goalsOf({ ...nothing, faults }).map(({ name }) => name)).toEqual(['faults.wrong']);
  });

  it('are missed by a single wrong flatten', () => {
    expect(goalsOf({ ...nothing, faults })[0]?.met).toBe(true);
    expect(goalsOf({ ...nothing, faults: { ...faults, wrong: 1 } })[0]?.met).toBe(false);
  });

  it('are missed at the bound and by a missing figure', () => {
    const metWith = (firstFrameP99Ms: number | null) =>
      goalsOf({ ...nothing, flatten: { ...flatten, firstFrameP99Ms } })[0]?.met;
    expect(metWith(1.999)).toBe(true);
    expect(metWith(2)).toBe(false);
    expect(metWith(null)).toBe(false);
  });
});

it('shows every figure and every missed goal in the table', () => {
  const table = tableOf({ ...nothing, flatten: { ...flatten, firstFrameP99Ms: 7.25 } }).join('\n');
  expect(table).toMatch(/firstFrameP99Ms +7\.25/);
  expect(table).toMatch(/flatten\.firstFrameP99Ms +< 2 +7\.25 +MISSED/);
  expect(table).toContain('bridge: not measured');
});
