import { expect, it } from 'vitest';
import { PACK_DAY, shippedLibrary } from '../../shipped-packs.ts';
import { measureOvershoot } from './overshoot.ts';

const WITHIN_MS = 240_000;

it(
  'every breach of an own limit is acted on, ends flat, and leaves the floor of the firm alone',
  async () => {
    const notes: string[] = [];
    const report = await measureOvershoot({
      breaches: 40,
      seed: 'suite',
      library: shippedLibrary(PACK_DAY),
      note: (line) => notes.push(line),
      pause: () => Promise.resolve(),
    });
    for (const line of notes) console.warn(line);
    expect(report).toMatchObject({ breaches: 40, notFlat: 0 });
    expect(report.guard).toMatchObject({ unacted: 0, floorsTouched: 0 });
    expect(report.guard.beyondMs.max).toBeLessThan(251);
    // Less than one update of the data cannot be had; more than a poll's would make the events pointless.
    expect(report.guard.frameTicks.p95).toBeLessThanOrEqual(report.poll.frameTicks.p95 ?? 0);
  },
  WITHIN_MS,
);
