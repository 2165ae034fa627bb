import { describe, expect, it } from 'vitest';
import { flatBy, type FlatByRule } from './flat-by.ts';
import { dayNumber } from './civil-day.ts';
import { nextOpen } from './market-clock.ts';
import type { EpochMs } from '../../kernel/clock.ts';
import type { TradingDay } from './trading-day.ts';
import { CHICAGO, instantOf, NEW_YORK, offsetAt, type Zone } from './zone.ts';

const PRAGUE = 'Europe/Prague' as Zone;
const WARSAW = 'Europe/Warsaw' as Zone;
const MINUTE = 60;
const clock = (text: string) => {
  const [hours = NaN, minutes = NaN] = text.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE;
};
const wall = (zone: Zone, time: string, earlyLead: number): FlatByRule => ({
  kind: 'wall-time',
  zone,
  time: clock(time),
  earlyLead,
});
const hour = (at: number) => new Date(at).toISOString().slice(11, 16);

function flat(root: string, date: string, rule: FlatByRule) {
  const result = flatBy(root, date as TradingDay, rule);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** Sample dates of which the second and the fourth lie between the American and the European clock change. */
const dates = ['2026-01-14', '2026-03-16', '2026-07-15', '2026-10-28', '2026-11-25'] as const;

describe('the deadline of a firm, in UTC', () => {
  it.each([
    ['15:10 in Chicago', wall(CHICAGO, '15:10', 0), '21:10 20:10 20:10 20:10 21:10'],
    ['16:10 in New York', wall(NEW_YORK, '16:10', 0), '21:10 20:10 20:10 20:10 21:10'],
    ['16:45 in New York', wall(NEW_YORK, '16:45', 0), '21:45 20:45 20:45 20:45 21:45'],
    ['15:50 in Chicago', wall(CHICAGO, '15:50', 0), '21:50 20:50 20:50 20:50 21:50'],
    ['16:55 in New York', wall(NEW_YORK, '16:55', 0), '21:55 20:55 20:55 20:55 21:55'],
    ['16:59 in New York', wall(NEW_YORK, '16:59', 0), '21:59 20:59 20:59 20:59 21:59'],
    ['15:59 in Chicago', wall(CHICAGO, '15:59', 0), '21:59 20:59 20:59 20:59 21:59'],
    [
      'ten minutes before the close',
      { kind: 'before-close', lead: 600 } as const,
      '21:50 20:50 20:50 20:50 21:50',
    ],
  ])('of %s follows the clocks of its own place', (_, rule, expected) => {
    expect(dates.map((date) => hour(flat('ES', date, rule)?.at ?? NaN)).join(' ')).toBe(expected);
  });

  it('of the roll at 18:00 in New York is the next session’s opening', () => {
    const rolls = dates.map((date) => {
      const afternoon = Date.parse(`${date}T21:30:00Z`) as EpochMs;
      const open = nextOpen('ES', afternoon);
      return open.ok ? hour(open.value.at) : open.error.code;
    });
    expect(rolls.join(' ')).toBe('23:00 22:00 22:00 22:00 23:00');
  });

  it('of midnight in Prague is another hour in New York while only one of them keeps summer time', () => {
    const midnights = dates.map((date) => {
      const day = dayNumber(date);
      return day.ok ? instantOf(PRAGUE, day.value, 0) : NaN;
    });
    expect(midnights.map(hour).join(' ')).toBe('23:00 23:00 22:00 23:00 23:00');
    const inNewYork = midnights.map((at) => hour(at + offsetAt(NEW_YORK, at)));
    expect(inNewYork.join(' ')).toBe('18:00 19:00 18:00 19:00 18:00');
  });

  it('TM-4: shows 21:10 in Warsaw on 28 October 2026, and 22:10 in ordinary weeks', () => {
    const shown = ['2026-10-28', '2026-11-25'].map((date) => {
      const at = flat('ES', date, wall(CHICAGO, '15:10', 0))?.at ?? NaN;
      return hour(at + offsetAt(WARSAW, at));
    });
    expect(shown).toEqual(['21:10', '22:10']);
  });
});

describe('on a changed day the deadline', () => {
  const topstep = wall(CHICAGO, '15:10', 15 * MINUTE);
  const tradeify = wall(NEW_YORK, '16:45', 1 * MINUTE);

  it.each([
    // HO-1: Thanksgiving 2026, index futures halt at 12:00 in Chicago.
    ['ES', '2026-11-26', topstep, '17:45', 'early-close'],
    ['ES', '2026-11-26', tradeify, '17:59', 'early-close'],
    ['CL', '2026-11-26', topstep, '19:15', 'early-close'],
    ['6E', '2026-11-26', topstep, '21:10', 'wall-time'],
    ['ES', '2026-11-27', topstep, '18:00', 'early-close'],
    ['ES', '2026-11-26', { kind: 'before-close', lead: 600 } as const, '17:50', 'early-close'],
    ['ES', '2026-11-25', { kind: 'before-close', lead: 600 } as const, '21:50', 'close'],
    // A time of day after the close is capped by the close.
    ['ES', '2026-11-25', wall(NEW_YORK, '17:30', 0), '22:00', 'close'],
    // No lead reaches back before the opening.
    ['ES', '2026-11-25', { kind: 'before-close', lead: 90_000 } as const, '23:00', 'close'],
  ])('of %s on %s keeps to the early close', (...[root, date, rule, time, basis]) => {
    const found = flat(root, date, rule);
    expect({ ...found, at: hour(found?.at ?? NaN) }).toEqual({
      at: time,
      basis,
      isConfirmed: true,
    });
  });

  it('is none without a session', () => {
    expect(flat('ES', '2026-12-25', topstep)).toBeNull();
    expect(flat('ES', '2026-11-28', topstep)).toBeNull();
  });

  it('is the earlier one, unconfirmed, where the table and the holidays disagree', () => {
    const found = flat('ES', '2027-11-25', topstep);
    expect({ ...found, at: hour(found?.at ?? NaN) }).toEqual({
      at: '17:45',
      basis: 'early-close',
      isConfirmed: false,
    });
    expect(flat('ES', '2027-12-24', topstep)).toMatchObject({ isConfirmed: false });
  });

  it('is confirmed where both readings set the same time', () => {
    expect(flat('ES', '2019-07-04', topstep)).toMatchObject({ isConfirmed: true });
  });

  it('is unknown outside the table', () => {
    expect(flatBy('ES', '2028-01-03' as TradingDay, topstep)).toMatchObject({
      error: { code: 'OUTSIDE_TABLE' },
    });
    expect(flatBy('FDAX', '2026-11-25' as TradingDay, topstep)).toMatchObject({
      error: { code: 'UNKNOWN_PRODUCT' },
    });
    expect(flatBy('ES', 'soon' as TradingDay, topstep)).toMatchObject({
      error: { code: 'NOT_A_DATE' },
    });
  });
});
