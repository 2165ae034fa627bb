import { evidenceOf } from '../evidence.ts';
import { caution, problem, type PackIssue } from '../issue.ts';
import { leavesOf, valueAt } from '../paths.ts';
import type { Rules } from '../rules.ts';
import type { Template } from '../template.ts';
import { UNKNOWN } from '../values.ts';

/** Firms change their rules monthly; a quarter without a look is too long. */
export const STALE_AFTER_DAYS = 90;

const DAY_MS = 86_400_000;

/** Age and weight of what the values rest on. One warning of each kind per template, naming the values. */
export function checkEvidence(template: Template, today: string): readonly PackIssue[] {
  const { id, rules, evidenceFor } = template;
  const paths = [...leavesOf(rules).keys()].filter((path) => path !== 'notes');
  const dated = paths.map((path) => ({ path, ...evidenceOf(template, path) }));
  const future = dated.filter(({ verifiedOn }) => verifiedOn > today);
  const stale = dated.filter(({ verifiedOn }) => daysBetween(verifiedOn, today) > STALE_AFTER_DAYS);
  const weak = dated.filter(({ confidence }) => confidence === 'L');
  const unknown = paths.filter((path) => valueAt(rules, path) === UNKNOWN);
  return [
    ...Object.keys(evidenceFor)
      .filter((path) => !pointsSomewhere(rules, path))
      .map((path) =>
        problem('EVIDENCE_POINTS_NOWHERE', `${id} ${path}`, 'Evidence is given for no value.'),
      ),
    ...future.map(({ path, verifiedOn }) =>
      problem('DATE_IN_FUTURE', `${id} ${path}`, `Nobody can have read it on ${verifiedOn}.`),
    ),
    ...named(stale, (list, first) => {
      const age = daysBetween(first.verifiedOn, today);
      return caution('STALE', id, `Read ${age} days ago (${first.verifiedOn}): ${list}.`);
    }),
    ...named(weak, (list) => caution('LOW_CONFIDENCE', id, `Of low confidence: ${list}.`)),
    ...(unknown.length === 0
      ? []
      : [caution('NOT_KNOWN', id, `Not known: ${unknown.join(', ')}.`)]),
  ];
}

/** A family may speak of a part that is "none" or unknown in some of its sizes. */
function pointsSomewhere(rules: Rules, path: string): boolean {
  if (valueAt(rules, path) !== undefined) return true;
  const [section = ''] = path.split('.');
  return typeof valueAt(rules, section) === 'string';
}

type Dated = { readonly path: string; readonly verifiedOn: string };

/** Up to a handful of paths; a whole template is not listed value by value. */
function named(
  values: readonly Dated[],
  say: (list: string, oldest: Dated) => PackIssue,
): readonly PackIssue[] {
  const [oldest] = values.toSorted((a, b) => a.verifiedOn.localeCompare(b.verifiedOn));
  if (oldest === undefined) return [];
  const shown = values.slice(0, 6).map(({ path }) => path);
  const more = values.length - shown.length;
  return [say([...shown, ...(more > 0 ? [`${more} more`] : [])].join(', '), oldest)];
}

/** Whole days from one calendar day to another; negative when the second is the earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
