import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, dayName, dayNumber } from './civil-day.ts';
import {
  CHICAGO,
  civilDayAt,
  instantOf,
  LONDON,
  NEW_YORK,
  offsetAt,
  TOKYO,
  zoneNamed,
} from './zone.ts';
import type { Zone } from './zone.ts';

const HOUR_MS = 3_600_000;
const PRAGUE = 'Europe/Prague' as Zone;
const zones = [CHICAGO, NEW_YORK, LONDON, TOKYO, PRAGUE];

const day = (date: string): number => {
  const number = dayNumber(date);
  if (!number.ok) throw new Error(date);
  return number.value;
};
const iso = (zone: Zone, date: string, hours: number) =>
  new Date(instantOf(zone, day(date), hours * 3_600)).toISOString().slice(0, 16);

describe('a wall clock', () => {
  it.each([
    [NEW_YORK, '2026-01-14', 18, '2026-01-14T23:00'],
    [NEW_YORK, '2026-03-16', 18, '2026-03-16T22:00'],
    [CHICAGO, '2026-07-15', 17, '2026-07-15T22:00'],
    [LONDON, '2026-03-16', 8, '2026-03-16T08:00'],
    [LONDON, '2026-03-30', 8, '2026-03-30T07:00'],
    [TOKYO, '2026-07-15', 9, '2026-07-15T00:00'],
    [NEW_YORK, '2026-01-14', -6, '2026-01-13T23:00'],
  ])('in %s on %s at %i o’clock shows %s in UTC', (zone, date, hours, utc) => {
    expect(iso(zone, date, hours)).toBe(utc);
  });

  it('that skips a time reads it as much later as it skips', () => {
    expect(iso(NEW_YORK, '2026-03-08', 2.5)).toBe('2026-03-08T07:30');
    expect(iso(LONDON, '2026-03-29', 1.5)).toBe('2026-03-29T01:30');
  });

  it('that shows a time twice means the first', () => {
    expect(iso(NEW_YORK, '2026-11-01', 1.5)).toBe('2026-11-01T05:30');
    expect(iso(LONDON, '2026-10-25', 1.5)).toBe('2026-10-25T00:30');
  });

  it.each([
    [NEW_YORK, '2026-03-08', 23],
    [NEW_YORK, '2026-11-01', 25],
    [CHICAGO, '2027-03-14', 23],
    [CHICAGO, '2027-11-07', 25],
    [LONDON, '2026-03-29', 23],
    [LONDON, '2026-10-25', 25],
    [PRAGUE, '2027-03-28', 23],
    [PRAGUE, '2027-10-31', 25],
    [TOKYO, '2026-03-08', 24],
    [NEW_YORK, '2026-03-29', 24],
  ])('in %s has a day %s of %i hours', (zone, date, hours) => {
    const length = instantOf(zone, day(date) + 1, 0) - instantOf(zone, day(date), 0);
    expect(length / HOUR_MS).toBe(hours);
  });

  it('is read back from every instant but the second showing of an hour', () => {
    const instant = fc.integer({ min: Date.UTC(2013, 0), max: Date.UTC(2028, 0) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, (zone, at) => {
        const wall = Math.floor((at + offsetAt(zone, at)) / 1_000);
        const date = civilDayAt(zone, at);
        const back = instantOf(zone, date, wall - (date * DAY_MS) / 1_000);
        const second = at - (at % 1_000);
        expect([second, second - HOUR_MS]).toContain(back);
        expect(offsetAt(zone, back) + back).toBe(offsetAt(zone, at) + second);
      }),
    );
  });
});

describe('a name', () => {
  it.each(['EST', 'UTC', 'America/Gotham', ''])('%j is no zone', (name) => {
    expect(zoneNamed(name)).toEqual({ ok: false, error: { code: 'UNKNOWN_ZONE', name } });
  });

  it('of the zone database is one', () => {
    expect(zoneNamed('Europe/Prague')).toEqual({ ok: true, value: 'Europe/Prague' });
  });

  it.each(['2026-02-30', '2026-1-5', 'yesterday', ''])('%j is no date', (date) => {
    expect(dayNumber(date)).toEqual({ ok: false, error: { code: 'NOT_A_DATE' } });
  });

  it('of a date counts its days', () => {
    expect(dayNumber('1970-01-02')).toEqual({ ok: true, value: 1 });
    expect(dayName(day('2024-02-29'))).toBe('2024-02-29');
  });
});
