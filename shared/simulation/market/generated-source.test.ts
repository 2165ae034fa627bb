import { describe, expect, it } from 'vitest';
import { contractFromName } from '../contracts.ts';
import { randomFrom } from '../random.ts';
import { GeneratedSource } from './generated-source.ts';
import type { MarketTick } from './market-tick.ts';
import { newYorkMinute, sessionShape, VolatilityCluster } from './volatility.ts';

const HOUR = 3_600_000;

function source(seed: number, startsAt = Date.UTC(2026, 0, 6)): GeneratedSource {
  const contract = contractFromName('ES 03-26');
  if (!contract.ok) throw new Error(contract.error.detail);
  return new GeneratedSource({
    contract: contract.value,
    random: randomFrom(seed),
    startsAt,
    historyMinutes: 30,
  });
}

function day(seed: number): MarketTick[] {
  const market = source(seed);
  const ticks: MarketTick[] = [];
  for (let tick = market.next(); tick.at < Date.UTC(2026, 0, 7); tick = market.next()) {
    ticks.push(tick);
  }
  return ticks;
}

/** Mean absolute move per minute between two UTC hours. */
function activity(ticks: readonly MarketTick[], fromHour: number, toHour: number): number {
  const closes: number[] = [];
  const start = Date.UTC(2026, 0, 6) + fromHour * HOUR;
  for (const tick of ticks) {
    const minute = Math.floor((tick.at - start) / 60_000);
    if (minute >= 0 && minute < (toHour - fromHour) * 60) closes[minute] = tick.last;
  }
  let sum = 0;
  for (let i = 1; i < closes.length; i += 1)
    sum += Math.abs((closes[i] ?? 0) - (closes[i - 1] ?? 0));
  return sum / closes.length;
}

describe('the generated market', () => {
  it('is the same for the same seed and another for another', () => {
    const first = (seed: number): MarketTick[] => {
      const market = source(seed);
      return Array.from({ length: 500 }, () => market.next());
    };
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  it('moves in whole ticks, forward in time, with the ask above the bid', () => {
    let before = 0;
    const bad = day(3).filter((tick) => {
      const forward = tick.at > before;
      before = tick.at;
      const whole = Number.isInteger(tick.bid) && Number.isInteger(tick.last);
      return !forward || !whole || tick.ask <= tick.bid || tick.bidSize < 1 || tick.askSize < 1;
    });
    expect(bad).toEqual([]);
  });

  it('is busiest at the open, calmer at noon and quietest overnight', () => {
    const days = [4, 5, 6, 7].map(day);
    const mean = (from: number, to: number): number =>
      days.reduce((sum, ticks) => sum + activity(ticks, from, to), 0) / days.length;
    const [open, noon, night] = [mean(14.5, 15), mean(17, 18), mean(2, 5)];
    expect(open).toBeGreaterThan(1.3 * noon);
    expect(noon).toBeGreaterThan(1.5 * night);
  });

  it('brings a past of whole minutes up to its start', () => {
    const market = source(1);
    expect(market.history.length).toBeGreaterThanOrEqual(28);
    expect(market.history.every((bar) => bar.closed && bar.startsAt % 60_000 === 0)).toBe(true);
    expect(market.next().at).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 6));
  });

  it('clusters its volatility: a wild minute is followed by wilder ones than a calm minute', () => {
    const cluster = new VolatilityCluster(randomFrom(9));
    const pairs: [number, number][] = [];
    let before = cluster.factor;
    for (let i = 0; i < 5_000; i += 1) {
      cluster.nextMinute();
      pairs.push([before, cluster.factor]);
      before = cluster.factor;
    }
    const next = (wild: boolean): number => {
      const chosen = pairs.filter(([factor]) => factor > 1 === wild);
      return chosen.reduce((sum, [, after]) => sum + after, 0) / chosen.length;
    };
    expect(next(true)).toBeGreaterThan(1.2 * next(false));
  });
});

describe('New York time', () => {
  it('follows daylight saving on both changes', () => {
    const hour = (at: number): number => newYorkMinute(at) / 60;
    expect(hour(Date.UTC(2026, 2, 8, 6, 59))).toBeCloseTo(1 + 59 / 60);
    expect(hour(Date.UTC(2026, 2, 8, 7))).toBe(3);
    expect(hour(Date.UTC(2026, 10, 1, 5, 59))).toBeCloseTo(1 + 59 / 60);
    expect(hour(Date.UTC(2026, 10, 1, 6))).toBe(1);
  });

  it('agrees with the time zone database through a year', () => {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/New_York',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    });
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 7 * HOUR) {
      const [hour = 0, minute = 0] = format.format(at).split(':').map(Number);
      expect(newYorkMinute(at)).toBe(hour * 60 + minute);
    }
  });

  it('gives the day its U', () => {
    const at = (hour: number, minute = 0): number =>
      sessionShape(Date.UTC(2026, 0, 6, hour + 5, minute));
    expect(at(9, 31)).toBeGreaterThan(at(12));
    expect(at(15, 55)).toBeGreaterThan(at(12));
    expect(at(12)).toBeGreaterThan(at(3));
  });
});
