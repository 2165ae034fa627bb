import { ZERO_MONEY, type Money } from '../money/money.ts';
import type { AccountBook, Figures } from './book.ts';
import { isStrikeOf, resetClock, snapshotClock } from './calendar.ts';
import type { ClosedDay, RiskEvent, Strike } from './event.ts';
import { minus, plus } from './exact.ts';
import { balanceAt } from './kinds/module.ts';
import { followRule, renewRule, renewsFrom, snapRule } from './modules.ts';
import type { Rule, Rulebook } from './rule.ts';
import type { RuleState } from './rule-state.ts';

interface Watched {
  readonly book: AccountBook;
  readonly rules: readonly RuleState[];
}

/** The rules after a strike: a boundary without a balance leaves them in doubt until the balance is told. */
export function withMissed(
  rulebook: Rulebook,
  states: readonly RuleState[],
  book: AccountBook,
  strike: Strike,
): readonly RuleState[] {
  const isKnown = balanceAt(book, strike) !== null;
  return states.map((state, index) => {
    const rule = rulebook.rules[index];
    if (rule === undefined) return state;
    const { missed, ...rest } = state;
    const snapshot = snapshotClock(rule);
    if (snapshot !== null) {
      if (isKnown || !isStrikeOf(snapshot, strike)) return state;
      return { ...rest, missed: { since: missed?.since ?? strike.at, strike } };
    }
    const isReset = isStrikeOf(resetClock(rule, rulebook.roll), strike);
    if (renewsFrom(rule) === null || !isReset) return state;
    return isKnown ? rest : { ...rest, missed: { since: strike.at, strike } };
  });
}

/** Takes up the boundaries that were missed, once it is told what the balance was at them. */
export function recovered<C extends Watched>(rulebook: Rulebook, core: C, event: RiskEvent): C {
  if (event.kind === 'nothing-traded') return unbroken(rulebook, core, event.balance);
  return event.kind === 'snapshot-report' ? reported(rulebook, core, event.balance) : core;
}

/** A flat account that nobody traded: all boundaries since its figures were lost had one balance. */
function unbroken<C extends Watched>({ rules }: Rulebook, core: C, balance: Money): C {
  const { lapse, ...book } = core.book;
  if (lapse?.balance !== balance) return core;
  const flat = withFigures(core.book, balance, ZERO_MONEY);
  const states = core.rules.map((state, index) => {
    const rule = rules[index];
    const { missed } = state;
    if (rule === undefined || missed === undefined || missed.strike.at <= lapse.at) return state;
    const strike = { ...missed.strike, balance };
    if (missed.since > lapse.at) return taken(rule, state, flat, strike);
    // A boundary of before stays unknown, whatever is known of this one.
    return { ...state, memory: snapRule(rule, state.memory, flat, strike) };
  });
  const days = book.days.map((day, index) => {
    if (index <= lapse.days) return index === lapse.days ? settled(day, balance) : day;
    return { ...day, net: ZERO_MONEY };
  });
  // A day that was under way already began with what nobody knows.
  const begun = book.days.length > lapse.days ? withCash(book, balance) : null;
  const reference = book.today.reference ?? begun;
  return { ...core, book: { ...book, days, today: { ...book.today, reference } }, rules: states };
}

/**
 * The balance at the end of the last day, as somebody knows it. What was open then is not known, nor what the account
 * has done since.
 */
function reported<C extends Watched>({ rules }: Rulebook, core: C, balance: Money): C {
  const { book } = core;
  const begun = withCash(book, balance);
  const then = withFigures(book, begun, null);
  const states = core.rules.map((state, index) => {
    const rule = rules[index];
    const { missed } = state;
    if (rule === undefined || missed === undefined) return state;
    if (missed.strike.role === 'snapshot') return taken(rule, state, book, missed.strike);
    const isOfDay = missed.strike.role === 'day' && renewsFrom(rule) === 'balance';
    return isOfDay ? taken(rule, state, then, { ...missed.strike, balance: begun }) : state;
  });
  const last = book.days.length - 1;
  const days = book.days.map((day, index) => (index === last ? settled(day, balance) : day));
  const reference = book.today.reference ?? begun;
  return { ...core, book: { ...book, days, today: { ...book.today, reference } }, rules: states };
}

function taken(rule: Rule, state: RuleState, book: AccountBook, strike: Strike): RuleState {
  const { missed: _missed, ...rest } = state;
  const { at, balance } = strike;
  if (strike.role !== 'snapshot') {
    return { ...rest, memory: renewRule(rule, state.memory, book, strike) };
  }
  if (balance === null) return rest;
  const report = { kind: 'snapshot-report', at, balance } as const;
  return { ...rest, memory: followRule(rule, state.memory, book, report) };
}

function settled(day: ClosedDay, balance: Money): ClosedDay {
  if (day.net !== null) return day;
  const { reference, ...rest } = day;
  return reference === undefined ? day : { ...rest, net: minus(balance, reference) };
}

function withCash({ today }: AccountBook, balance: Money): Money {
  return plus(balance, today.cash ?? ZERO_MONEY);
}

/** The account as it stood at a boundary. */
function withFigures(book: AccountBook, balance: Money, open: Money | null): AccountBook {
  const equity = open === null ? null : balance;
  const figures: Figures = {
    ...{ balance, open, equity, high: equity, low: equity, fees: ZERO_MONEY },
    ...{ worstTrade: null, quality: 'fresh', isBounded: false },
  };
  return { ...book, figures };
}
