import { dayNumber, isWeekday } from './civil-day.ts';
import { CALENDAR_YEARS, exchangeTable } from './exchange-table.ts';
import { parseHours, type Hours } from './hours.ts';
import type { Schedule, ScheduleId } from './products.ts';

/** What is known of a schedule's date. Null hours say that there is no trading. */
export interface CalendarDay {
  /** The holiday or occasion, null on an ordinary day. */
  readonly reason: string | null;
  /** The hours that the exchange's table lists. */
  readonly listed: Hours | null;
  /** The hours that the holiday rules give. They differ from `listed` only where the table is silent or broken. */
  readonly ruled: Hours | null;
}

interface ScheduleDays {
  readonly regular: CalendarDay;
  readonly changed: ReadonlyMap<number, CalendarDay>;
}

const WEEKEND: CalendarDay = { reason: 'Weekend', listed: null, ruled: null };
const FIRST_DAY = certainDay(`${CALENDAR_YEARS.first}-01-01`);
const END_DAY = certainDay(`${CALENDAR_YEARS.last + 1}-01-01`);

const schedules = new Map<ScheduleId, ScheduleDays>();

/** A date's entry by its day number; null outside the years of the table. */
export function calendarDay(schedule: Schedule, day: number): CalendarDay | null {
  if (!(day >= FIRST_DAY && day < END_DAY)) return null;
  if (!isWeekday(day)) return WEEKEND;
  const { regular, changed } = daysOf(schedule);
  return changed.get(day) ?? regular;
}

function daysOf(schedule: Schedule): ScheduleDays {
  const known = schedules.get(schedule.id);
  if (known !== undefined) return known;
  const hours = parseHours(schedule.regular);
  const days: ScheduleDays = {
    regular: { reason: null, listed: hours, ruled: hours },
    changed: new Map(exchangeTable[schedule.id].flatMap(readRow)),
  };
  schedules.set(schedule.id, days);
  return days;
}

function readRow(row: string): readonly (readonly [number, CalendarDay])[] {
  const [reason = '', listedText = '', ruledText = '', dates = ''] = row.split(' | ');
  const listed = parseHours(listedText);
  const ruled = ruledText === '=' ? listed : parseHours(ruledText);
  const entry: CalendarDay = { reason: reason === '' ? null : reason, listed, ruled };
  return dates.split(' ').map((date) => {
    return [certainDay(date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')), entry] as const;
  });
}

/** The table is the project's own: a date in it that is none is a bug. */
function certainDay(date: string): number {
  const day = dayNumber(date);
  if (!day.ok) throw new RangeError(`Not a date: ${date}`);
  return day.value;
}
