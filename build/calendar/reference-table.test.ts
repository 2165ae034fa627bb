import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dayName, weekdayOf } from '../../shared/domain/session/civil-day.ts';
import { calendarRoots } from '../../shared/domain/session/products.ts';
import { sessionOf } from '../../shared/domain/session/session.ts';
import type { TradingDay } from '../../shared/domain/session/trading-day.ts';
import { checkout } from '../bootstrap/checkout.ts';

const FILE = join(checkout, '..', 'shared', 'data', 'calendar', 'cme-futures-hours.json');
const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2013, 0, 1) / DAY_MS;
const END = Date.UTC(2028, 0, 1) / DAY_MS;
const WEEK = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
const MIDNIGHT = '24:00';

interface Segment {
  readonly start: string;
  readonly end: string;
}

/** The reference table's row of one product; dates are M/D/YYYY, times are on the wall clock of its zone. */
type Row = Readonly<Record<(typeof WEEK)[number], readonly Segment[]>> & {
  readonly exchangeTimeZone: string;
  readonly holidays: readonly string[];
  readonly earlyCloses: Readonly<Record<string, string>>;
  readonly lateOpens: Readonly<Record<string, string>>;
};

function readReference(skip: (note: string) => void): Readonly<Record<string, Row>> {
  if (!existsSync(FILE)) {
    console.warn(
      `Not found: ${FILE}. The exchange calendar is NOT compared with the reference table.`,
    );
    skip(`no ${FILE}`);
  }
  return JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Row>;
}

/** What a row says of one calendar date: times of trading as "HH:MM-HH:MM", adjacent ones joined. */
function listedOn(row: Row, day: number): string {
  const [year, month, date] = dayName(day).split('-').map(Number);
  const key = `${month}/${date}/${year}`;
  if (row.holidays.includes(key)) return '';
  const segments = row[WEEK[weekdayOf(day)]!].map(({ start, end }): [string, string] => [
    start.slice(0, 5),
    end.startsWith('1.') ? MIDNIGHT : end.slice(0, 5),
  ]);
  const early = row.earlyCloses[key]?.slice(0, 5);
  const late = row.lateOpens[key]?.slice(0, 5);
  if (early === undefined && late === undefined) return joined(segments);
  const untilEarly =
    early === undefined ? [] : segments.map(([s, e]) => [s, e < early ? e : early]);
  const fromLate = late === undefined ? [] : segments.map(([s, e]) => [s > late ? s : late, e]);
  const cut = [...untilEarly, ...fromLate] as [string, string][];
  return joined(cut.filter(([start, end]) => start < end));
}

function joined(segments: readonly [string, string][]): string {
  const spans: [string, string][] = [];
  for (const [start, end] of segments) {
    const last = spans.at(-1);
    if (last?.[1] === start) last[1] = end;
    else spans.push([start, end]);
  }
  return spans.map((span) => span.join('-')).join(' ');
}

/** What the product's calendar says, cut at the midnights of the row's zone. */
function calendarOf(root: string, zone: string): ReadonlyMap<string, string> {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const dates = new Map<string, [string, string][]>();
  const add = (date: string, start: string, end: string) => {
    if (start !== end) dates.set(date, [...(dates.get(date) ?? []), [start, end]]);
  };
  for (let day = FIRST; day < END; day += 1) {
    const session = sessionOf(root, dayName(day) as TradingDay);
    if (!session.ok) throw new Error(session.error.code);
    const { span } = session.value;
    if (span === null) continue;
    const [openDate = '', opens = ''] = clock.format(span.opensAt).split(' ');
    const [closeDate = '', closes = ''] = clock.format(span.closesAt).split(' ');
    if (openDate === closeDate) add(openDate, opens, closes);
    else {
      add(openDate, opens, MIDNIGHT);
      add(closeDate, '00:00', closes);
    }
  }
  return new Map([...dates].map(([date, spans]) => [date, joined(spans)]));
}

describe('with the reference table', () => {
  it('knows the same products', ({ skip }) => {
    expect([...calendarRoots].toSorted()).toEqual(Object.keys(readReference(skip)).toSorted());
  });

  it('agrees on every product and day from 2013 to 2027', ({ skip }) => {
    const disagreements: string[] = [];
    let compared = 0;
    for (const [root, row] of Object.entries(readReference(skip))) {
      const calendar = calendarOf(root, row.exchangeTimeZone);
      for (let day = FIRST; day < END; day += 1) {
        const [ours, theirs] = [calendar.get(dayName(day)) ?? '', listedOn(row, day)];
        if (ours !== theirs)
          disagreements.push(`${root} ${dayName(day)}: "${ours}", not "${theirs}"`);
        compared += 1;
      }
    }
    expect(disagreements).toEqual([]);
    expect(compared).toBe(25 * 5_478);
  });
});
