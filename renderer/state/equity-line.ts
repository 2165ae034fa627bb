import type { AccountView } from '../../shared/protocol/ipc/views.ts';

/** Equity and the levels it is held against at one second. Null is unknown and leaves a gap. */
export interface EquityPoint {
  /** Whole second, UTC epoch milliseconds. */
  readonly at: number;
  readonly equity: number | null;
  readonly floor: number | null;
  readonly peak: number | null;
  readonly own: number | null;
}

export type EquityLine = readonly EquityPoint[];

const SECOND_MS = 1_000;

/** Points kept for one account. When they are full the older half loses every second point. */
export const LINE_LIMIT = 1_200;

/** What an account's view says of its equity; figures that are not live say nothing. */
export function equityPoint(account: AccountView, at: number): EquityPoint {
  const { risk } = account;
  const isLive = account.freshness === 'live';
  return {
    at: Math.floor(at / SECOND_MS) * SECOND_MS,
    equity: isLive ? equityOf(account) : null,
    floor: risk.floor,
    peak: risk.peak,
    own: risk.own?.level ?? null,
  };
}

/** The equity that the rules are judged by; without rules, what the broker reports. */
export function equityOf({ risk, netLiquidation }: AccountView): number | null {
  return risk.rules === null ? netLiquidation.value : risk.equity;
}

/**
 * The line with one more point, in rising order of time. Within a second the newest word counts; a level that
 * stands for long is two points; a clock that was set back takes the points after it along.
 */
export function withPoint(line: EquityLine, point: EquityPoint): EquityLine {
  const isNewest = (line.at(-1)?.at ?? -Infinity) < point.at;
  const kept = isNewest ? line : line.filter(({ at }) => at < point.at);
  const [before, last] = kept.slice(-2);
  const isLevel =
    before !== undefined && isSame(before, point) && last !== undefined && isSame(last, point);
  const next = [...(isLevel ? kept.slice(0, -1) : kept), point];
  return next.length > LINE_LIMIT ? thinned(next) : next;
}

function isSame(a: EquityPoint, b: EquityPoint): boolean {
  return a.equity === b.equity && a.floor === b.floor && a.peak === b.peak && a.own === b.own;
}

/** Of two neighbours in the older half the lower stays, because lows are what counts against a floor. */
function thinned(line: EquityLine): EquityLine {
  const half = Math.floor(line.length / 2);
  const older: EquityPoint[] = [];
  for (let place = 0; place < half; place += 2) {
    const [first, second] = line.slice(place, Math.min(place + 2, half));
    const stays = second === undefined ? first : lowerOf(first, second);
    if (stays !== undefined) older.push(stays);
  }
  return [...older, ...line.slice(half)];
}

function lowerOf(first: EquityPoint | undefined, second: EquityPoint): EquityPoint {
  if (first === undefined || first.equity === null) return second;
  return second.equity !== null && second.equity < first.equity ? second : first;
}
