import type { EpochMs } from '../../kernel/clock.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { DAY_MS, dayName, dayNumber, weekdayOf } from '../session/civil-day.ts';
import { flatBy, type FlatByRule } from '../session/flat-by.ts';
import { sessionOf, type CalendarError } from '../session/session.ts';
import { tradingDayOf, type TradingDay } from '../session/trading-day.ts';
import { CHICAGO, civilDayAt, instantOf } from '../session/zone.ts';
import { keyOf, type CalendarGap, type RuleClock, type TradingCalendar } from './calendar.ts';
import { compareStrikes, type DayKind, type Strike } from './event.ts';
import type { DayClock, WeekClock } from './rule-parts.ts';

const ROLL_SECONDS = 17 * 3_600;
const SUNDAY = 0;
/** How far a next strike is searched: longer than any row of holidays. */
const SEARCH_DAYS = 40;

type Found = Result<Strike | null, CalendarGap>;

/** How far ahead a stretch without strikes is looked for. */
const QUIET_DAYS = 4;

/** A stretch of time in which a list of clocks is known not to strike: nearly every event lies in one. */
interface Quiet {
  readonly from: EpochMs;
  /** The first instant that is not known to be quiet. */
  readonly until: EpochMs;
}

/** The last deadline that was asked for, by rule and product. */
interface Deadline {
  readonly day: TradingDay;
  readonly found: Result<EpochMs | null, CalendarGap>;
}

/** The exchange's calendar for rules whose trading days follow one product. */
export function exchangeCalendar(root: string): TradingCalendar {
  const quiets = new WeakMap<readonly RuleClock[], Quiet>();
  const deadlines = new WeakMap<FlatByRule, Map<string, Deadline>>();
  return {
    strikes(clocks, after, upTo) {
      const quiet = quiets.get(clocks);
      if (quiet !== undefined && after >= quiet.from && upTo < quiet.until) return ok([]);
      const found = strikesOf(root, clocks, after, upTo);
      const ahead = (upTo + QUIET_DAYS * DAY_MS) as EpochMs;
      const coming = found.ok ? strikesOf(root, clocks, upTo, ahead) : found;
      if (coming.ok) quiets.set(clocks, { from: upTo, until: coming.value[0]?.at ?? ahead });
      return found;
    },
    next(clock, after) {
      const found = strikesOf(root, [clock], after, (after + SEARCH_DAYS * DAY_MS) as EpochMs);
      if (!found.ok) return null;
      return found.value.find(({ dayKind }) => !isSkipped(clock, dayKind))?.at ?? null;
    },
    dayOf(roll, at) {
      const day = dayAt(roll, at);
      const kind = kindOf(root, day);
      return { day, kind: kind.ok && kind.value !== null ? kind.value : 'full' };
    },
    flatBy(product, rule, at) {
      const day = tradingDayOf(at);
      const known = deadlines.get(rule) ?? new Map<string, Deadline>();
      deadlines.set(rule, known);
      const last = known.get(product);
      if (last?.day === day) return last.found;
      const found = deadlineOn(product, rule, day);
      known.set(product, { day, found });
      return found;
    },
  };
}

function deadlineOn(product: string, rule: FlatByRule, day: TradingDay): Deadline['found'] {
  const found = flatBy(product, day, rule);
  return found.ok ? ok(found.value?.at ?? null) : err(gapOf(found.error));
}

function strikesOf(
  root: string,
  clocks: readonly RuleClock[],
  after: EpochMs,
  upTo: EpochMs,
): Result<readonly Strike[], CalendarGap> {
  if (upTo <= after) return ok([]);
  const strikes: Strike[] = [];
  for (const clock of clocks) {
    const zone = zoneOf(clock);
    const last = civilDayAt(zone, upTo) + 1;
    for (let day = civilDayAt(zone, after) - 1; day <= last; day += 1) {
      const found = strikeOn(root, clock, day);
      if (!found.ok) return found;
      const strike = found.value;
      if (strike !== null && strike.at > after && strike.at <= upTo) strikes.push(strike);
    }
  }
  return ok(strikes.sort(compareStrikes));
}

function strikeOn(root: string, clock: RuleClock, day: number): Found {
  if ('deadline' in clock) return deadlineStrike(root, clock, day);
  return isPeriod(clock) ? ok(periodStrike(clock, day)) : dayStrike(root, clock, day);
}

type DailyClock = Extract<RuleClock, { clock: DayClock }>;
type PeriodClock = Extract<RuleClock, { clock: WeekClock }>;

function isPeriod(clock: DailyClock | PeriodClock): clock is PeriodClock {
  return clock.role === 'week' || clock.role === 'month';
}

function dayStrike(root: string, clock: DailyClock, day: number): Found {
  const { zone, time, days } = clock.clock;
  const at = instantOf(zone, day, time);
  const key = keyOf(clock);
  if (days === 'calendar') {
    const name = dayName(day) as TradingDay;
    return ok({ at, role: clock.role, key, day: name, dayKind: 'full', balance: null });
  }
  const begun = tradingDayOf(at);
  const date = dayNumber(begun);
  // Friday's and Saturday's evening belong to Monday as well, but Monday begins on Sunday.
  if (!date.ok || at < instantOf(CHICAGO, date.value - 1, ROLL_SECONDS)) return ok(null);
  const kind = kindOf(root, begun);
  if (!kind.ok) return kind;
  if (kind.value === null) return ok(null);
  return ok({ at, role: clock.role, key, day: begun, dayKind: kind.value, balance: null });
}

function deadlineStrike(
  root: string,
  clock: Extract<RuleClock, { deadline: FlatByRule }>,
  day: number,
): Found {
  const name = dayName(day) as TradingDay;
  const kind = kindOf(root, name);
  if (!kind.ok) return kind;
  const found = flatBy(root, name, clock.deadline);
  if (!found.ok) return err(gapOf(found.error));
  if (found.value === null || kind.value === null) return ok(null);
  const { at } = found.value;
  return ok({
    at,
    role: clock.role,
    key: keyOf(clock),
    day: name,
    dayKind: kind.value,
    balance: null,
  });
}

function periodStrike(clock: PeriodClock, day: number): Strike | null {
  const { period, zone, time } = clock.clock;
  const isFirst = period === 'week' ? weekdayOf(day) === SUNDAY : dayName(day + 1).endsWith('-01');
  if (!isFirst) return null;
  const at = instantOf(zone, day, time);
  const name = dayName(day + 1) as TradingDay;
  return { at, role: clock.role, key: keyOf(clock), day: name, dayKind: 'full', balance: null };
}

/** Null is a day without trading. */
function kindOf(root: string, day: TradingDay): Result<DayKind | null, CalendarGap> {
  const session = sessionOf(root, day);
  if (!session.ok) return err(gapOf(session.error));
  if (session.value.kind === 'closed') return ok(null);
  return ok(session.value.kind === 'early-close' ? 'half' : 'full');
}

/** A calendar clock names the date it strikes on, a trading clock the trading day. */
function dayAt({ days, zone, time }: DayClock, at: EpochMs): TradingDay {
  if (days === 'trading') return tradingDayOf(at);
  const date = civilDayAt(zone, at);
  return dayName(at < instantOf(zone, date, time) ? date - 1 : date) as TradingDay;
}

function isSkipped(clock: RuleClock, kind: DayKind): boolean {
  return (
    kind === 'half' &&
    'clock' in clock &&
    'skips' in clock.clock &&
    clock.clock.skips.includes('half-day')
  );
}

function zoneOf(clock: RuleClock) {
  if ('clock' in clock) return clock.clock.zone;
  return clock.deadline.kind === 'wall-time' ? clock.deadline.zone : CHICAGO;
}

function gapOf(error: CalendarError): CalendarGap {
  const detail =
    error.code === 'UNKNOWN_PRODUCT'
      ? `no calendar for ${error.root}`
      : error.code === 'OUTSIDE_TABLE'
        ? `${error.date} is outside the calendar`
        : `${error.date} is not a date`;
  return { code: 'CALENDAR_UNKNOWN', detail };
}
