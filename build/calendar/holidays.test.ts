import { describe, expect, it } from 'vitest';
import { dayName } from '../../shared/domain/session/civil-day.ts';
import { ruledDays } from './holiday-hours.ts';
import { easter, holidaysOf } from './holidays.ts';

const named = (year: number, name: string) =>
  [...holidaysOf(year)].filter(([, holiday]) => holiday === name).map(([day]) => dayName(day));

describe('the holiday rules', () => {
  it.each([
    [2013, '2013-03-31'],
    [2016, '2016-03-27'],
    [2019, '2019-04-21'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
    [2285, '2285-03-22'],
  ])('know Easter of %i', (year, date) => {
    expect(dayName(easter(year))).toBe(date);
  });

  it.each([
    [2026, 'Martin Luther King Day', '2026-01-19'],
    [2026, "Presidents' Day", '2026-02-16'],
    [2026, 'Good Friday', '2026-04-03'],
    [2026, 'Memorial Day', '2026-05-25'],
    [2027, 'Memorial Day', '2027-05-31'],
    [2027, 'Juneteenth', '2027-06-18'],
    [2022, 'Juneteenth', '2022-06-20'],
    [2026, 'Independence Day', '2026-07-03'],
    [2021, 'Independence Day', '2021-07-05'],
    [2026, 'Labor Day', '2026-09-07'],
    [2026, 'Thanksgiving', '2026-11-26'],
    [2021, 'Christmas Day', '2021-12-24'],
    [2022, 'Christmas Day', '2022-12-26'],
    [2023, "New Year's Day", '2023-01-02'],
    [2025, 'National Day of Mourning', '2025-01-09'],
  ])('keep in %i %s on %s', (year, name, date) => {
    expect(named(year, name)).toEqual([date]);
  });

  it('do not know Juneteenth before 2022, nor an eve of an Independence Day that was moved', () => {
    expect(named(2021, 'Juneteenth')).toEqual([]);
    for (const year of [2015, 2016, 2020, 2021, 2026, 2027])
      expect(named(year, 'Eve of Independence Day')).toEqual([]);
  });

  it('do not move a New Year’s Day on a Saturday to the Friday', () => {
    expect(holidaysOf(2021).get(Date.UTC(2021, 11, 31) / 86_400_000)).toBeUndefined();
    expect(holidaysOf(2022).get(Date.UTC(2021, 11, 31) / 86_400_000)).toBeUndefined();
    expect([...ruledDays('equity', 2022).values()].map(({ name }) => name)).not.toContain(
      "New Year's Day",
    );
  });
});
