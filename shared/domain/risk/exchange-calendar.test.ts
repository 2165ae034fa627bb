import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import type { FlatByRule } from '../session/flat-by.ts';
import { CHICAGO, NEW_YORK, type Zone } from '../session/zone.ts';
import { exchangeCalendar } from './exchange-calendar.ts';
import type { DayClock } from './rule-parts.ts';

const calendar = exchangeCalendar('ES');
const PRAGUE = 'Europe/Prague' as Zone;

function at(text: string): EpochMs {
  return Date.parse(text) as EpochMs;
}

function clock(zone: Zone, hours: number, parts: Partial<DayClock> = {}): DayClock {
  return { zone, time: hours * 3_600, days: 'trading', skips: [], ...parts };
}

function wall(zone: Zone, hours: number, minutes: number): FlatByRule {
  return { kind: 'wall-time', zone, time: hours * 3_600 + minutes * 60, earlyLead: 900 };
}

function strikes(day: DayClock, after: string, upTo: string): readonly (string | undefined)[] {
  const found = calendar.strikes([{ role: 'day', clock: day }], at(after), at(upTo));
  if (!found.ok) throw new Error(found.error.detail);
  return found.value.map((strike) => `${new Date(strike.at).toISOString()} ${strike.day}`);
}

const DATES = ['2026-01-14', '2026-03-16', '2026-07-15', '2026-10-28', '2026-11-25'];

describe('the calendar of the rules', () => {
  it.each([
    ['15:10 in Chicago', wall(CHICAGO, 15, 10), ['21:10', '20:10', '20:10', '20:10', '21:10']],
    ['16:10 in New York', wall(NEW_YORK, 16, 10), ['21:10', '20:10', '20:10', '20:10', '21:10']],
    ['16:45 in New York', wall(NEW_YORK, 16, 45), ['21:45', '20:45', '20:45', '20:45', '21:45']],
    ['15:50 in Chicago', wall(CHICAGO, 15, 50), ['21:50', '20:50', '20:50', '20:50', '21:50']],
    ['16:55 in New York', wall(NEW_YORK, 16, 55), ['21:55', '20:55', '20:55', '20:55', '21:55']],
    ['16:59 in New York', wall(NEW_YORK, 16, 59), ['21:59', '20:59', '20:59', '20:59', '21:59']],
    ['15:59 in Chicago', wall(CHICAGO, 15, 59), ['21:59', '20:59', '20:59', '20:59', '21:59']],
  ])('puts the deadline %s where the zones say', (_, rule, times) => {
    DATES.forEach((date, index) => {
      const found = calendar.flatBy('ES', rule, at(`${date}T15:00:00Z`));
      expect(found).toEqual({ ok: true, value: at(`${date}T${times[index] ?? ''}:00Z`) });
    });
  });

  it('rolls at 18:00 in New York, which is 17:00 in Chicago', () => {
    const times = ['23:00', '22:00', '22:00', '22:00', '23:00'];
    DATES.forEach((date, index) => {
      const [noon, next] = [at(`${date}T12:00:00Z`), at(`${date}T${times[index] ?? ''}:00Z`)];
      for (const day of [clock(NEW_YORK, 18), clock(CHICAGO, 17)]) {
        expect(calendar.next({ role: 'day', clock: day }, noon)).toBe(next);
      }
    });
  });

  it("strikes at Prague's midnight, in the mismatch weeks at 19:00 in New York", () => {
    const times = ['23:00', '23:00', '22:00', '23:00', '23:00'];
    DATES.forEach((date, index) => {
      const midnight =
        at(`${date}T00:00:00Z`) - (24 - Number(times[index]?.slice(0, 2))) * 3_600_000;
      const next = calendar.next(
        { role: 'day', clock: clock(PRAGUE, 0, { days: 'calendar' }) },
        (midnight - 1) as EpochMs,
      );
      expect(next).toBe(midnight);
    });
  });

  it('begins no trading day on a weekend or a full holiday', () => {
    expect(strikes(clock(NEW_YORK, 18), '2026-11-13T12:00:00Z', '2026-11-17T12:00:00Z')).toEqual([
      '2026-11-15T23:00:00.000Z 2026-11-16',
      '2026-11-16T23:00:00.000Z 2026-11-17',
    ]);
    expect(strikes(clock(NEW_YORK, 18), '2026-12-24T12:00:00Z', '2026-12-28T12:00:00Z')).toEqual([
      '2026-12-27T23:00:00.000Z 2026-12-28',
    ]);
  });

  it('passes over half-days for a limit that they do not reset', () => {
    const full = clock(NEW_YORK, 18, { skips: ['half-day'] });
    const next = calendar.next({ role: 'day', clock: full }, at('2026-11-25T15:00:00Z'));
    expect(next).toBe(at('2026-11-29T23:00:00Z'));
  });

  it('names the same strikes in one stretch and in many', () => {
    const day = clock(NEW_YORK, 18);
    const whole = strikes(day, '2026-10-20T00:00:00Z', '2026-11-20T00:00:00Z');
    const parts: (string | undefined)[] = [];
    const hour = 3_600_000;
    for (let from = at('2026-10-20T00:00:00Z'); from < at('2026-11-20T00:00:00Z');) {
      const to = (from + hour) as EpochMs;
      parts.push(...strikes(day, new Date(from).toISOString(), new Date(to).toISOString()));
      from = to;
    }
    expect(parts).toEqual(whole);
    expect(whole).toHaveLength(23);
  });

  it('says where the table ends', () => {
    const day = { role: 'day', clock: clock(NEW_YORK, 18) } as const;
    expect(
      calendar.strikes([day], at('2040-01-02T12:00:00Z'), at('2040-01-04T12:00:00Z')),
    ).toMatchObject({
      ok: false,
      error: { code: 'CALENDAR_UNKNOWN' },
    });
    expect(calendar.next(day, at('2040-01-02T12:00:00Z'))).toBeNull();
  });
});
