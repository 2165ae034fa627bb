import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RuleKind } from '../../../shared/domain/risk/rule.ts';
import { PARAMS } from '../../risk/written-rules/rule-params.ts';
import { writtenRule } from '../../risk/written-rules/written-rule.ts';
import { replayed, written } from './testing/written-vectors.ts';

const ROOT = join(import.meta.dirname, '../../..');
const KINDS = join(ROOT, 'shared/domain/risk/kinds');
const text = readFileSync(join(ROOT, 'docs/risk-rules.md'), 'utf8');

const kinds: Readonly<Record<RuleKind, true>> = {
  'intraday-trailing': true,
  'end-of-day-trailing': true,
  'static-floor': true,
  'daily-loss': true,
  'period-loss': true,
  consistency: true,
  'trading-days': true,
  'contract-cap': true,
  'adverse-excursion': true,
  'profit-target': true,
  payout: true,
  'give-back': true,
  'day-profit-lock': true,
  'trade-count': true,
  'loss-streak': true,
  'stop-required': true,
  'trading-window': true,
  'flat-by': true,
  'news-window': true,
  hedging: true,
  'correlated-exposure': true,
  'circuit-breaker': true,
  inactivity: true,
};

/** The part of the text under a rule's title. */
function sectionOf(code: string): string {
  const [, after = ''] = text.split(`\n### \`${code}\` · `);
  return after.split('\n##')[0] ?? '';
}

/** "IT-1 to IT-7" names all that lie between. */
function namedIn(part: string): (id: string) => boolean {
  const single = new Set(part.match(/\b[A-Z]{2}-[A-Za-z0-9_-]+/g));
  const spans = [...part.matchAll(/\b([A-Z]{2})-(\d+) to \1-(\d+)/g)];
  return (id) => {
    const [, prefix, number] = /^([A-Z]{2})-(\d+)/.exec(id) ?? [];
    return (
      single.has(id) ||
      (prefix !== undefined &&
        (single.has(`${prefix}-${number}`) ||
          spans.some(
            ([, of, from, to]) =>
              of === prefix && Number(number) >= Number(from) && Number(number) <= Number(to),
          )))
    );
  };
}

describe('the description of the rules', () => {
  const examples = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);

  it('has examples that replay as they stand', () => {
    expect(examples).toHaveLength(2);
    for (const example of examples) expect(replayed(JSON.parse(example))).toEqual([]);
  });

  it('names every kind of rule beside its code', () => {
    const titles = [...text.matchAll(/\n### `([A-Z]+)` · ([a-z-]+)\n/g)];
    expect(titles.map(([, code]) => code).toSorted()).toEqual(Object.keys(PARAMS).toSorted());
    expect(titles.map(([, , kind]) => kind).toSorted()).toEqual(Object.keys(kinds).toSorted());
  });

  it.each(Object.keys(PARAMS))('says of %s where its code and its vectors are', (code) => {
    const [, files = ''] = /Code: ([^\n]*?)\. Vectors?: /.exec(sectionOf(code)) ?? [];
    expect(files).not.toBe('');
    for (const [, file = ''] of files.matchAll(/`([^`]+)`/g)) {
      expect(existsSync(join(KINDS, file)), file).toBe(true);
    }
  });

  it.each([...written.values()])('names vector $id under its rule', ({ id, rule, rules }) => {
    const codes = rule === undefined ? (rules ?? []).map((one) => codeOf(one)) : [rule];
    const isNamed = (part: string) => namedIn(part)(id);
    const common = text.slice(0, text.indexOf('\n## The rules'));
    const together = text.slice(text.indexOf('\n## All rules together'));
    expect([common, together, ...codes.map(sectionOf)].some(isNamed)).toBe(true);
  });

  it('names no vector that is not there', () => {
    const named = text.match(/\b(?:IT|ED|ST|DL|CO|MD|SC|MA|TM|HO|FE|MK|FX|PY)-\d+\b/g) ?? [];
    const bases = new Set([...written.keys()].map((id) => /^[A-Z]{2}-\d+/.exec(id)?.[0] ?? id));
    const missing = named.filter((id) => !bases.has(id));
    // The one that a table refers to and nobody wrote.
    expect([...new Set(missing)]).toEqual(['DL-5']);
  });

  it('lists the parameters of every rule', () => {
    for (const [code, schema] of Object.entries(PARAMS)) {
      const row = new RegExp(`^\\| \`${code}\` \\| (.*) \\|$`, 'm').exec(text)?.[1] ?? '';
      for (const name of Object.keys(schema.shape)) {
        expect(row, `${code}.${name}`).toMatch(new RegExp(`[\`{ ]${name}[?\`:},]`));
      }
    }
  });

  it('lists every kind of file in which rules are judged', () => {
    const helpers = ['module.ts', 'room.ts'];
    const files = readdirSync(KINDS).filter((name) => !helpers.includes(name));
    for (const file of files) expect(text).toContain(`\`${file}\``);
  });
});

function codeOf(rule: unknown): string {
  expect(writtenRule.safeParse(rule).success).toBe(true);
  return (rule as { readonly rule: string }).rule;
}
