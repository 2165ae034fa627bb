import { DAY_MS, dayName, isWeekday, weekdayOf } from '../../shared/domain/session/civil-day.ts';

/** What an exchange notice names a changed day after. */
export type HolidayName =
  | "New Year's Day"
  | 'Martin Luther King Day'
  | "Presidents' Day"
  | 'Good Friday'
  | 'Memorial Day'
  | 'Juneteenth'
  | 'Eve of Independence Day'
  | 'Independence Day'
  | 'Labor Day'
  | 'Thanksgiving'
  | 'Day after Thanksgiving'
  | 'Christmas Eve'
  | 'Christmas Day'
  | 'Friday before a holiday'
  | 'National Day of Mourning';

const [SUNDAY, MONDAY, THURSDAY, FRIDAY, SATURDAY] = [0, 1, 4, 5, 6] as const;
/** The exchange kept the day for the first time in 2022. */
const FIRST_JUNETEENTH = 2022;
/** Presidents Bush and Carter. */
const MOURNING: readonly (readonly [year: number, month: number, date: number])[] = [
  [2018, 12, 5],
  [2025, 1, 9],
];

/** The changed days of a year by day number, each on the date on which the exchange keeps it. */
export function holidaysOf(year: number): ReadonlyMap<number, HolidayName> {
  const days = new Map<number, HolidayName>();
  for (const [day, name] of [...mondays(year), ...fixedDays(year), ...movingDays(year)]) {
    if (!days.has(day)) days.set(day, name);
  }
  return days;
}

type Dated = readonly [day: number, name: HolidayName];

/** Mondays, each with the Friday that introduces its long weekend. */
function mondays(year: number): readonly Dated[] {
  const dated: readonly Dated[] = [
    [nthWeekday(year, 1, MONDAY, 3), 'Martin Luther King Day'],
    [nthWeekday(year, 2, MONDAY, 3), "Presidents' Day"],
    [lastMonday(year, 5), 'Memorial Day'],
    [nthWeekday(year, 9, MONDAY, 1), 'Labor Day'],
  ];
  return [...dated, ...dated.map(([day]): Dated => [day - 3, 'Friday before a holiday'])];
}

function fixedDays(year: number): readonly Dated[] {
  const independence = observed(dateOf(year, 7, 4));
  const days: Dated[] = [
    [independence, 'Independence Day'],
    [observed(dateOf(year, 12, 25)), 'Christmas Day'],
    // A New Year's Day on a Saturday is not moved to the Friday, which closes the old year's books.
    [afterSunday(dateOf(year, 1, 1)), "New Year's Day"],
    [dateOf(year, 12, 24), 'Christmas Eve'],
    ...MOURNING.filter((date) => date[0] === year).map((date): Dated => [
      dateOf(...date),
      'National Day of Mourning',
    ]),
  ];
  if (hasEve(independence)) days.push([independence - 1, 'Eve of Independence Day']);
  if (year >= FIRST_JUNETEENTH) days.push([observed(dateOf(year, 6, 19)), 'Juneteenth']);
  return days;
}

function movingDays(year: number): readonly Dated[] {
  const thanksgiving = nthWeekday(year, 11, THURSDAY, 4);
  return [
    [easter(year) - 2, 'Good Friday'],
    [thanksgiving, 'Thanksgiving'],
    [thanksgiving + 1, 'Day after Thanksgiving'],
  ];
}

/** The day before an Independence Day that was moved is an ordinary one. */
function hasEve(independence: number): boolean {
  return dayName(independence).endsWith('-07-04') && isWeekday(independence - 1);
}

function dateOf(year: number, month: number, date: number): number {
  return Date.UTC(year, month - 1, date) / DAY_MS;
}

/** A Saturday is kept on the Friday, a Sunday on the Monday. */
function observed(day: number): number {
  return weekdayOf(day) === SATURDAY ? day - 1 : afterSunday(day);
}

function afterSunday(day: number): number {
  return weekdayOf(day) === SUNDAY ? day + 1 : day;
}

function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  const first = dateOf(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1);
}

function lastMonday(year: number, month: number): number {
  return nthWeekday(year, month + 1, MONDAY, 1) - 7;
}

/** Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8). */
export function easter(year: number): number {
  const century = Math.floor(year / 100);
  const golden = year % 19;
  const skippedLeaps = century - Math.floor(century / 4);
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + skippedLeaps - moonShift + 15) % 30;
  const yearOfCentury = year % 100;
  const weekday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * late + 114;
  return dateOf(year, Math.floor(days / 31), (days % 31) + 1);
}

export const isFriday = (day: number): boolean => weekdayOf(day) === FRIDAY;
