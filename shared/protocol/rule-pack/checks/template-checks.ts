import type { PackIssue } from '../issue.ts';
import type { Template } from '../template.ts';
import { checkClocks } from './clock-checks.ts';
import { checkConduct } from './conduct-checks.ts';
import { checkEvidence } from './evidence-checks.ts';
import { checkLosses } from './loss-checks.ts';
import { checkTiers } from './tier-checks.ts';

/** What is wrong with one template although every value alone is well formed. `today` as YYYY-MM-DD. */
export function checkTemplate(template: Template, today: string): readonly PackIssue[] {
  const flaws = [checkLosses, checkTiers, checkClocks, checkConduct].flatMap((check) =>
    check(template),
  );
  return [...flaws, ...checkEvidence(template, today)];
}
