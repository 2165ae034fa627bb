import type { Money } from '../../shared/domain/money/money.ts';
import type { AccountBook } from '../../shared/domain/risk/book.ts';
import { openAccount, type Opening, type RiskRules } from '../../shared/domain/risk/engine.ts';
import type { Rule } from '../../shared/domain/risk/rule.ts';
import type { RuleState } from '../../shared/domain/risk/rule-state.ts';
import { isSame } from '../../shared/protocol/rule-pack/canonical.ts';
import type { RulesInForce } from './rules-in-force.ts';

/** A rule as it was before other rules were chosen. */
export interface KnownRule {
  readonly rule: Rule;
  readonly state: RuleState;
}

/**
 * The state of a firm's rule among other rules of an account, `known` is the one with the same name before. A rule that
 * is the same goes on. Another one begins anew: a floor or a failure by other figures is none of its own. What is a fact
 * of the account is kept: the peak, where it is counted alike and from the same balance, and what a day is counted from.
 */
export function carriedRule(
  to: RulesInForce,
  rule: Rule,
  known: KnownRule | null,
  book: AccountBook,
): RuleState | null {
  if (known !== null && isSameRule(known.rule, rule)) return known.state;
  const { terms } = to.assigned;
  const told = isTrailing(rule) ? terms.peak : null;
  const peak = peakOf(rule, known);
  const highest = told === null || peak === null ? (told ?? peak?.peak) : higher(told, peak.peak);
  const reference = referenceOf(to.engine, rule, known, book);
  const isFresh = terms.isFresh && isUntouched(book);
  const opening: Opening = {
    ...{ at: book.at, isFresh, dayReference: book.today.reference },
    balance: isFresh ? to.start : book.figures.balance,
    peaks: highest === undefined ? {} : { [rule.id]: highest },
    references: reference === null ? {} : { [rule.id]: reference },
    isDayWhole: book.today.reference !== null && book.today.fills === 0,
  };
  const { rulebook } = to.engine;
  const alone = { ...to.engine, rulebook: { ...rulebook, rules: [rule] } };
  const [opened] = openAccount(alone, opening).rules;
  if (opened === undefined) return null;
  // Entries that were locked stay so until the lock's own end.
  const state = { ...opened, lock: known?.state.lock ?? null };
  return peak === null || told !== null ? state : inDoubtAs(state, peak, known);
}

/** A peak that was only a lower bound is one still. */
function inDoubtAs(state: RuleState, peak: Peak, known: KnownRule | null): RuleState {
  const { isPeakKnown, isMissed } = peak;
  const memory = { ...state.memory, isPeakKnown, isMissed } as RuleState['memory'];
  const missed = known?.state.missed;
  return { ...state, memory, ...(missed !== undefined && { missed }) };
}

interface Peak {
  readonly peak: Money;
  readonly isPeakKnown: boolean;
  readonly isMissed: boolean;
}

/** The peak that the account has had, where the other rule counts it alike; null without. */
function peakOf(rule: Rule, known: KnownRule | null): Peak | null {
  if (known === null || !isTrailing(rule) || !isTrailing(known.rule)) return null;
  const { memory } = known.state;
  if (memory === null || !('isPeakKnown' in memory)) return null;
  return isSame(basisOf(rule), basisOf(known.rule)) ? memory : null;
}

type Trailing = Extract<Rule, { kind: 'intraday-trailing' | 'end-of-day-trailing' }>;

function isTrailing(rule: Rule): rule is Trailing {
  return rule.kind === 'intraday-trailing' || rule.kind === 'end-of-day-trailing';
}

function basisOf(rule: Trailing) {
  const { kind, start } = rule;
  const basis = rule.kind === 'intraday-trailing' ? rule.peakBasis : rule.snapshot;
  return { kind, start, basis };
}

/** What the running day of a limit of the day is counted from; null is unknown. */
function referenceOf(
  { rulebook }: RiskRules,
  rule: Rule,
  known: KnownRule | null,
  { today }: AccountBook,
): Money | null {
  if (rule.kind === 'adverse-excursion') {
    return isSame(rule.reset, rulebook.roll) ? today.reference : null;
  }
  if (rule.kind !== 'daily-loss') return null;
  if (known?.rule.kind === 'daily-loss' && isSame(clockOf(known.rule), clockOf(rule))) {
    const { memory } = known.state;
    return memory !== null && 'limit' in memory && 'reference' in memory ? memory.reference : null;
  }
  const isOfDay = rule.reference === 'balance' && isSame(rule.reset, rulebook.roll);
  return isOfDay ? today.reference : null;
}

function clockOf({ reset, reference }: Extract<Rule, { kind: 'daily-loss' }>) {
  return { reset, reference };
}

/** Where its figures come from is no part of a rule. */
function isSameRule({ source: _was, ...a }: Rule, { source: _is, ...b }: Rule): boolean {
  return isSame(a, b);
}

/** Nothing was traded since the desk began to watch, and nothing before. */
function isUntouched({ days, today, isHistoryKnown }: AccountBook): boolean {
  return isHistoryKnown && today.fills === 0 && days.every(({ fills }) => fills === 0);
}

function higher(a: Money, b: Money): Money {
  return a > b ? a : b;
}
