import type { Brand } from '../../kernel/brand.ts';
import type { EpochMs } from '../../kernel/clock.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { DAY_MS } from './civil-day.ts';

/** The IANA name of a time zone that this machine knows, for example `America/Chicago`. */
export type Zone = Brand<string, 'Zone'>;

export type ZoneError = { readonly code: 'UNKNOWN_ZONE'; readonly name: string };

export const CHICAGO = 'America/Chicago' as Zone;
export const NEW_YORK = 'America/New_York' as Zone;
export const LONDON = 'Europe/London' as Zone;
export const TOKYO = 'Asia/Tokyo' as Zone;

const SECOND_MS = 1_000;
/** No zone's clock changes off the quarter hour. */
const QUARTER_MS = 900_000;
/** Some 27 years of days, or 100 days of quarter hours. */
const CACHED = 10_000;

/** One zone's offsets. Reading one from Intl takes microseconds, so nearly all answers come from `days`. */
interface ZoneClock {
  readonly format: Intl.DateTimeFormat;
  /** By UTC day: the offset of the whole day, or null on a day in which the clock changes. */
  readonly days: Map<number, number | null>;
  readonly quarters: Map<number, number>;
}

const clocks = new Map<Zone, ZoneClock>();

/** Accepts a zone by its IANA name; a fixed abbreviation such as EST is not a place and is refused. */
export function zoneNamed(name: string): Result<Zone, ZoneError> {
  if (!name.includes('/')) return err({ code: 'UNKNOWN_ZONE', name });
  try {
    clockOf(name as Zone);
    return ok(name as Zone);
  } catch {
    return err({ code: 'UNKNOWN_ZONE', name });
  }
}

/** Milliseconds to add to UTC for the zone's wall clock at an instant; west of Greenwich is negative. */
export function offsetAt(zone: Zone, at: number): number {
  const clock = clockOf(zone);
  const day = Math.floor(at / DAY_MS);
  const known = clock.days.get(day);
  const whole = known === undefined ? remember(clock.days, day, wholeDay(clock, day)) : known;
  if (whole !== null) return whole;
  const quarter = Math.floor(at / QUARTER_MS);
  return (
    clock.quarters.get(quarter) ??
    remember(clock.quarters, quarter, readOffset(clock, quarter * QUARTER_MS))
  );
}

/** The date on the zone's wall clock at an instant, as a day number. */
export function civilDayAt(zone: Zone, at: number): number {
  return Math.floor((at + offsetAt(zone, at)) / DAY_MS);
}

/**
 * The instant at which a zone's wall clock shows a time, in seconds after a date's midnight; negative is the eve.
 * A time that the clock shows twice is its first showing; a time that it skips is as much later as it skips.
 */
export function instantOf(zone: Zone, day: number, seconds: number): EpochMs {
  const wall = day * DAY_MS + seconds * SECOND_MS;
  const before = offsetAt(zone, wall - DAY_MS);
  const after = offsetAt(zone, wall + DAY_MS);
  const first = wall - before;
  const isShown = before === after || offsetAt(zone, first) === before;
  const second = wall - after;
  return (isShown || offsetAt(zone, second) !== after ? first : second) as EpochMs;
}

function clockOf(zone: Zone): ZoneClock {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const clock = { format, days: new Map<number, number | null>(), quarters: new Map() };
  clocks.set(zone, clock);
  return clock;
}

function wholeDay(clock: ZoneClock, day: number): number | null {
  const first = readOffset(clock, day * DAY_MS);
  return first === readOffset(clock, (day + 1) * DAY_MS) ? first : null;
}

function readOffset({ format }: ZoneClock, at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}

function remember<V>(cache: Map<number, V>, key: number, value: V): V {
  if (cache.size >= CACHED) cache.clear();
  cache.set(key, value);
  return value;
}
