import type { EpochMs } from '../../../shared/kernel/clock.ts';
import { isLooserRule } from '../../../shared/domain/risk/looser-rule.ts';
import type { OwnRule, OwnRulesChoice } from '../../../shared/domain/risk/own-rule.ts';
import { isSame } from '../../../shared/protocol/rule-pack/canonical.ts';
import { FUTURES_ROLL } from '../written-rules/rule-params.ts';
import { ownRuleOf } from './own-rule-text.ts';

/**
 * The own rules in force by all choices that were ever made, oldest first. What is stricter counts from its record on,
 * whatever the clock says; of what is looser only the stricter part does, until its time has come.
 */
export function ownRulesAt(choices: readonly OwnRulesChoice[], now: EpochMs): readonly OwnRule[] {
  return choices.reduce<readonly OwnRule[]>(
    (before, { from, rules }) => (from <= now ? rules : stricterPart(rules, before)),
    [],
  );
}

/** Whether a set of rules allows anything that another does not. */
export function areLooser(next: readonly OwnRule[], than: readonly OwnRule[]): boolean {
  return than.some((before) => {
    const after = next.find(({ id }) => id === before.id);
    return after === undefined || isLooser(after, before);
  });
}

/** Every rule of before as strict as it was, or stricter, and the new ones. */
function stricterPart(next: readonly OwnRule[], before: readonly OwnRule[]): readonly OwnRule[] {
  const kept = before.map((one) => {
    const after = next.find(({ id }) => id === one.id);
    return after === undefined || isLooser(after, one) ? one : after;
  });
  return [...kept, ...next.filter(({ id }) => !before.some((one) => one.id === id))];
}

/** The day's clock of another firm is not known here, so one that is named counts as another than one that is not. */
function isLooser(next: OwnRule, than: OwnRule): boolean {
  if (isSame(next, than)) return false;
  if (!isSame(next.params['reset'] ?? null, than.params['reset'] ?? null)) return true;
  const [after, before] = [ownRuleOf(next, FUTURES_ROLL), ownRuleOf(than, FUTURES_ROLL)];
  return !after.ok || !before.ok || isLooserRule(after.value, before.value);
}
