import { isOwnRule } from '../rule-parts.ts';
import type { RuleSummary } from './account-reading.ts';
import { isUsable } from './figure-trust.ts';
import { stepRank } from './own-ladder.ts';
import type { EntryGate, EntryReason } from './outcome.ts';
import { ownLimits, rulesInForce } from './rule-judging.ts';
import type { Turn } from './turn.ts';

/** Whether entries are free now. Whatever is not known holds them. */
export function entryGate(turn: Turn): EntryGate {
  const { state, permission } = turn;
  const reasons = [...figureReasons(turn), ...ruleReasons(turn)];
  if (!state.isRestored) reasons.unshift('NOT_RESTORED');
  if (state.book.locks.length > 0) {
    return { state: 'locked', reasons: ['LOCKED', ...reasons], isEnforced: permission.holdLocks };
  }
  const isEnforced = permission.lockEntries;
  return { state: reasons.length > 0 ? 'held' : 'open', reasons, isEnforced };
}

function figureReasons({ state }: Turn): EntryReason[] {
  if (state.figure.kind === 'suspect') return ['FIGURE_SUSPECT'];
  return isUsable(state.figure) ? [] : ['FIGURE_UNKNOWN'];
}

function ruleReasons({ state, settings }: Turn): EntryReason[] {
  const rules = rulesInForce(state);
  if (rules === null || rules.length === 0) return ['NOT_JUDGED'];
  const reasons: EntryReason[] = [];
  if (Object.values(state.steps).some((step) => stepRank(step) >= stepRank('critical'))) {
    reasons.push('CRITICAL');
  }
  const own = ownLimits(state, settings);
  if (own.some(({ kind }) => kind === 'unknown')) reasons.push('LIMIT_UNKNOWN');
  if (rules.some(isDoubt)) reasons.push('RULE_UNKNOWN');
  if (rules.some(({ closesEntries }) => closesEntries)) reasons.push('RULE_CLOSES');
  return reasons;
}

/** A rule of the trader's own that only warns holds nothing up. */
function isDoubt({ rule, effect, severity }: RuleSummary): boolean {
  return severity === 'unknown' && !(isOwnRule(rule) && effect === 'warn');
}
