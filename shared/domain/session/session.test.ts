import { describe, expect, it } from 'vitest';
import { DAY_MS, dayName } from './civil-day.ts';
import { calendarRoots } from './products.ts';
import { sessionOf, type Session, type Span } from './session.ts';
import type { TradingDay } from './trading-day.ts';

const HOUR_MS = 3_600_000;
const FIRST = Date.UTC(2013, 0, 1) / DAY_MS;
const day = (date: string) => date as TradingDay;
const spell = (span: Span | null) =>
  span === null
    ? 'none'
    : [span.opensAt, span.closesAt].map((at) => new Date(at).toISOString().slice(0, 16)).join(' ');

function session(root: string, date: string): Session {
  const result = sessionOf(root, day(date));
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

describe('a session', () => {
  it.each([
    ['ES', '2026-01-14', 'regular', null, '2026-01-13T23:00 2026-01-14T22:00'],
    ['ES', '2026-07-15', 'regular', null, '2026-07-14T22:00 2026-07-15T21:00'],
    ['6E', '2026-01-14', 'regular', null, '2026-01-13T23:00 2026-01-14T22:00'],
    ['NQ', '2026-11-23', 'regular', null, '2026-11-22T23:00 2026-11-23T22:00'],
    ['ES', '2026-11-26', 'early-close', 'Thanksgiving', '2026-11-25T23:00 2026-11-26T18:00'],
    ['ZN', '2026-11-26', 'early-close', 'Thanksgiving', '2026-11-25T23:00 2026-11-26T18:00'],
    ['CL', '2026-11-26', 'early-close', 'Thanksgiving', '2026-11-25T23:00 2026-11-26T19:30'],
    ['6E', '2026-11-26', 'regular', 'Thanksgiving', '2026-11-25T23:00 2026-11-26T22:00'],
    [
      'ES',
      '2026-11-27',
      'early-close',
      'Day after Thanksgiving',
      '2026-11-26T23:00 2026-11-27T18:15',
    ],
    ['ES', '2026-04-03', 'early-close', 'Good Friday', '2026-04-02T22:00 2026-04-03T13:15'],
    ['GC', '2026-04-03', 'closed', 'Good Friday', 'none'],
    ['ES', '2026-12-24', 'early-close', 'Christmas Eve', '2026-12-23T23:00 2026-12-24T18:15'],
    ['ES', '2026-12-25', 'closed', 'Christmas Day', 'none'],
    ['MES', '2027-01-01', 'closed', "New Year's Day", 'none'],
    ['ES', '2026-07-03', 'early-close', 'Independence Day', '2026-07-02T22:00 2026-07-03T17:00'],
    ['ES', '2027-06-18', 'early-close', 'Juneteenth', '2027-06-17T22:00 2027-06-18T17:00'],
    ['ES', '2026-11-28', 'closed', 'Weekend', 'none'],
  ])('of %s on %s is %s (%s)', (...[root, date, kind, reason, span]) => {
    const { doubt, ...found } = session(root, date);
    expect({ ...found, span: spell(found.span) }).toEqual({ day: date, kind, reason, span });
    expect(doubt).toBeNull();
  });

  it.each([
    ['ES', '2027-11-25', '2027-11-24T23:00 2027-11-25T22:00', '2027-11-24T23:00 2027-11-25T18:00'],
    ['ES', '2025-01-09', '2025-01-08T23:00 2025-01-09T22:00', '2025-01-08T23:00 2025-01-09T14:30'],
    ['ES', '2025-12-25', '2025-12-25T05:00 2025-12-25T22:00', 'none'],
    ['CL', '2027-03-26', '2027-03-25T22:00 2027-03-26T21:00', 'none'],
    ['ES', '2019-07-04', '2019-07-04T04:00 2019-07-04T17:00', '2019-07-03T22:00 2019-07-04T17:00'],
  ])(
    'of %s on %s is in doubt: the table and the holidays disagree',
    (root, date, listed, ruled) => {
      const found = session(root, date);
      expect(spell(found.span)).toBe(listed);
      expect(found.doubt === null ? null : spell(found.doubt.ruled)).toBe(ruled);
      expect(found.reason).not.toBeNull();
    },
  );

  it.each([
    ['ES', 52],
    ['6E', 36],
    ['ZN', 44],
    ['CL', 46],
    ['GC', 130],
    ['MGC', 45],
    ['HG', 117],
    ['BTC', 81],
    ['MBT', 107],
  ])('of %s is in doubt on %i days in all, none of them in 2026', (root, count) => {
    const days = Array.from({ length: 15 * 366 }, (_, i) => dayName(FIRST + i));
    const inTable = days.filter((date) => date < '2028');
    const doubtful = inTable.filter((date) => session(root, date).doubt !== null);
    expect(doubtful).toHaveLength(count);
    expect(doubtful.filter((date) => date.startsWith('2026'))).toEqual([]);
  });

  it('lasts 23 hours on every ordinary day of every product, in weeks of a clock change too', () => {
    const lengths = new Set<number>();
    for (const root of calendarRoots) {
      for (let at = Date.UTC(2013, 0, 1); at < Date.UTC(2028, 0, 1); at += DAY_MS) {
        const { kind, span } = session(root, dayName(at / DAY_MS));
        if (kind === 'regular' && span !== null) lengths.add(span.closesAt - span.opensAt);
      }
    }
    expect([...lengths]).toEqual([23 * HOUR_MS]);
  });

  it('is unknown for a product without a table', () => {
    expect(sessionOf('FDAX', day('2026-01-14'))).toEqual({
      ok: false,
      error: { code: 'UNKNOWN_PRODUCT', root: 'FDAX' },
    });
  });

  it.each(['2012-12-31', '2028-01-03'])('is unknown on %s, outside the table', (date) => {
    const error = { code: 'OUTSIDE_TABLE', date };
    expect(sessionOf('ES', day(date))).toEqual({ ok: false, error });
  });

  it('is refused for what is no date', () => {
    const error = { code: 'NOT_A_DATE', date: '2026-02-30' };
    expect(sessionOf('ES', day('2026-02-30'))).toEqual({ ok: false, error });
  });
});
