import type { ChartView } from '../../../shared/protocol/ipc/views.ts';

type BarView = ChartView['bars'][number];

/** A repeatable stream of numbers in [0, 1) from a seed. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Walk {
  readonly seed: number;
  readonly count: number;
  /** Close of the newest bar, in ticks. */
  readonly last: number;
  /** Start of the newest bar. */
  readonly endsAt: number;
}

/** One-minute bars of a random walk that ends at a given price. */
export function walkBars({ seed, count, last, endsAt }: Walk): BarView[] {
  const next = seededNumbers(seed);
  const bars: BarView[] = [];
  let close = last;
  for (let back = 0; back < count; back += 1) {
    const drift = Math.sin((count - back) / 23) * 2;
    const body = Math.round((next() - 0.5) * 12 - drift);
    const open = close - body;
    const high = Math.max(open, close) + Math.floor(next() * 5);
    const low = Math.min(open, close) - Math.floor(next() * 5);
    const volume = 200 + Math.floor(next() * 900);
    bars.push({ startsAt: endsAt - back * 60_000, open, high, low, close, volume });
    close = open;
  }
  return bars.reverse();
}
