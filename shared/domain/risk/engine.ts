import type { EpochMs } from '../../kernel/clock.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { ZERO_MONEY, type Money } from '../money/money.ts';
import { applyToBook, emptyBook, newDay, rollDay, withBalance, type AccountBook } from './book.ts';
import {
  clocksOf,
  isStrikeOf,
  resetClock,
  snapshotClock,
  type TradingCalendar,
} from './calendar.ts';
import { isOfMove } from './cash-moves.ts';
import { checkEvent, type EventError } from './event-check.ts';
import { withEvent, type RiskEvent, type Strike } from './event.ts';
import type { Beginning, Scene } from './kinds/module.ts';
import { minus } from './exact.ts';
import { followRule, renewRule, renewsFrom, snapRule, startRule, type Memory } from './modules.ts';
import { recovered, withMissed } from './recovery.ts';
import { expire, latch, verdictOf, type Missed, type RuleState } from './rule-state.ts';
import type { Rule, Rulebook } from './rule.ts';
import type { TradingDay } from '../session/trading-day.ts';
import type { Judgement, Ladder, Verdict } from './verdict.ts';

/** A run that a reset of the account has ended. */
export interface PastRun {
  readonly endedAt: EpochMs;
  readonly balance: Money | null;
  /** The rules by which it had failed. */
  readonly failedBy: readonly string[];
}

interface Core {
  readonly book: AccountBook;
  /** In the rulebook's order. */
  readonly rules: readonly RuleState[];
  readonly runs: readonly PastRun[];
}

/** Everything the engine knows of one account: plain data. */
export interface RiskState extends Core {
  /**
   * The events of the last instant and the state before them: an event of the same instant is put in its place, unless
   * its turn says that it came after them.
   */
  readonly before: Core;
  readonly instant: readonly RiskEvent[];
}

/** What an evaluation needs beside state and event. */
export interface RiskRules {
  readonly rulebook: Rulebook;
  readonly calendar: TradingCalendar;
  readonly ladder: Ladder;
}

export interface Opening extends Beginning {
  readonly at: EpochMs;
  readonly balance: Money | null;
  /** The balance at the beginning of the running day; null takes `balance` of a fresh account, else it is unknown. */
  readonly dayReference: Money | null;
}

export interface Outcome {
  readonly state: RiskState;
  /** In the rulebook's order. */
  readonly verdicts: readonly Verdict[];
}

export type RiskError =
  /** An event lies before one that was already taken. */
  { readonly code: 'OUT_OF_ORDER'; readonly at: EpochMs } | EventError;

interface Taken {
  readonly core: Core;
  readonly judgements: readonly Judgement[];
}

/** The state of an account that begins to be watched. */
export function openAccount({ rulebook, calendar }: RiskRules, opening: Opening): RiskState {
  const { at, balance, isFresh } = opening;
  const named = calendar.dayOf(rulebook.roll, at);
  const reference = opening.dayReference ?? (isFresh ? balance : null);
  const today = newDay(named?.day ?? '', named?.kind ?? 'full', reference);
  const book = emptyBook(at, balance, today, isFresh);
  const core: Core = { book, rules: startRules(rulebook, opening, book), runs: [] };
  return { ...core, before: core, instant: [] };
}

/** The verdicts of a state as it stands. */
export function verdictsOf(rules: RiskRules, state: RiskState): readonly Verdict[] {
  return verdictsFrom(rules, latchAll(rules, state));
}

/**
 * Takes one event: boundaries that are due, the event, peaks and floors, hard and soft rules.
 * Total: what cannot be taken changes nothing and is named.
 */
export function step(
  rules: RiskRules,
  state: RiskState,
  event: RiskEvent,
): Result<Outcome, RiskError> {
  const checked = checkEvent(event);
  if (!checked.ok) return checked;
  const { at } = state.book;
  const last = state.instant.at(-1)?.turn ?? 0;
  const isSame = event.at === at && state.instant.length > 0;
  const isEarlier = isSame && (event.turn ?? 0) < last;
  if (event.at < at || isEarlier) return err({ code: 'OUT_OF_ORDER', at: event.at });
  if (isSame && (event.turn ?? 0) === last) return ok(takeFurther(rules, state, event));
  const before: Core = { book: state.book, rules: state.rules, runs: state.runs };
  const taken = takeOne(rules, takeStrikes(rules, before, event.at), event, false);
  return ok(outcomeOf(rules, taken, before, [event]));
}

/** A further event of the last instant. Where others come after it, the instant is taken again in its order. */
function takeFurther(rules: RiskRules, state: RiskState, event: RiskEvent): Outcome {
  const { book, before, runs } = state;
  const instant = withEvent(state.instant, event);
  const isCrowded = countMarks(instant) > 1;
  const isLast = instant.at(-1) === event && isCrowded === countMarks(state.instant) > 1;
  const core: Core = { book, rules: state.rules, runs };
  const begun = isLast ? { core, judgements: [] } : takeStrikes(rules, before, event.at);
  const taken = (isLast ? [event] : instant).reduce<Taken>(
    (soFar, one) => takeOne(rules, soFar, one, isCrowded),
    begun,
  );
  return outcomeOf(rules, taken, before, instant);
}

function takeOne(rules: RiskRules, taken: Taken, event: RiskEvent, isCrowded: boolean): Taken {
  return event.kind === 'clock'
    ? takeClock(rules, taken, event)
    : takeEvent(rules, taken, event, isCrowded);
}

function outcomeOf(
  rules: RiskRules,
  taken: Taken,
  before: Core,
  instant: readonly RiskEvent[],
): Outcome {
  const { book, rules: states, runs } = taken.core;
  const state: RiskState = { book, rules: states, runs, before, instant };
  return { state, verdicts: verdictsFrom(rules, taken) };
}

/** The rules of an account that begins to be watched, in the rulebook's order. */
export function startRules(
  rulebook: Rulebook,
  beginning: Beginning,
  book: AccountBook,
): readonly RuleState[] {
  return rulebook.rules.map((rule) => ({
    memory: startRule(rule, beginning, book),
    lock: null,
    failure: null,
    isWaived: false,
    ...(missesDay(rulebook, rule, beginning) && { missed: beforeTheDesk(book) }),
  }));
}

/** The day of a running account began before the desk watched. */
function missesDay({ roll }: Rulebook, rule: Rule, { isFresh, references }: Beginning): boolean {
  const isOfDay = renewsFrom(rule) === 'balance' && resetClock(rule, roll).role === 'day';
  return isOfDay && !isFresh && references[rule.id] === undefined;
}

function beforeTheDesk({ at, today }: AccountBook): Missed {
  const day = today.day as TradingDay;
  const strike: Strike = {
    ...{ at, role: 'day', key: null, day, dayKind: today.kind, balance: null },
  };
  return { since: at, strike };
}

function takeStrikes(rules: RiskRules, core: Core, upTo: EpochMs): Taken {
  const { rulebook, calendar } = rules;
  const due = calendar.strikes(clocksOf(rulebook), core.book.at, upTo);
  if (!due.ok) {
    return { core: { ...core, book: { ...core.book, gap: due.error.detail } }, judgements: [] };
  }
  return due.value.reduce<Taken>((taken, strike) => takeStrike(rules, taken, strike), {
    core,
    judgements: [],
  });
}

function takeClock(
  rules: RiskRules,
  taken: Taken,
  { at, role, day, dayKind, balance }: Extract<RiskEvent, { kind: 'clock' }>,
): Taken {
  const strike: Strike = { at, role, key: null, day: day as TradingDay, dayKind, balance };
  return takeStrike(rules, taken, strike);
}

function takeStrike(rules: RiskRules, { core }: Taken, strike: Strike): Taken {
  const { rulebook } = rules;
  const { book: before } = core;
  const book = strike.balance === null ? before : withBalance(before, strike.balance);
  const states = core.rules.map((state, index) => {
    const rule = rulebook.rules[index];
    if (rule === undefined) return state;
    const snapshot = snapshotClock(rule);
    const isSnap = snapshot !== null && isStrikeOf(snapshot, strike);
    const snapped = isSnap ? snapRule(rule, state.memory, book, strike) : state.memory;
    if (!isStrikeOf(resetClock(rule, rulebook.roll), strike)) return { ...state, memory: snapped };
    const memory = renewRule(rule, snapped, book, strike);
    const lock = state.lock?.isTimed === true ? state.lock : null;
    return { ...state, memory, lock, isWaived: false, renewedAt: strike.at };
  });
  const marked = withMissed(rulebook, states, book, strike);
  const isRoll = isStrikeOf({ role: 'day', clock: rulebook.roll }, strike);
  const rolled = isRoll ? rollDay(book, strike) : { ...book, at: strike.at };
  return latchAll(rules, { ...core, book: rolled, rules: marked });
}

function takeEvent(rules: RiskRules, { core }: Taken, given: RiskEvent, isCrowded: boolean): Taken {
  const event = meant(core.book, given);
  if (event.kind === 'restart') return latchAll(rules, restarted(rules, core, event));
  const applied = applyToBook(core.book, event);
  const { figures } = applied;
  const book = isCrowded ? { ...applied, figures: { ...figures, isBounded: true } } : applied;
  const states = core.rules.map((state, index) => {
    const rule = rules.rulebook.rules[index];
    if (rule === undefined) return state;
    const current = expire(state, book.at);
    const memory = followed(rule, current, book, event);
    const next = memory === current.memory ? current : { ...current, memory };
    const isUnlocked = event.kind === 'unlock' && event.isPermitted && event.rule === rule.id;
    return isUnlocked ? { ...next, lock: null, isWaived: true, waivedAt: book.at } : next;
  });
  return latchAll(rules, recovered(rules.rulebook, { ...core, book, rules: states }, event));
}

/** A word about cash that never moved says nothing. */
function meant(book: AccountBook, event: RiskEvent): RiskEvent {
  const isWord = event.kind === 'cash-named' || event.kind === 'cash-withdrawn';
  return isWord && !isOfMove(book, event) ? { kind: 'tick', at: event.at } : event;
}

/** What was no cash goes back out of every reference that has not begun anew since. */
function followed(rule: Rule, state: RuleState, book: AccountBook, event: RiskEvent): Memory {
  const memory = followRule(rule, state.memory, book, event);
  if (event.kind !== 'cash-withdrawn' || (state.renewedAt ?? 0) > event.movedAt) return memory;
  const amount = minus(ZERO_MONEY, event.amount);
  const back = { kind: 'cash', at: event.at, reason: 'adjustment', amount, balance: null } as const;
  return followRule(rule, memory, book, back);
}

/** A new run after the firm's reset. What the trader was locked out of stays locked. */
function restarted(
  { rulebook }: RiskRules,
  core: Core,
  event: Extract<RiskEvent, { kind: 'restart' }>,
): Core {
  const book = applyToBook(core.book, event);
  const fresh: Beginning = { isFresh: true, peaks: {}, references: {} };
  const started = startRules(rulebook, fresh, book);
  const run: PastRun = {
    endedAt: event.at,
    balance: core.book.figures.balance,
    failedBy: rulebook.rules
      .filter((_, index) => (core.rules[index]?.failure ?? null) !== null)
      .map(({ id }) => id),
  };
  const states = started.map((state, index) => ({
    ...state,
    lock: core.rules[index]?.lock ?? null,
  }));
  return { book, rules: states, runs: [...core.runs, run] };
}

function latchAll(rules: RiskRules, core: Core): Taken {
  const scene: Scene = { ...rules, book: core.book };
  const judgements: Judgement[] = [];
  const states = core.rules.map((state, index) => {
    const rule = rules.rulebook.rules[index];
    if (rule === undefined) return state;
    const latched = latch(rule, state, scene);
    judgements.push(latched.judgement);
    return latched.state;
  });
  return { core: { ...core, rules: states }, judgements };
}

function verdictsFrom({ rulebook }: RiskRules, { core, judgements }: Taken): readonly Verdict[] {
  return rulebook.rules.flatMap((rule, index) => {
    const [state, judgement] = [core.rules[index], judgements[index]];
    return state === undefined || judgement === undefined
      ? []
      : [verdictOf(rule, state, judgement, core.book)];
  });
}

/** Different marks of one instant: their order is not known. */
function countMarks(events: readonly RiskEvent[]): number {
  const marks = events.filter(({ kind }) => kind === 'mark');
  return marks.length < 2 ? marks.length : new Set(marks.map((one) => JSON.stringify(one))).size;
}
