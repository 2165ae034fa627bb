import type { Brand } from '../../kernel/brand.ts';
import type { EpochMs } from '../../kernel/clock.ts';

/** A futures trading day as `YYYY-MM-DD`: it runs from 17:00 Chicago time on the eve to 17:00 of its date. */
export type TradingDay = Brand<string, 'TradingDay'>;

const ZONE = 'America/Chicago';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** From 17:00 on, an instant belongs to the next date: seven hours before midnight. */
const ROLL_LEAD_MS = 7 * HOUR_MS;
const SATURDAY = 6;
const SUNDAY = 0;
/** Some fourteen months of hours; enough that a chart or a replay of a year does not thrash. */
const CACHED_HOURS = 10_000;

const zoneClock = new Intl.DateTimeFormat('en-US', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** Zone offsets change on full hours only, so one reading serves the whole hour. */
const offsets = new Map<number, number>();
const names = new Map<number, TradingDay>();

/** The trading day an instant belongs to; weekends belong to Monday. Exchange holidays are not known here. */
export function tradingDayOf(at: EpochMs): TradingDay {
  const date = Math.floor((at + chicagoOffset(at) + ROLL_LEAD_MS) / DAY_MS);
  return names.get(date) ?? remember(names, date, nameOf(date));
}

/** The date so many calendar days before a trading day, to compare trading days with; it may be a weekend. */
export function dateBefore(day: TradingDay, calendarDays: number): TradingDay {
  const at = Date.parse(day) - calendarDays * DAY_MS;
  return new Date(at).toISOString().slice(0, 10) as TradingDay;
}

function chicagoOffset(at: number): number {
  const hour = Math.floor(at / HOUR_MS);
  return offsets.get(hour) ?? remember(offsets, hour, readOffset(hour * HOUR_MS));
}

function readOffset(at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of zoneClock.formatToParts(at)) part[type] = Number(value);
  const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}

function nameOf(date: number): TradingDay {
  const weekday = new Date(date * DAY_MS).getUTCDay();
  const shift = weekday === SATURDAY ? 2 : weekday === SUNDAY ? 1 : 0;
  return new Date((date + shift) * DAY_MS).toISOString().slice(0, 10) as TradingDay;
}

function remember<V>(cache: Map<number, V>, key: number, value: V): V {
  if (cache.size >= CACHED_HOURS) cache.clear();
  cache.set(key, value);
  return value;
}
