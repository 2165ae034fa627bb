import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Stage } from './stage.ts';
import { rounded, slope, type Point } from './statistics.ts';

export interface MemoryCourse {
  readonly rssMb: { readonly at10: number; readonly at50: number; readonly at100: number };
  /** Of the second half, in MB per minute. */
  readonly rssSlopeMbPerMin: number | null;
}

const RSS_EVERY_MS = 1_000;

/** Watches this process's memory for so long. */
export async function observeMemory(stage: Stage, seconds: number): Promise<MemoryCourse> {
  const startedAt = stage.world.mono();
  const points: Point[] = [];
  const elapsed = (): number => (stage.world.mono() - startedAt) / 1_000;
  while (elapsed() < seconds) {
    await stage.wait(Math.min(RSS_EVERY_MS, (seconds - elapsed()) * 1_000));
    points.push({ x: elapsed(), y: process.memoryUsage.rss() / 1_048_576 });
  }
  return courseOf(points, seconds);
}

function courseOf(points: readonly Point[], seconds: number): MemoryCourse {
  const at = (share: number): number =>
    rounded(points.find(({ x }) => x >= share * seconds)?.y ?? points.at(-1)?.y ?? 0, 1);
  const perSecond = slope(points.filter(({ x }) => x >= seconds / 2));
  return {
    rssMb: { at10: at(0.1), at50: at(0.5), at100: at(1) },
    rssSlopeMbPerMin: rounded(perSecond === null ? null : perSecond * 60, 2),
  };
}

/** What is reachable, which is what can leak. */
export function collectedHeapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return rounded(process.memoryUsage().heapUsed / 1_048_576, 1);
}
