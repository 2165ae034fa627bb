import { err, ok, type Result } from '../../kernel/result.ts';

/** Milliseconds in a day of 24 hours; a wall clock's day can have 23 or 25. */
export const DAY_MS = 86_400_000;

/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;
const MONDAY = 1;
const FRIDAY = 5;

export type DateError = { readonly code: 'NOT_A_DATE' };

/** Days from 1970-01-01 to a date `YYYY-MM-DD`; refuses what is not in the calendar, such as 30 February. */
export function dayNumber(date: string): Result<number, DateError> {
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  return Number.isInteger(day) && dayName(day) === date ? ok(day) : err({ code: 'NOT_A_DATE' });
}

/** The date `YYYY-MM-DD` so many days after 1970-01-01. */
export function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(day: number): number {
  return (((day + EPOCH_WEEKDAY) % 7) + 7) % 7;
}

export function isWeekday(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday >= MONDAY && weekday <= FRIDAY;
}
