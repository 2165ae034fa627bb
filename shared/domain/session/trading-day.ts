import type { Brand } from '../../kernel/brand.ts';
import type { EpochMs } from '../../kernel/clock.ts';
import { DAY_MS, dayName, weekdayOf } from './civil-day.ts';
import { CHICAGO, offsetAt } from './zone.ts';

/** A futures trading day as `YYYY-MM-DD`: it runs from 17:00 Chicago time on the eve to 17:00 of its date. */
export type TradingDay = Brand<string, 'TradingDay'>;

/** From 17:00 on, an instant belongs to the next date: seven hours before midnight. */
const ROLL_LEAD_MS = 7 * 3_600_000;
const SATURDAY = 6;
const SUNDAY = 0;
/** Some forty years of days. */
const CACHED_DAYS = 10_000;

const names = new Map<number, TradingDay>();

/** The trading day an instant belongs to; weekends belong to Monday. Exchange holidays are not known here. */
export function tradingDayOf(at: EpochMs): TradingDay {
  const date = tradingDateOf(at);
  const known = names.get(date);
  if (known !== undefined) return known;
  if (names.size >= CACHED_DAYS) names.clear();
  const name = dayName(date) as TradingDay;
  names.set(date, name);
  return name;
}

/** The same as a day number. */
export function tradingDateOf(at: EpochMs): number {
  return weekdayFrom(Math.floor((at + offsetAt(CHICAGO, at) + ROLL_LEAD_MS) / DAY_MS));
}

/** The date so many calendar days before a trading day, to compare trading days with; it may be a weekend. */
export function dateBefore(day: TradingDay, calendarDays: number): TradingDay {
  return dayName(Date.parse(day) / DAY_MS - calendarDays) as TradingDay;
}

function weekdayFrom(date: number): number {
  const weekday = weekdayOf(date);
  if (weekday === SATURDAY) return date + 2;
  return weekday === SUNDAY ? date + 1 : date;
}
