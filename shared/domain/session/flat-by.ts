import type { EpochMs } from '../../kernel/clock.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { dayNumber } from './civil-day.ts';
import { scheduleOf, type Schedule } from './products.ts';
import { readingsOf, regularClose, sessionOn, type CalendarError, type Span } from './session.ts';
import type { TradingDay } from './trading-day.ts';
import { instantOf, type Zone } from './zone.ts';

const SECOND_MS = 1_000;

/** By when a firm wants every position closed. All times in seconds. */
export type FlatByRule =
  | { readonly kind: 'before-close'; readonly lead: number }
  /** A time on the wall clock of the trading day's date; on a day with an early close, `earlyLead` before that close. */
  | {
      readonly kind: 'wall-time';
      readonly zone: Zone;
      /** After midnight. */
      readonly time: number;
      readonly earlyLead: number;
      /** The firm's own time for days with an early close, after midnight; `earlyLead` still bounds it. */
      readonly earlyTime?: number;
    };

export interface FlatBy {
  readonly at: EpochMs;
  /** What sets the time: the firm's own time of day, or a close of the exchange. */
  readonly basis: 'wall-time' | 'close' | 'early-close';
  /** False where the table and the holiday rules disagree about the day; the earlier time is given. */
  readonly isConfirmed: boolean;
}

/**
 * The instant at which a product's positions must be closed on a trading day; null on a day without trading.
 * Never before the session opens, and never after it closes.
 */
export function flatBy(
  root: string,
  date: TradingDay,
  rule: FlatByRule,
): Result<FlatBy | null, CalendarError> {
  const schedule = scheduleOf(root);
  if (schedule === null) return err({ code: 'UNKNOWN_PRODUCT', root });
  const day = dayNumber(date);
  if (!day.ok) return err({ code: 'NOT_A_DATE', date });
  const session = sessionOn(schedule, day.value);
  if (!session.ok) return session;
  const readings = readingsOf(session.value);
  const deadlines = readings.flatMap((span) =>
    span === null ? [] : [deadlineIn(span, schedule, day.value, rule)],
  );
  const [first, ...others] = deadlines.toSorted((a, b) => a.at - b.at);
  if (first === undefined) return ok(null);
  const isConfirmed =
    deadlines.length === readings.length && others.every((other) => other.at === first.at);
  return ok({ ...first, isConfirmed });
}

type Deadline = Pick<FlatBy, 'at' | 'basis'>;

function deadlineIn(span: Span, schedule: Schedule, day: number, rule: FlatByRule): Deadline {
  const usual = regularClose(schedule, day);
  const isEarly = usual !== null && span.closesAt < usual;
  const basis = isEarly ? 'early-close' : 'close';
  if (rule.kind === 'before-close') return { at: before(span, rule.lead), basis };
  const time = isEarly ? (rule.earlyTime ?? rule.time) : rule.time;
  const wall = instantOf(rule.zone, day, time);
  const latest = before(span, isEarly ? rule.earlyLead : 0);
  if (wall > latest) return { at: latest, basis };
  return { at: Math.max(wall, span.opensAt) as EpochMs, basis: 'wall-time' };
}

function before(span: Span, lead: number): EpochMs {
  return Math.max(span.opensAt, span.closesAt - lead * SECOND_MS) as EpochMs;
}
