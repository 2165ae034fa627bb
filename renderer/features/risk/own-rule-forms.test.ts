import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OwnRulesView } from '../../../shared/protocol/ipc/own-rules.ts';
import { otherRules, OWN_RULE_FORMS, rulesOfTexts, textsOfRules } from './own-rule-forms.ts';

type Rules = OwnRulesView['rules'];

const EMPTY = textsOfRules([]);
const EXAMPLE = join(import.meta.dirname, '../../../docs/own-rules.example.json');

describe('the forms of own rules', () => {
  it('are empty without a rule, and make none then', () => {
    expect(Object.values(EMPTY).flat().join('')).toBe('');
    expect(rulesOfTexts(EMPTY, [])).toEqual([]);
  });

  it.each<[string, readonly string[], object]>([
    ['own.day', ['600'], { rule: 'DLL', effect: 'lock', params: { Lim: '600' } }],
    ['own.week', [' 1500 '], { rule: 'PERIOD', params: { period: 'week', Lim: '1500' } }],
    ['own.profit', ['900.50'], { rule: 'PROFITLOCK', params: { profit: '900.50' } }],
    ['own.trades', ['8'], { rule: 'TRADES', params: { max: 8 } }],
    ['own.cool-down', ['3', '20'], { rule: 'STREAK', params: { max: 3, pause: 20 } }],
    ['own.cool-down', ['3', ''], { params: { max: 3 } }],
    ['own.trades', ['few'], { params: { max: 'few' } }],
    ['own.give-back', ['500', '200'], { params: { from: '500', amount: '200' } }],
    ['own.hours', ['09:30', '12:00'], { rule: 'HOURS', effect: 'refuse' }],
  ])('make %s of %j, and show it again', (id, texts, rule) => {
    const made = rulesOfTexts({ ...EMPTY, [id]: texts }, []);
    expect(made).toMatchObject([{ id, ...rule }]);
    expect(textsOfRules(made)[id]).toEqual(texts.map((text) => text.trim()));
  });

  it('keep what they cannot show, and effects that were chosen elsewhere', () => {
    const rules = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as Rules;
    const others = otherRules(rules).map(({ id }) => id);
    expect(others).toContain('own.give-back');
    expect(others).toContain('own.indices');
    const shown = textsOfRules(rules);
    const again = rulesOfTexts({ ...shown, 'own.day': ['500'] }, rules);
    expect(again.map(({ id }) => id).toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
    expect(again.find(({ id }) => id === 'own.day')).toMatchObject({
      ...{ effect: 'soft', params: { Lim: '500' } },
    });
    expect(again.find(({ id }) => id === 'own.give-back')).toEqual(
      rules.find(({ id }) => id === 'own.give-back'),
    );
  });

  it('take away a rule whose texts are empty', () => {
    const rules = rulesOfTexts({ ...EMPTY, 'own.trades': ['8'], 'own.day': ['600'] }, []);
    const fewer = rulesOfTexts({ ...textsOfRules(rules), 'own.trades': [''] }, rules);
    expect(fewer.map(({ id }) => id)).toEqual(['own.day']);
  });

  it('have ids of their own', () => {
    const ids = OWN_RULE_FORMS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
