import type { EpochMs } from '../../../kernel/clock.ts';
import { DAY_MS, weekdayOf } from '../../session/civil-day.ts';
import { tradingDateOf } from '../../session/trading-day.ts';
import { CHICAGO, civilDayAt, instantOf, offsetAt } from '../../session/zone.ts';
import type { AccountBook } from '../book.ts';
import type { FlatByDeadlineRule, NewsWindowRule, TradingWindowRule } from '../rule.ts';
import { count, flag, type Severity } from '../verdict.ts';
import { noMemory, type NoMemory, type RuleModule } from './module.ts';

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
/** The exchange's trading day rolls at 17:00 in Chicago. */
const ROLL_SECONDS = 17 * 3_600;
/** Minutes before a deadline at which the severities begin. */
const WARNINGS: readonly (readonly [number, Severity])[] = [
  [1, 'critical'],
  [5, 'warning'],
  [15, 'notice'],
];

/** Entries within the hours that the rule names. */
export const tradingWindow: RuleModule<TradingWindowRule, NoMemory> = {
  start: noMemory,
  judge(rule, _memory, { book }) {
    const isOpen = rule.spans.some((span) => isWithin(rule, span, book.at));
    return {
      severity: isOpen ? 'ok' : 'notice',
      unit: 'instant',
      limit: null,
      used: book.at,
      left: null,
      basis: 'hours for entries',
      reason: isOpen ? 'Entries are allowed at this time.' : 'No entries at this time.',
      readings: { open: flag(isOpen) },
      closesEntries: !isOpen,
      until: isOpen ? null : nextStart(rule, book.at),
    };
  },
};

type Span = TradingWindowRule['spans'][number];

function isWithin({ zone }: TradingWindowRule, span: Span, at: EpochMs): boolean {
  const seconds = Math.floor((at + offsetAt(zone, at)) / SECOND_MS) % (DAY_MS / SECOND_MS);
  const weekday = weekdayOf(civilDayAt(zone, at));
  const isOn = (day: number) => span.weekdays.includes((day + 7) % 7);
  if (span.from <= span.to) return isOn(weekday) && seconds >= span.from && seconds < span.to;
  return (isOn(weekday) && seconds >= span.from) || (isOn(weekday - 1) && seconds < span.to);
}

function nextStart({ zone, spans }: TradingWindowRule, at: EpochMs): EpochMs | null {
  const today = civilDayAt(zone, at);
  const starts = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((ahead) =>
    spans
      .filter(({ weekdays }) => weekdays.includes(weekdayOf(today + ahead)))
      .map(({ from }) => instantOf(zone, today + ahead, from))
      .filter((start) => start > at),
  );
  return starts.length === 0 ? null : (Math.min(...starts) as EpochMs);
}

/** Flat before the deadline of each product held, warned 15, 5 and 1 minutes ahead. */
export const flatBy: RuleModule<FlatByDeadlineRule, NoMemory> = {
  start: noMemory,
  judge(rule, _memory, { book, calendar, rulebook }) {
    const { positions, at } = book;
    const basis = 'time by which everything is closed';
    const shape = { unit: 'instant', basis } as const;
    const roots = rootsOf(book, rule.includesOrders);
    const asked = roots === null || roots.length === 0 ? [rulebook.calendarRoot] : roots;
    const deadlines: EpochMs[] = [];
    for (const root of asked) {
      const found = calendar.flatBy(root, rule.deadline, at);
      if (!found.ok) {
        const reason = `The deadline is not known: ${found.error.detail}.`;
        const none = { limit: null, used: at, left: null, readings: {} };
        return { ...shape, ...none, severity: 'unknown', reason };
      }
      if (found.value !== null) deadlines.push(found.value);
    }
    if (deadlines.length === 0) {
      const none = { limit: null, used: at, left: null, readings: {} };
      return { ...shape, ...none, severity: 'ok', reason: 'There is no trading on this day.' };
    }
    const deadline = Math.min(...deadlines) as EpochMs;
    const left = Math.max(0, deadline - at);
    const isExposed = positions === null ? null : (roots?.length ?? 0) > 0;
    const readings = {
      deadline: { unit: 'instant', value: deadline },
      left: { unit: 'ms', value: left },
      exposed: flag(isExposed),
    } as const;
    return {
      ...shape,
      limit: deadline,
      used: at,
      left,
      readings,
      severity: bySchedule(left, isExposed),
      reason: wordsOf(left, isExposed),
      closesEntries: left === 0,
      until: left === 0 ? dayEnd(at) : null,
    };
  },
};

/** When the trading day of an instant is over, and with it what its deadline closed. */
function dayEnd(at: EpochMs): EpochMs {
  return instantOf(CHICAGO, tradingDateOf(at), ROLL_SECONDS);
}

function bySchedule(left: number, isExposed: boolean | null): Severity {
  if (isExposed === null) return 'unknown';
  if (!isExposed) return 'ok';
  if (left === 0) return 'breach';
  const step = WARNINGS.find(([minutes]) => left <= minutes * MINUTE_MS);
  return step === undefined ? 'ok' : step[1];
}

function wordsOf(left: number, isExposed: boolean | null): string {
  if (isExposed === null) return 'Positions are not known.';
  if (!isExposed) return 'The account is flat.';
  return left === 0 ? 'A position is open after the deadline.' : 'A position is open.';
}

function rootsOf({ positions, orders }: AccountBook, withOrders: boolean): string[] | null {
  if (positions === null) return null;
  const held = positions.filter(({ quantity }) => quantity !== 0);
  const all = withOrders ? [...held, ...orders] : held;
  return [...new Set(all.map(({ root }) => root))].sort();
}

/** Around the releases of the imported calendar: no entries, or nothing open at all. */
export const newsWindow: RuleModule<NewsWindowRule, NoMemory> = {
  start: noMemory,
  judge(rule, _memory, { book }) {
    const shape = { unit: 'instant', limit: null, used: book.at, left: null } as const;
    const told = { ...shape, basis: 'time around news releases' };
    if (book.releases === null) {
      const reason = 'No news calendar was imported for this day.';
      return { ...told, severity: 'unknown', reason, readings: {} };
    }
    const active = book.releases.filter(
      (release) =>
        rule.classes.includes(release.class) &&
        book.at >= release.at - rule.before &&
        book.at <= release.at + rule.after,
    );
    const readings = { releases: count(active.length) };
    if (active.length === 0) {
      return { ...told, severity: 'ok', reason: 'No release is near.', readings };
    }
    const until = (Math.max(...active.map(({ at }) => at)) + rule.after + 1) as EpochMs;
    const name = active.map((release) => release.name).join(', ');
    const roots = book.figures.quality === 'stale' ? null : rootsOf(book, true);
    const concerned = roots?.filter((root) => rule.roots.length === 0 || rule.roots.includes(root));
    const closed = { ...told, readings, closesEntries: true, until };
    if (rule.demands === 'no-entries') {
      return { ...closed, severity: 'notice', reason: `No entries around ${name}.` };
    }
    if (concerned === undefined) {
      return { ...closed, severity: 'unknown', reason: 'Positions are not known.' };
    }
    return concerned.length > 0
      ? { ...closed, severity: 'breach', reason: `Nothing may be open around ${name}.` }
      : { ...closed, severity: 'notice', reason: `Nothing may be opened around ${name}.` };
  },
};
