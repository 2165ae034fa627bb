import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import { DAY_MS, dayName } from './civil-day.ts';
import {
  lastClose,
  marketAt,
  marketDayOf,
  nextClose,
  nextOpen,
  timeToClose,
} from './market-clock.ts';
import { calendarRoots } from './products.ts';
import { contains, readingsOf, sessionOf, type Session } from './session.ts';
import type { TradingDay } from './trading-day.ts';

const HOUR_MS = 3_600_000;
const FIRST = Date.UTC(2013, 0, 1);
const END = Date.UTC(2028, 0, 1);
const at = (iso: string) => Date.parse(iso) as EpochMs;
const value = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const edge = ({
  at: instant,
  day,
  isConfirmed,
}: {
  at: number;
  day: string;
  isConfirmed: boolean;
}) =>
  `${new Date(instant).toISOString().slice(0, 16)} of ${day}${isConfirmed ? '' : ', unconfirmed'}`;

function sessionsOf(root: string): readonly Session[] {
  const days = Array.from({ length: (END - FIRST) / DAY_MS }, (_, i) =>
    dayName(FIRST / DAY_MS + i),
  );
  return days.map((day) => value(sessionOf(root, day as TradingDay)));
}

describe('the market', () => {
  it.each([
    ['ES', '2026-11-25T14:30:00Z', 'open'],
    ['ES', '2026-11-26T17:59:59.999Z', 'open'],
    ['ES', '2026-11-26T18:00:00Z', 'closed'],
    ['ES', '2026-11-26T22:59:59.999Z', 'closed'],
    ['ES', '2026-11-26T23:00:00Z', 'open'],
    ['6E', '2026-11-26T18:00:00Z', 'open'],
    ['ES', '2026-11-28T12:00:00Z', 'closed'],
    ['ES', '2026-11-29T22:59:59Z', 'closed'],
    ['ES', '2026-11-29T23:00:00Z', 'open'],
    ['ES', '2026-12-25T12:00:00Z', 'closed'],
    ['ES', '2027-11-25T17:59:00Z', 'open'],
    ['ES', '2027-11-25T18:00:00Z', 'unconfirmed'],
    ['ES', '2027-11-25T22:00:00Z', 'closed'],
    ['ES', '2019-12-25T12:00:00Z', 'unconfirmed'],
  ])('of %s at %s is %s', (root, instant, state) => {
    expect(value(marketAt(root, at(instant)))).toBe(state);
  });

  it.each([
    // TM-1 to TM-3: the roll, the closed Friday evening, the second before and after.
    ['ES', '2026-11-22T23:05:00Z', '2026-11-23'],
    ['ES', '2026-11-20T22:30:00Z', '2026-11-20'],
    ['ES', '2026-11-20T23:30:00Z', '2026-11-23'],
    ['ES', '2026-11-24T22:59:59Z', '2026-11-24'],
    ['ES', '2026-11-24T23:00:00Z', '2026-11-25'],
    // HO-4: a full holiday is no day; Christmas 2026 is a Friday, so its hours count for the Monday.
    ['ES', '2026-12-24T22:59:59Z', '2026-12-24'],
    ['ES', '2026-12-24T23:00:00Z', '2026-12-28'],
    ['ES', '2026-12-25T12:00:00Z', '2026-12-28'],
    // The same Good Friday is a day for the index futures and none for gold.
    ['ES', '2026-04-03T12:00:00Z', '2026-04-03'],
    ['GC', '2026-04-03T12:00:00Z', '2026-04-06'],
  ])('of %s at %s is in the trading day %s', (root, instant, day) => {
    expect(value(marketDayOf(root, at(instant)))).toEqual({ day, isConfirmed: true });
  });

  it('says that the day is unconfirmed where it may not trade at all', () => {
    const day = value(marketDayOf('ES', at('2019-12-25T12:00:00Z')));
    expect(day).toEqual({ day: '2019-12-25', isConfirmed: false });
  });

  it('closes and opens next, and closed last', () => {
    const instant = at('2026-12-24T12:00:00Z');
    expect(edge(value(nextClose('ES', instant)))).toBe('2026-12-24T18:15 of 2026-12-24');
    expect(edge(value(nextOpen('ES', instant)))).toBe('2026-12-27T23:00 of 2026-12-28');
    expect(edge(value(lastClose('ES', instant)))).toBe('2026-12-23T22:00 of 2026-12-23');
    expect(edge(value(lastClose('ES', at('2026-12-26T00:00:00Z'))))).toBe(
      '2026-12-24T18:15 of 2026-12-24',
    );
  });

  it('counts an edge at its own instant as past', () => {
    const close = at('2026-11-26T18:00:00Z');
    expect(value(lastClose('ES', close)).at).toBe(close);
    expect(edge(value(nextClose('ES', close)))).toBe('2026-11-27T18:15 of 2026-11-27');
  });

  it('takes the earlier close of two readings', () => {
    const instant = at('2027-11-25T15:00:00Z');
    expect(edge(value(nextClose('ES', instant)))).toBe(
      '2027-11-25T18:00 of 2027-11-25, unconfirmed',
    );
    expect(value(timeToClose('ES', instant))?.ms).toBe(3 * HOUR_MS);
  });

  it('has time to its close while it is open, and none while it is closed', () => {
    expect(value(timeToClose('ES', at('2026-11-25T21:59:59Z')))?.ms).toBe(1_000);
    expect(value(timeToClose('ES', at('2026-11-25T22:00:00Z')))).toBeNull();
  });

  it('is unknown beyond the table and for products without one', () => {
    const error = { code: 'OUTSIDE_TABLE', date: '2028-01-01' };
    expect(nextOpen('ES', at('2027-12-31T22:00:00Z'))).toEqual({ ok: false, error });
    expect(lastClose('ES', at('2013-01-01T00:00:00Z'))).toMatchObject({
      error: { code: 'OUTSIDE_TABLE' },
    });
    expect(marketAt('FDAX', at('2026-11-25T12:00:00Z'))).toMatchObject({
      error: { code: 'UNKNOWN_PRODUCT' },
    });
    expect(nextClose('FDAX', at('2026-11-25T12:00:00Z'))).toMatchObject({
      error: { code: 'UNKNOWN_PRODUCT' },
    });
  });
});

describe('over all years', () => {
  it.each(calendarRoots)('%s opens and closes in turn, by the table and by the rules', (root) => {
    const sessions = sessionsOf(root);
    for (const reading of [0, -1] as const) {
      const edges = sessions.flatMap((session) => {
        const span = readingsOf(session).at(reading) ?? null;
        return span === null ? [] : [span.opensAt, span.closesAt];
      });
      expect(edges.length).toBeGreaterThan(7_000);
      expect(edges.filter((later, i) => i > 0 && later <= edges[i - 1]!)).toEqual([]);
    }
  });

  it('weekends last 49 hours, 48 when the clocks go forward in America and 50 when they go back', () => {
    const lengths = new Map<number, string[]>();
    const sessions = sessionsOf('ES').filter((session) => session.day.startsWith('2026-'));
    for (const [i, friday] of sessions.entries()) {
      const monday = sessions[i + 3];
      if (new Date(friday.day).getUTCDay() !== 5 || friday.kind !== 'regular') continue;
      if (friday.span === null || !monday?.span || monday.doubt !== null) continue;
      const hours = (monday.span.opensAt - friday.span.closesAt) / HOUR_MS;
      lengths.set(hours, [...(lengths.get(hours) ?? []), friday.day]);
    }
    expect([...lengths.keys()].toSorted()).toEqual([48, 49, 50]);
    expect(lengths.get(48)).toEqual(['2026-03-06']);
    expect(lengths.get(50)).toEqual(['2026-10-30']);
  });

  const root = fc.constantFrom(...calendarRoots);
  const inTable = (marginDays: number) =>
    fc.integer({ min: FIRST + marginDays * DAY_MS, max: END - marginDays * DAY_MS });

  it('an instant belongs to one trading day, whose session is the only one that can contain it', () => {
    fc.assert(
      fc.property(root, inTable(10), (product, instant) => {
        const now = instant as EpochMs;
        const own = value(marketDayOf(product, now)).day;
        const around = Array.from({ length: 9 }, (_, i) =>
          dayName(Math.floor(now / DAY_MS) + i - 4),
        );
        const holding = around.filter((day) =>
          contains(value(sessionOf(product, day as TradingDay)).span, now),
        );
        expect(holding.length).toBeLessThanOrEqual(1);
        if (holding.length === 1) expect(holding).toEqual([own]);
        if (value(marketAt(product, now)) === 'open') expect(holding).toEqual([own]);
      }),
    );
  });

  it('the trading day never goes back', () => {
    fc.assert(
      fc.property(
        root,
        inTable(20),
        fc.integer({ min: 0, max: 10 * DAY_MS }),
        (product, start, later) => {
          const before = value(marketDayOf(product, start as EpochMs)).day;
          expect(value(marketDayOf(product, (start + later) as EpochMs)).day >= before).toBe(true);
        },
      ),
    );
  });

  it('the edges around an instant say whether the market is open', () => {
    fc.assert(
      fc.property(root, inTable(10), (product, instant) => {
        const now = instant as EpochMs;
        const [last, close, open] = [lastClose, nextClose, nextOpen].map((f) =>
          value(f(product, now)),
        );
        if (last === undefined || close === undefined || open === undefined) throw new Error();
        expect(last.at).toBeLessThanOrEqual(now);
        expect(Math.min(close.at, open.at)).toBeGreaterThan(now);
        if (!last.isConfirmed || !close.isConfirmed || !open.isConfirmed) return;
        const state = value(marketAt(product, now));
        expect(state).toBe(close.at < open.at ? 'open' : 'closed');
        const rest = value(timeToClose(product, now));
        expect(rest?.ms ?? null).toBe(state === 'open' ? close.at - now : null);
      }),
    );
  });
});
