import { z } from 'zod';
import { Timestamp } from '../primitives.ts';
import { isSame } from './canonical.ts';
import { valueAt, withValueAt } from './paths.ts';
import { Rules } from './rules.ts';
import { flawsOf } from './schema-flaws.ts';
import type { Template } from './template.ts';

export const OVERRIDES_FORMAT = 1;

/** The trader's own value in place of a pack's; kept apart from the pack, so that an update cannot swallow it. */
export const Override = z.strictObject({
  template: z.string().min(1).max(200),
  /** Dotted path within the rules. */
  path: z.string().min(1).max(200),
  value: z.json(),
  /** What the pack said when the override was made; null when it said nothing there. */
  packValue: z.json(),
  by: z.string().min(1).max(120),
  at: Timestamp,
  reason: z.string().min(1).max(400),
});
export type Override = z.infer<typeof Override>;

/** All overrides of a machine, as they are kept in a file of their own. */
export const OverrideFile = z.strictObject({
  format: z.literal(OVERRIDES_FORMAT),
  overrides: z.array(Override),
});
export type OverrideFile = z.infer<typeof OverrideFile>;

/**
 * `applied`: in force, over the value it was made against. `packMoved`: in force, but the pack has changed its value
 * since. `superseded`: a later override names the same path. `unfit`: not in force, the template has no place for it.
 */
export type OverrideStanding =
  | { readonly standing: 'applied' | 'packMoved' | 'superseded' }
  | { readonly standing: 'unfit'; readonly why: string };

export type OverrideReport = OverrideStanding & {
  readonly override: Override;
  /** What the pack says today; null when it says nothing there. */
  readonly packNow: unknown;
};

/** Rules as they hold for the trader, with every override shown beside what the pack says. */
export interface MergedRules {
  readonly rules: Rules;
  readonly reports: readonly OverrideReport[];
}

/** Lays the overrides of a template over it, oldest first. None is dropped: what does not fit is reported. */
export function mergeOverrides(template: Template, overrides: readonly Override[]): MergedRules {
  const mine = overrides
    .filter((override) => override.template === template.id)
    .toSorted((a, b) => a.at - b.at);
  let { rules } = template;
  const reports = mine.map((override, index): OverrideReport => {
    const packNow = valueAt(template.rules, override.path) ?? null;
    const shown = { override, packNow };
    if (mine.slice(index + 1).some(({ path }) => path === override.path))
      return { ...shown, standing: 'superseded' };
    const merged = apply(rules, override);
    if ('why' in merged) return { ...shown, standing: 'unfit', why: merged.why };
    rules = merged.rules;
    const isStill = isSame(override.packValue, packNow);
    return { ...shown, standing: isStill ? 'applied' : 'packMoved' };
  });
  return { rules, reports };
}

/** Overrides whose template is in no pack any more; they wait until it is back or the trader picks another. */
export function strayOverrides(
  overrides: readonly Override[],
  known: ReadonlySet<string>,
): readonly Override[] {
  return overrides.filter(({ template }) => !known.has(template));
}

/** The override that set a value, if one did; the nearest path above the value counts. */
export function overrideOf(merged: MergedRules, path: string): OverrideReport | null {
  const inForce = merged.reports.filter(
    ({ standing, override }) =>
      (standing === 'applied' || standing === 'packMoved') &&
      (path === override.path || path.startsWith(`${override.path}.`)),
  );
  return inForce.toSorted((a, b) => b.override.path.length - a.override.path.length)[0] ?? null;
}

function apply(
  rules: Rules,
  { path, value }: Override,
): { readonly rules: Rules } | { readonly why: string } {
  const changed = withValueAt(rules, path, value);
  if (changed === undefined) return { why: `The template has no ${path}.` };
  const parsed = Rules.safeParse(changed);
  if (!parsed.success) {
    const [flaw] = flawsOf(parsed.error);
    return { why: flaw === undefined ? 'Not understood.' : `${flaw.path}: ${flaw.sentence}` };
  }
  return { rules: parsed.data };
}
