import { dayName, isWeekday } from '../../shared/domain/session/civil-day.ts';
import type { ScheduleId } from '../../shared/domain/session/products.ts';
import { holidaysOf, isFriday, type HolidayName } from './holidays.ts';

/** Products for which the exchange announces holiday hours together. */
type Family = 'equity' | 'fx' | 'rates' | 'commodity' | 'crypto';

/** Hours of a holiday, in the notation of the table, while all conditions hold; the first that fits decides. */
interface Era {
  /** Up to and including this date. */
  readonly until?: string;
  readonly years?: readonly number[];
  /** Only when the day is kept on a Friday. */
  readonly onFriday?: true;
  readonly hours: string;
}

type HolidayHours = Partial<Readonly<Record<HolidayName, readonly Era[]>>>;

/** What the holiday rules say of a day: null hours mean the ordinary ones. */
export interface RuledDay {
  readonly name: HolidayName;
  readonly hours: string | null;
}

/** Good Fridays on which the employment report came out, and finance traded until shortly after it. */
const REPORT_YEARS = [2015, 2021, 2023, 2026];
/** The end of the trading floor's own holiday hours. */
const FLOOR_ERA = '2014-02-28';
/** From 2022 on trading goes on through most holidays; a holiday on a Friday still ends the week early. */
const HALT_ERA = '2021-12-31';

const families: Readonly<Record<ScheduleId, Family>> = {
  equity: 'equity',
  fx: 'fx',
  rates: 'rates',
  energy: 'commodity',
  gold: 'commodity',
  'micro-gold': 'commodity',
  copper: 'commodity',
  bitcoin: 'crypto',
  'micro-bitcoin': 'crypto',
};

const closed: readonly Era[] = [{ hours: 'closed' }];

function onEveryHoliday(eras: readonly Era[]): HolidayHours {
  return {
    'Martin Luther King Day': eras,
    "Presidents' Day": eras,
    'Memorial Day': eras,
    Juneteenth: eras,
    'Independence Day': eras,
    'Labor Day': eras,
    Thanksgiving: eras,
    "New Year's Day": closed,
    'Christmas Day': closed,
  };
}

const rules: Readonly<Record<Family, HolidayHours>> = {
  equity: {
    ...onEveryHoliday([{ until: FLOOR_ERA, hours: '18:00-11:30' }, { hours: '18:00-13:00' }]),
    'Good Friday': [{ years: REPORT_YEARS, hours: '18:00-09:15' }, ...closed],
    'Eve of Independence Day': [{ hours: '18:00-13:15' }],
    'Day after Thanksgiving': [{ hours: '18:00-13:15' }],
    'Christmas Eve': [{ hours: '18:00-13:15' }],
    'National Day of Mourning': [{ hours: '18:00-09:30' }],
  },
  fx: {
    ...onEveryHoliday([
      { until: HALT_ERA, hours: '17:00-12:00' },
      { onFriday: true, hours: '17:00-12:00' },
      { hours: '17:00-16:00' },
    ]),
    'Good Friday': [{ years: REPORT_YEARS, hours: '17:00-10:15' }, ...closed],
    'Friday before a holiday': [{ until: '2015-05-31', hours: '17:00-15:15' }],
    'Day after Thanksgiving': [
      { until: '2024-12-31', hours: '17:00-12:15' },
      { hours: '17:00-13:45' },
    ],
    'Christmas Eve': [{ until: '2024-12-31', hours: '17:00-12:15' }, { hours: '17:00-12:45' }],
  },
  rates: {
    ...onEveryHoliday([{ hours: '17:00-12:00' }]),
    'Good Friday': [{ years: REPORT_YEARS, hours: '17:00-10:15' }, ...closed],
    'Friday before a holiday': [{ until: '2015-05-31', hours: '17:00-15:15' }],
    'Day after Thanksgiving': [{ hours: '17:00-12:15' }],
    'Christmas Eve': [{ hours: '17:00-12:15' }],
    'National Day of Mourning': [{ years: [2025], hours: '17:00-12:15' }],
  },
  commodity: {
    ...onEveryHoliday([
      { until: FLOOR_ERA, hours: '18:00-13:15' },
      { until: HALT_ERA, hours: '18:00-13:00' },
      { onFriday: true, hours: '18:00-13:00' },
      { hours: '18:00-14:30' },
    ]),
    'Good Friday': closed,
    'Day after Thanksgiving': [
      { until: '2024-12-31', hours: '18:00-13:45' },
      { hours: '18:00-14:45' },
    ],
    'Christmas Eve': [{ hours: '18:00-13:45' }],
  },
  crypto: {
    ...onEveryHoliday([
      { until: HALT_ERA, hours: '17:00-12:00' },
      { onFriday: true, hours: '17:00-12:00' },
      { hours: '17:00-16:00' },
    ]),
    'Good Friday': [
      { years: [2021], hours: '17:00-08:15' },
      { years: REPORT_YEARS, hours: '17:00-10:15' },
      ...closed,
    ],
    'Eve of Independence Day': [{ until: '2019-12-31', hours: '17:00-12:15' }],
    'Day after Thanksgiving': [
      { until: '2020-12-31', hours: '17:00-12:15' },
      { until: '2024-12-31', hours: '17:00-12:45' },
      { hours: '17:00-13:45' },
    ],
    'Christmas Eve': [{ until: '2020-12-31', hours: '17:00-12:15' }, { hours: '17:00-12:45' }],
  },
};

/** The changed weekdays of a year for a schedule, as its holiday rules have them. */
export function ruledDays(schedule: ScheduleId, year: number): ReadonlyMap<number, RuledDay> {
  const days = new Map<number, RuledDay>();
  for (const [day, name] of holidaysOf(year)) {
    const era = rules[families[schedule]][name]?.find((candidate) => fits(candidate, day, year));
    if (era !== undefined && isWeekday(day)) days.set(day, { name, hours: era.hours });
  }
  return days;
}

function fits(era: Era, day: number, year: number): boolean {
  return (
    (era.until === undefined || dayName(day) <= era.until) &&
    (era.years === undefined || era.years.includes(year)) &&
    (era.onFriday === undefined || isFriday(day))
  );
}
