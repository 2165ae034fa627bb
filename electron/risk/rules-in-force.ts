import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Money } from '../../shared/domain/money/money.ts';
import { moneyFromDecimal } from '../../shared/domain/money/money.ts';
import type { RiskRules } from '../../shared/domain/risk/engine.ts';
import { exchangeCalendar } from '../../shared/domain/risk/exchange-calendar.ts';
import type { OwnRule } from '../../shared/domain/risk/own-rule.ts';
import type { AutomationPolicy } from '../../shared/domain/risk/protection/permission.ts';
import { DEFAULT_LADDER } from '../../shared/domain/risk/verdict.ts';
import type { RulesAssigned } from '../../shared/domain/rule-pack/record.ts';
import type { Rules } from '../../shared/protocol/rule-pack/rules.ts';
import { contentOf, type RuleArchive } from './pack-content.ts';
import type { PackLibrary } from './pack-library.ts';
import { withOwnRules } from './own-rules/own-rulebook.ts';
import { rulebookOf } from './pack-rules/rulebook.ts';
import type { RuleGap } from './pack-rules/terms.ts';
import { confidenceOf, isOld } from './templates-view.ts';

/** Where rules come from: the packs of today, and the rules of every epoch as they were. */
export interface RuleSource {
  readonly library: PackLibrary;
  readonly archive: RuleArchive;
}

/** The rules of one epoch, ready for the engine. */
export interface RulesInForce {
  readonly assigned: RulesAssigned;
  /** The trader's own beside them. */
  readonly own: readonly OwnRule[];
  readonly engine: RiskRules;
  readonly gaps: readonly RuleGap[];
  readonly title: string;
  readonly overrides: number;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly checkedOn: string;
  readonly isOld: boolean;
  readonly automation: AutomationPolicy;
  readonly start: Money;
}

/** Root symbol whose exchange calendar names the trading days of every firm. */
export const CALENDAR_ROOT = 'ES';

/** The rules of an epoch by their content, with the trader's own; the error is one sentence. */
export function rulesInForce(
  { library, archive }: RuleSource,
  assigned: RulesAssigned,
  own: readonly OwnRule[],
): Result<RulesInForce, string> {
  const { epoch, terms } = assigned;
  const found = library.find(epoch.template);
  if (found === null) return err(`No rule pack has ${epoch.template}.`);
  const kept = keptRules(archive, epoch.content, found.merged.rules);
  if (!kept.ok) return err(`The rules of ${epoch.template} were not kept: ${kept.error.detail}`);
  const { pack, template, merged } = found;
  const made = rulebookOf({
    template,
    sources: pack.sources,
    rules: kept.value,
    calendarRoot: CALENDAR_ROOT,
    hasDailyLimit: terms.hasDailyLimit,
  });
  const { startBalance, conduct } = kept.value;
  const start = startBalance === 'unknown' ? null : moneyFromDecimal(startBalance);
  if (!made.ok || start?.ok !== true) return err(`${template.name}: its start is not known.`);
  const { book, gaps } = withOwnRules(made.value, own);
  return ok({
    assigned,
    own,
    engine: {
      rulebook: book,
      calendar: exchangeCalendar(CALENDAR_ROOT),
      ladder: DEFAULT_LADDER,
    },
    gaps,
    title: template.name,
    overrides: merged.reports.filter(({ standing }) => isInForce(standing)).length,
    confidence: confidenceOf(template),
    checkedOn: template.evidence.verifiedOn,
    isOld: isOld(template.evidence.verifiedOn, library.today()),
    automation: conduct.automation,
    start: start.value,
  });
}

/** An archive that was damaged or deleted is made whole where the packs still have the very same rules. */
function keptRules(archive: RuleArchive, content: string, present: Rules) {
  const kept = archive.read(content);
  if (kept.ok || contentOf(present) !== content) return kept;
  archive.keep(present);
  return ok(present);
}

function isInForce(standing: string): boolean {
  return standing === 'applied' || standing === 'packMoved';
}
