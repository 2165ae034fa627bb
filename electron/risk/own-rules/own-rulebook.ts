import type { OwnRule } from '../../../shared/domain/risk/own-rule.ts';
import type { Rule, Rulebook } from '../../../shared/domain/risk/rule.ts';
import type { PackRulebook } from '../pack-rules/rulebook.ts';
import type { RuleGap } from '../pack-rules/terms.ts';
import { ownRuleOf } from './own-rule-text.ts';

interface WholeBook {
  readonly book: Rulebook;
  readonly gaps: readonly RuleGap[];
}

/** The firm's rules and the trader's own after them. One that cannot be read leaves a gap: the account is unknown. */
export function withOwnRules({ book, gaps }: PackRulebook, own: readonly OwnRule[]): WholeBook {
  if (own.length === 0) return { book, gaps };
  const rules: Rule[] = [];
  const unread: RuleGap[] = [];
  for (const text of own) {
    const read = ownRuleOf(text, book.roll);
    if (read.ok) rules.push(read.value);
    else
      unread.push({ path: text.id, kind: 'unknown', sentence: `It cannot be read: ${read.error}` });
  }
  return { book: { ...book, rules: [...book.rules, ...rules] }, gaps: [...gaps, ...unread] };
}
