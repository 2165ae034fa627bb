import type { Random } from '../random.ts';
import type { MarketTick } from './market-tick.ts';
import type { MinuteRow, Ohlc } from './minute-rows.ts';

const MINUTE = 60_000;

/**
 * Turns a recorded minute into a plausible course: open, one extreme, the other, close, with small steps
 * between. Bid and ask follow their own bars; the trades of the course rebuild the recorded trade bar exactly.
 */
export function pathOfMinute(row: MinuteRow, random: Random): readonly MarketTick[] {
  const guide = row.trade ?? row.bid ?? row.ask;
  if (guide === null) return [];
  const lowFirst = random.chance(guide.close >= guide.open ? 0.75 : 0.25);
  const legs = stepsPerLeg(row.volume);
  const bids = course(row.bid ?? shifted(row.ask ?? guide, -1), lowFirst, legs);
  const asks = course(row.ask ?? shifted(row.bid ?? guide, 1), lowFirst, legs);
  const trades = row.trade === null ? null : course(row.trade, lowFirst, legs);
  const sizes = trades === null ? [] : tradeSizes(trades, legs, row.volume);
  const times = stepTimes(bids.length, random);
  let last = trades?.[0] ?? null;
  return bids.map((bid, step) => {
    const ask = Math.max(asks[step] ?? bid + 1, bid + 1);
    const lastSize = sizes[step] ?? 0;
    if (lastSize > 0) last = trades?.[step] ?? last;
    return {
      at: row.startsAt + (times[step] ?? 0),
      bid,
      ask,
      last: last ?? bid,
      bidSize: jitter(row.bidSize, random),
      askSize: jitter(row.askSize, random),
      lastSize,
    };
  });
}

/** Busy minutes move in smaller steps. */
function stepsPerLeg(volume: number): number {
  return Math.min(16, 2 + Math.round(Math.sqrt(volume) / 4));
}

function course(bar: Ohlc, lowFirst: boolean, legSteps: number): number[] {
  const corners = lowFirst
    ? [bar.open, bar.low, bar.high, bar.close]
    : [bar.open, bar.high, bar.low, bar.close];
  const points: number[] = [bar.open];
  for (let leg = 0; leg < 3; leg += 1) {
    const from = corners[leg] ?? bar.open;
    const to = corners[leg + 1] ?? bar.close;
    for (let step = 1; step <= legSteps; step += 1) {
      points.push(from + Math.round(((to - from) * step) / legSteps));
    }
  }
  return points;
}

function shifted(bar: Ohlc, by: number): Ohlc {
  return { open: bar.open + by, high: bar.high + by, low: bar.low + by, close: bar.close + by };
}

/** Increasing times inside the minute; the first step is at its start. */
function stepTimes(count: number, random: Random): number[] {
  const slot = (MINUTE - 1) / count;
  return Array.from({ length: count }, (_, step) =>
    step === 0 ? 0 : Math.floor(slot * (step + random.next() * 0.8)),
  );
}

/**
 * Shares the minute's volume out over the steps without losing a contract. Open, extremes and close trade
 * first: without them the rebuilt bar would be another one.
 */
function tradeSizes(trades: readonly number[], legSteps: number, volume: number): number[] {
  const end = trades.length - 1;
  const sizes = trades.map(() => 0);
  const ends = [trades[0], trades[end]];
  const extremes = [legSteps, 2 * legSteps].filter((step) => !ends.includes(trades[step]));
  const needed = [0, ...extremes, ...(volume > 1 || ends[0] !== ends[1] ? [end] : [])];
  for (const step of needed) sizes[step] = 1;
  const rest = Math.max(0, volume - needed.length);
  const share = Math.floor(rest / trades.length);
  const extra = rest - share * trades.length;
  return sizes.map((size, step) => size + share + (step < extra ? 1 : 0));
}

function jitter(size: number, random: Random): number {
  return Math.max(1, Math.round(size * (0.5 + random.next())));
}
