import { moneyFromDecimal } from '../../shared/domain/money/money.ts';
import { dayNumber } from '../../shared/domain/session/civil-day.ts';
import type { TemplatesView } from '../../shared/protocol/ipc/risk-calls.ts';
import { platformName } from '../../shared/protocol/rule-pack/platform-names.ts';
import type { Override } from '../../shared/protocol/rule-pack/overrides.ts';
import type { RulePack, Template } from '../../shared/protocol/rule-pack/template.ts';
import type { PackLibrary } from './pack-library.ts';

const OLD_AFTER_DAYS = 90;

type FirmView = TemplatesView['firms'][number];
type TemplateView = FirmView['templates'][number];

/** The templates of all packs for a person to choose from. */
export function templatesView(library: PackLibrary): TemplatesView {
  const overrides = library.overrides();
  const today = library.today();
  return {
    firms: library.packs().map((pack) => firmView(pack, overrides, today)),
    problems: [...library.problems()],
  };
}

function firmView(
  { firm, edition, templates }: RulePack,
  overrides: readonly Override[],
  today: string,
): FirmView {
  return {
    id: firm.id,
    name: firm.name,
    isActive: firm.status === 'active',
    note: firm.note ?? '',
    edition,
    templates: templates.map((template) => templateView(template, overrides, today)),
  };
}

function templateView(
  template: Template,
  overrides: readonly Override[],
  today: string,
): TemplateView {
  const { id, name, stage, size, platform, availability, rules, evidence } = template;
  const { startBalance, conduct, dailyLoss } = rules;
  const start = startBalance === 'unknown' ? null : moneyFromDecimal(startBalance);
  return {
    id,
    title: name,
    stage,
    size,
    platform: platform === null ? null : platformName(platform),
    currency: rules.currency,
    startBalance: start?.ok === true ? start.value : null,
    availability,
    automation: conduct.automation,
    hasDailyOption: typeof dailyLoss !== 'string' && dailyLoss.availability === 'optional',
    confidence: confidenceOf(template),
    checkedOn: evidence.verifiedOn,
    isOld: isOld(evidence.verifiedOn, today),
    overrides: overrides.filter((override) => override.template === id).length,
  };
}

export function confidenceOf({ evidence }: Template): TemplateView['confidence'] {
  return ({ H: 'high', M: 'medium', L: 'low' } as const)[evidence.confidence];
}

/** Whether a day lies more than 90 days back, both as YYYY-MM-DD. */
export function isOld(day: string, today: string): boolean {
  const [read, now] = [dayNumber(day), dayNumber(today)];
  return !read.ok || !now.ok || now.value - read.value > OLD_AFTER_DAYS;
}
