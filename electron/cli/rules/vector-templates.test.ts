import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Lots, Tiers } from '../../../shared/domain/risk/rule-parts.ts';
import type { Rule } from '../../../shared/domain/risk/rule.ts';
import { rulebookOf } from '../../risk/pack-rules/rulebook.ts';
import { shippedPacks } from '../../risk/testing/shipped-packs.ts';
import { vectorFiles, written } from './testing/written-vectors.ts';
import { readVectors } from './vector-file.ts';

const packs = shippedPacks('2026-11-21').flatMap(({ pack }) => (pack === null ? [] : [pack]));

function rulesOf(id: string): readonly Rule[] {
  const pack = packs.find(({ templates }) => templates.some((template) => template.id === id));
  const template = pack?.templates.find((one) => one.id === id);
  if (pack === undefined || template === undefined) return [];
  const { rules } = template;
  const { sources } = pack;
  const made = rulebookOf({ template, sources, rules, calendarRoot: 'ES', hasDailyLimit: true });
  return made.ok ? made.value.book.rules : [];
}

/** What a worked table and a pack must agree on; clocks of a table without a calendar are made up. */
function essence(rule: Rule): unknown {
  switch (rule.kind) {
    case 'intraday-trailing':
    case 'end-of-day-trailing': {
      const { effect, start, amount, cap, lockOn, operator } = rule;
      return [effect, start, amount, operator, cap === null ? 'never locks' : [cap, lockOn]];
    }
    case 'static-floor':
      return [rule.effect, rule.floor, rule.amount, rule.operator];
    case 'daily-loss':
      return [rule.effect, rule.reference, rule.limit, rule.operator, rule.includesOpen];
    case 'consistency':
      return [rule.formula, rule.share, rule.byPayout, rule.operator];
    case 'trading-days':
      return [rule.predicate, rule.halfDays];
    case 'contract-cap':
      return rule.limit.kind === 'fixed'
        ? rule.limit
        : [rule.limit.start, atLeast(rule.limit.tiers)];
    case 'adverse-excursion':
      return [rule.share, rule.raised];
    case 'payout':
      return [rule.keeps, rule.minBalance, rule.minRequest];
    case 'flat-by':
      return [rule.deadline];
    case 'circuit-breaker':
    case 'correlated-exposure':
    case 'day-profit-lock':
    case 'give-back':
    case 'hedging':
    case 'inactivity':
    case 'loss-streak':
    case 'news-window':
    case 'period-loss':
    case 'profit-target':
    case 'stop-required':
    case 'trade-count':
    case 'trading-window':
      return null;
  }
}

/** "Above 1,500" is "from 1,500 and the smallest unit on". */
function atLeast({ steps, operator, moves }: Tiers<Lots>): unknown {
  const more = operator === '>' ? 1 : 0;
  const from = steps.map(({ profit, value }) => [profit === 0 ? profit : profit + more, value]);
  return [moves, from];
}

const named = vectorFiles.flatMap((file) => {
  const read = readVectors(readFileSync(file, 'utf8'));
  if (!read.ok) throw new Error(read.error.join('; '));
  return read.value.flatMap((vector) => {
    const template = written.get(vector.id)?.template;
    return template === undefined
      ? []
      : [{ id: vector.id, template, rules: vector.rulebook.rules }];
  });
});

describe('a vector that names a template', () => {
  it.each(named)('$id is judged by the rules of $template', ({ template, rules }) => {
    for (const rule of rules) {
      const shipped = rulesOf(template).filter(({ kind }) => kind === rule.kind);
      expect(shipped.map(essence)).toContainEqual(essence(rule));
    }
  });
});
