import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import type { Rulebook } from '../../../shared/domain/risk/rule.ts';
import type { RulePack, Template } from '../../../shared/protocol/rule-pack/template.ts';
import type { Rules } from '../../../shared/protocol/rule-pack/rules.ts';
import { conductRules } from './conduct-rules.ts';
import { dailyRules } from './daily-rules.ts';
import { floorRules } from './floor-rules.ts';
import { hourRules } from './hour-rules.ts';
import { profitRules } from './profit-rules.ts';
import { sizeRules } from './size-rules.ts';
import { clockOf, joined, moneyOf, type RuleGap, type Terms } from './terms.ts';

export interface PackRulebook {
  readonly book: Rulebook;
  /** What the book does not hold. */
  readonly gaps: readonly RuleGap[];
}

export interface RulebookTerms {
  readonly template: Template;
  readonly sources: RulePack['sources'];
  /** The template's rules with the trader's overrides. */
  readonly rules: Rules;
  /** Root symbol whose exchange calendar names the trading days. */
  readonly calendarRoot: string;
  readonly hasDailyLimit: boolean;
}

export type RulebookError = { readonly code: 'START_UNKNOWN' };

/** Turns a template into the rules that the engine evaluates; without a start balance no floor has a place. */
export function rulebookOf(given: RulebookTerms): Result<PackRulebook, RulebookError> {
  const { rules, calendarRoot } = given;
  if (rules.startBalance === 'unknown') return err({ code: 'START_UNKNOWN' });
  const roll = clockOf(rules.session.rollsAt, rules.contracts !== 'none');
  const terms: Terms = { ...given, start: moneyOf(rules.startBalance), roll };
  const parts = [floorRules, dailyRules, sizeRules, profitRules, hourRules, conductRules];
  const translated = joined(...parts.map((part) => part(terms)));
  return ok({ book: { calendarRoot, roll, rules: translated.rules }, gaps: translated.gaps });
}
