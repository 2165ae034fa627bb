import type { EpochMs } from '../../kernel/clock.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { calendarDay } from './calendar-day.ts';
import { dayName, dayNumber } from './civil-day.ts';
import { parseHours, type Hours } from './hours.ts';
import { scheduleOf, type Schedule } from './products.ts';
import type { TradingDay } from './trading-day.ts';
import { instantOf } from './zone.ts';

const SECONDS_OF_MINUTE = 60;

/** From the first instant of trading to the first instant after it. */
export interface Span {
  readonly opensAt: EpochMs;
  readonly closesAt: EpochMs;
}

/** A session that opens late and also closes early is an `early-close`. */
export type SessionKind = 'regular' | 'early-close' | 'late-open' | 'closed';

/** What the exchange's table and the holiday rules say of one product's trading day. */
export interface Session {
  readonly day: TradingDay;
  readonly kind: SessionKind;
  /** The holiday or occasion, or `Weekend`; null on an ordinary day. A holiday can have regular hours. */
  readonly reason: string | null;
  /** By the table; null when there is no trading. */
  readonly span: Span | null;
  /** Not null where the holiday rules disagree with the table: the day's hours are then unconfirmed. */
  readonly doubt: Doubt | null;
}

export interface Doubt {
  /** By the holiday rules; null when there is no trading. */
  readonly ruled: Span | null;
}

export type CalendarError =
  | { readonly code: 'UNKNOWN_PRODUCT'; readonly root: string }
  /** The table does not speak of this date. Its hours are unknown, not regular. */
  | { readonly code: 'OUTSIDE_TABLE'; readonly date: string }
  | { readonly code: 'NOT_A_DATE'; readonly date: string };

/** By schedule, then by day number; bounded by the years of the table. */
const sessions = new Map<string, Map<number, Session>>();

/** The session of a trading day for a root symbol such as `ES`. */
export function sessionOf(root: string, date: TradingDay): Result<Session, CalendarError> {
  const schedule = scheduleOf(root);
  if (schedule === null) return err({ code: 'UNKNOWN_PRODUCT', root });
  const day = dayNumber(date);
  return day.ok ? sessionOn(schedule, day.value) : err({ code: 'NOT_A_DATE', date });
}

/** The same by schedule and day number, for walking from day to day. */
export function sessionOn(schedule: Schedule, day: number): Result<Session, CalendarError> {
  const cache = sessions.get(schedule.id) ?? new Map<number, Session>();
  sessions.set(schedule.id, cache);
  const known = cache.get(day);
  if (known !== undefined) return ok(known);
  const entry = calendarDay(schedule, day);
  if (entry === null) return err({ code: 'OUTSIDE_TABLE', date: dayName(day) });
  const { listed, ruled, reason } = entry;
  const session: Session = {
    day: dayName(day) as TradingDay,
    kind: kindOf(listed, parseHours(schedule.regular)),
    reason,
    span: spanOf(schedule, day, listed),
    doubt: isSame(listed, ruled) ? null : { ruled: spanOf(schedule, day, ruled) },
  };
  cache.set(day, session);
  return ok(session);
}

/** All that may be true of a session's hours: one reading, or two where the rules disagree with the table. */
export function readingsOf(session: Session): readonly (Span | null)[] {
  return session.doubt === null ? [session.span] : [session.span, session.doubt.ruled];
}

/** Whether an instant lies in a span; the closing instant does not. */
export function contains(span: Span | null, at: EpochMs): boolean {
  return span !== null && at >= span.opensAt && at < span.closesAt;
}

/** When the session would close if nothing were changed on its day. */
export function regularClose(schedule: Schedule, day: number): EpochMs | null {
  return spanOf(schedule, day, parseHours(schedule.regular))?.closesAt ?? null;
}

function spanOf({ zone }: Schedule, day: number, hours: Hours | null): Span | null {
  if (hours === null) return null;
  return {
    opensAt: instantOf(zone, day, hours.opens * SECONDS_OF_MINUTE),
    closesAt: instantOf(zone, day, hours.closes * SECONDS_OF_MINUTE),
  };
}

function kindOf(hours: Hours | null, regular: Hours | null): SessionKind {
  if (hours === null || regular === null) return 'closed';
  if (hours.closes < regular.closes) return 'early-close';
  return hours.opens > regular.opens ? 'late-open' : 'regular';
}

function isSame(a: Hours | null, b: Hours | null): boolean {
  return a === b || (a?.opens === b?.opens && a?.closes === b?.closes);
}
