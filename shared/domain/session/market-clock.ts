import type { EpochMs } from '../../kernel/clock.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { scheduleOf } from './products.ts';
import {
  contains,
  readingsOf,
  sessionOn,
  type CalendarError,
  type Session,
  type Span,
} from './session.ts';
import { tradingDateOf, type TradingDay } from './trading-day.ts';

/** `unconfirmed`: the exchange's table and the holiday rules give different answers for this instant. */
export type MarketState = 'open' | 'closed' | 'unconfirmed';

/** An opening or a closing. */
export interface Edge {
  readonly at: EpochMs;
  readonly day: TradingDay;
  /** False where the table and the holiday rules disagree about it. */
  readonly isConfirmed: boolean;
}

export interface TimeToClose {
  /** Milliseconds, above 0. */
  readonly ms: number;
  readonly close: Edge;
}

/** The trading day that an instant counts for. */
export interface MarketDay {
  readonly day: TradingDay;
  /** False where the table and the holiday rules disagree about whether a day in question trades at all. */
  readonly isConfirmed: boolean;
}

/** Whether a product trades at an instant. */
export function marketAt(root: string, at: EpochMs): Result<MarketState, CalendarError> {
  const schedule = scheduleOf(root);
  if (schedule === null) return err({ code: 'UNKNOWN_PRODUCT', root });
  const session = sessionOn(schedule, tradingDateOf(at));
  if (!session.ok) return session;
  const answers = readingsOf(session.value).map((span) => contains(span, at));
  if (answers.every((isOpen) => isOpen)) return ok('open');
  return ok(answers.some((isOpen) => isOpen) ? 'unconfirmed' : 'closed');
}

/**
 * The trading day an instant counts for: from the roll at 17:00 in Chicago on, the next day on which the product
 * trades. So a weekend and a full holiday belong to the day after them.
 */
export function marketDayOf(root: string, at: EpochMs): Result<MarketDay, CalendarError> {
  let isConfirmed = true;
  return walk(root, at, 1, (session) => {
    const isTrading = session.span !== null;
    if (session.doubt !== null && (session.doubt.ruled !== null) !== isTrading) isConfirmed = false;
    return isTrading ? { day: session.day, isConfirmed } : null;
  });
}

/** The first opening after an instant; the earlier one where the table and the rules disagree. */
export function nextOpen(root: string, at: EpochMs): Result<Edge, CalendarError> {
  return nextEdge(root, at, (span) => span.opensAt);
}

/** The first closing after an instant; the earlier one where the table and the rules disagree. */
export function nextClose(root: string, at: EpochMs): Result<Edge, CalendarError> {
  return nextEdge(root, at, (span) => span.closesAt);
}

/** The last closing at or before an instant; the later one where the table and the rules disagree. */
export function lastClose(root: string, at: EpochMs): Result<Edge, CalendarError> {
  return walk(root, at, -1, (session) => {
    const past = edges(session, (span) => span.closesAt).filter((edge) => edge <= at);
    return past.length === 0 ? null : edgeOf(session, Math.max(...past), (span) => span.closesAt);
  });
}

/** How long a product still trades, null when it does not. Unconfirmed hours count as trading until the earlier end. */
export function timeToClose(root: string, at: EpochMs): Result<TimeToClose | null, CalendarError> {
  const state = marketAt(root, at);
  if (!state.ok) return state;
  if (state.value === 'closed') return ok(null);
  const close = nextClose(root, at);
  return close.ok ? ok({ ms: close.value.at - at, close: close.value }) : close;
}

type EdgeOf = (span: Span) => EpochMs;

function nextEdge(root: string, at: EpochMs, pick: EdgeOf): Result<Edge, CalendarError> {
  return walk(root, at, 1, (session) => {
    const coming = edges(session, pick).filter((edge) => edge > at);
    return coming.length === 0 ? null : edgeOf(session, Math.min(...coming), pick);
  });
}

/** Looks at one session after the other, from the instant's own on, until one answers. */
function walk<T>(
  root: string,
  at: EpochMs,
  step: 1 | -1,
  answer: (session: Session) => T | null,
): Result<T, CalendarError> {
  const schedule = scheduleOf(root);
  if (schedule === null) return err({ code: 'UNKNOWN_PRODUCT', root });
  for (let day = tradingDateOf(at); ; day += step) {
    const session = sessionOn(schedule, day);
    if (!session.ok) return session;
    const found = answer(session.value);
    if (found !== null) return ok(found);
  }
}

function edges(session: Session, pick: EdgeOf): readonly EpochMs[] {
  return readingsOf(session).flatMap((span) => (span === null ? [] : [pick(span)]));
}

function edgeOf(session: Session, at: number, pick: EdgeOf): Edge {
  const isConfirmed = readingsOf(session).every((span) => span !== null && pick(span) === at);
  return { at: at as EpochMs, day: session.day, isConfirmed };
}
