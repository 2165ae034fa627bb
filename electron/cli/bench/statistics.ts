/** The value below which the share `share` of the samples lies (nearest rank); null without samples. */
export function percentile(samples: readonly number[], share: number): number | null {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[at] ?? null;
}

/** The middle sample, or the mean of the two middle ones; null without samples. */
export function median(samples: readonly number[]): number | null {
  const sorted = [...samples].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/** The quotient of the medians; null when one of them is missing or the divisor is zero. */
export function ratioOfMedians(of: readonly number[], to: readonly number[]): number | null {
  const [dividend, divisor] = [median(of), median(to)];
  return dividend === null || divisor === null || divisor === 0 ? null : dividend / divisor;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Slope of the straight line that fits the points best; null when there is none. */
export function slope(points: readonly Point[]): number | null {
  const count = points.length;
  if (count < 2) return null;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) return null;
  return points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
}

/** Rounds for a reader: a benchmark's fourth digit is noise. */
export function rounded(value: number, digits?: number): number;
export function rounded(value: number | null, digits?: number): number | null;
export function rounded(value: number | null, digits = 2): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}
