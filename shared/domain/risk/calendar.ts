import type { EpochMs } from '../../kernel/clock.ts';
import type { Result } from '../../kernel/result.ts';
import type { FlatByRule } from '../session/flat-by.ts';
import type { TradingDay } from '../session/trading-day.ts';
import type { DayKind, Strike } from './event.ts';
import type { DayClock, WeekClock } from './rule-parts.ts';
import type { Rule, Rulebook } from './rule.ts';

/** A clock of a rule together with what it strikes for. */
export type RuleClock =
  | { readonly role: 'snapshot' | 'deadline'; readonly deadline: FlatByRule }
  | { readonly role: 'snapshot' | 'day'; readonly clock: DayClock }
  | { readonly role: 'week' | 'month'; readonly clock: WeekClock };

export type CalendarGap = { readonly code: 'CALENDAR_UNKNOWN'; readonly detail: string };

export interface DayName {
  readonly day: TradingDay;
  readonly kind: DayKind;
}

/** What the engine asks of a calendar. A vector gives its boundaries itself and has a calendar that knows none. */
export interface TradingCalendar {
  /** Strikes after one instant and up to and with another, in order. */
  strikes(
    clocks: readonly RuleClock[],
    after: EpochMs,
    upTo: EpochMs,
  ): Result<readonly Strike[], CalendarGap>;
  /** The next strike of a clock after an instant; null when it is not known. */
  next(clock: RuleClock, after: EpochMs): EpochMs | null;
  /** The trading day of a roll at an instant; null when it is not known. */
  dayOf(roll: DayClock, at: EpochMs): DayName | null;
  /** By when the positions of a root must be closed on the trading day of an instant; null on a day without trading. */
  flatBy(root: string, rule: FlatByRule, at: EpochMs): Result<EpochMs | null, CalendarGap>;
}

export function keyOf(clock: RuleClock): string {
  return JSON.stringify(clock);
}

/** The clock that ends a rule's lock and renews its reference. Rules without an own one follow the roll. */
export function resetClock(rule: Rule, roll: DayClock): RuleClock {
  if (!('reset' in rule)) return { role: 'day', clock: roll };
  const { reset } = rule;
  return 'period' in reset ? { role: reset.period, clock: reset } : { role: 'day', clock: reset };
}

export function snapshotClock(rule: Rule): RuleClock | null {
  if (rule.kind !== 'end-of-day-trailing') return null;
  const { snapshot } = rule;
  return snapshot.kind === 'deadline'
    ? { role: 'snapshot', deadline: snapshot.deadline }
    : { role: 'snapshot', clock: snapshot.clock };
}

/** The clock at which the account has to be flat. What is held then is judged although nothing happens. */
function deadlineClock(rule: Rule): RuleClock | null {
  return rule.kind === 'flat-by' ? { role: 'deadline', deadline: rule.deadline } : null;
}

/** A rulebook's list is made once: calendars remember by the list what they have looked up. */
const lists = new WeakMap<Rulebook, readonly RuleClock[]>();

/** Every clock of a rulebook once, the roll among them. */
export function clocksOf(rulebook: Rulebook): readonly RuleClock[] {
  const known = lists.get(rulebook);
  if (known !== undefined) return known;
  const list = listClocks(rulebook);
  lists.set(rulebook, list);
  return list;
}

function listClocks({ roll, rules }: Rulebook): readonly RuleClock[] {
  const all = new Map<string, RuleClock>();
  const add = (clock: RuleClock | null) => {
    if (clock !== null) all.set(keyOf(clock), clock);
  };
  add({ role: 'day', clock: roll });
  for (const rule of rules) {
    add(resetClock(rule, roll));
    add(snapshotClock(rule));
    add(deadlineClock(rule));
  }
  return [...all.values()];
}

/** Whether a strike is one of this clock. */
export function isStrikeOf(clock: RuleClock, strike: Strike): boolean {
  if (strike.role !== clock.role) return false;
  const skips = 'clock' in clock && 'skips' in clock.clock ? clock.clock.skips : [];
  if (strike.dayKind === 'half' && skips.includes('half-day')) return false;
  return strike.key === null || strike.key === keyOf(clock);
}
