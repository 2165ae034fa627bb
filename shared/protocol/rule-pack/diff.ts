import { isSame } from './canonical.ts';
import { leavesOf } from './paths.ts';
import type { Rules } from './rules.ts';
import type { RulePack, Template } from './template.ts';
import { isPart } from './values.ts';
import { headline, labelOf, valueWords } from './words.ts';

/** What became of one template from one edition of a pack to another. */
export interface TemplateChange {
  readonly template: string;
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** One phrase per change: "drawdown 2,500 → 2,000". */
  readonly phrases: readonly string[];
}

/** Compares two editions of a firm's pack, template by template; what stayed the same is left out. */
export function diffPacks(before: RulePack, after: RulePack): readonly TemplateChange[] {
  const earlier = new Map(before.templates.map((template) => [template.id, template]));
  const later = new Set(after.templates.map(({ id }) => id));
  const removed = before.templates.filter(({ id }) => !later.has(id));
  return [
    ...after.templates.flatMap((template) => {
      const old = earlier.get(template.id);
      if (old === undefined) return [named(template, 'added', [])];
      const phrases = diffTemplates(old, template);
      return phrases.length === 0 ? [] : [named(template, 'changed', phrases)];
    }),
    ...removed.map((template) => named(template, 'removed', [])),
  ];
}

/** "Apex 4.0 50K intraday: drawdown 2,500 → 2,000; daily loss limit added 1,000". */
export function changeWords({ name, kind, phrases }: TemplateChange): string {
  return kind === 'changed' ? `${name}: ${phrases.join('; ')}` : `${name}: ${kind}`;
}

/** The changes of the rules, then of what they rest on. */
export function diffTemplates(before: Template, after: Template): readonly string[] {
  const sections = Object.keys({ ...before.rules, ...after.rules }) as (keyof Rules)[];
  return [
    ...sections.flatMap((key) => sectionPhrases(key, before.rules[key], after.rules[key])),
    ...evidencePhrases(before, after),
  ];
}

function named(
  { id, name }: Template,
  kind: TemplateChange['kind'],
  phrases: readonly string[],
): TemplateChange {
  return { template: id, name, kind, phrases };
}

function sectionPhrases(key: keyof Rules, before: unknown, after: unknown): readonly string[] {
  if (isSame(before, after)) return [];
  const label = labelOf(key);
  if (key === 'notes') return ['notes changed'];
  if (isPart(before) && isPart(after)) return leafPhrases(key, before, after);
  if (before === 'none' && isPart(after)) return [`${label} added ${headline(after)}`.trim()];
  if (isPart(before) && after === 'none') return [`${label} removed`];
  return [`${label} ${wholeWords(before)} → ${wholeWords(after)}`];
}

/** A rule that appears out of the unknown is told by its headline, a plain value as it is. */
function wholeWords(value: unknown): string {
  return isPart(value) ? headline(value) || valueWords(value) : valueWords(value);
}

function leafPhrases(section: string, before: object, after: object): readonly string[] {
  const old = leavesOf({ [section]: before });
  const now = leavesOf({ [section]: after });
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const was = old.get(path);
    const is = now.get(path);
    if (isSame(was, is)) return [];
    if (was === undefined) return [`${labelOf(path)} set to ${valueWords(is)}`];
    if (is === undefined) return [`${labelOf(path)} ${valueWords(was)} dropped`];
    return [`${labelOf(path)} ${valueWords(was)} → ${valueWords(is)}`];
  });
}

function evidencePhrases(before: Template, after: Template): readonly string[] {
  const { verifiedOn: was, confidence: old } = before.evidence;
  const { verifiedOn, confidence } = after.evidence;
  return [
    ...(was === verifiedOn ? [] : [`read ${was} → ${verifiedOn}`]),
    ...(old === confidence ? [] : [`confidence ${old} → ${confidence}`]),
    ...(isSame(before.evidenceFor, after.evidenceFor) ? [] : ['evidence of single values changed']),
  ];
}
