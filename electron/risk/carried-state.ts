import type { RiskState } from '../../shared/domain/risk/engine.ts';
import { changedRule, joinedRule } from '../../shared/domain/risk/joined-rule.ts';
import { isOwnRule } from '../../shared/domain/risk/rule-parts.ts';
import type { Rule } from '../../shared/domain/risk/rule.ts';
import type { RuleState } from '../../shared/domain/risk/rule-state.ts';
import { isSame } from '../../shared/protocol/rule-pack/canonical.ts';
import type { AccountEngine } from './account-engine.ts';
import { carriedRule } from './carried-rule.ts';
import type { RulesInForce } from './rules-in-force.ts';

/**
 * What the account has done stays known; each rule takes what is its own of what the rules before remember. A rule of
 * the trader's own that is new or another one goes on from what is known of the day.
 */
export function carriedOver(to: RulesInForce, before: AccountEngine): RiskState {
  const { rulebook } = to.engine;
  const was = before.state();
  const old = before.rules.engine.rulebook.rules;
  const stateOf = (rule: Rule): RuleState | null => {
    const at = old.findIndex(({ id, kind }) => id === rule.id && kind === rule.kind);
    const [known, state] = [old[at], was.rules[at]];
    const isKnown = known !== undefined && state !== undefined;
    if (!isOwnRule(rule.id)) {
      return carriedRule(to, rule, isKnown ? { rule: known, state } : null, was.book);
    }
    if (!isKnown) return joinedRule(rulebook, rule, was.book);
    if (isSame(known, rule)) return state;
    return changedRule(rulebook, { next: rule, before: known }, state, was.book);
  };
  const rules = rulebook.rules.map(stateOf).filter((state) => state !== null);
  const core = { book: was.book, rules, runs: was.runs };
  return { ...core, before: core, instant: [] };
}
