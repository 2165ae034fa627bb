import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  onlyTemplate,
  PACK_DAY,
  packWith,
  smallPack,
  soundPack,
} from '../../testing/rule-packs.ts';
import { evidenceOf } from './evidence.ts';
import type { PackIssueCode } from './issue.ts';
import { readPack } from './read-pack.ts';

const DAILY = {
  availability: 'always',
  effect: 'soft',
  basis: 'sessionStartBalance',
  amount: 1_000,
  operator: '<=',
  resetsAt: '18:00 America/New_York',
  noResetOn: [],
  endsWhen: 'never',
};

function issuesOf(text: string): readonly string[] {
  return readPack(text, PACK_DAY).issues.map(({ code, path }) => `${code} ${path}`);
}

function changed(change: (pack: Record<string, unknown>) => void): string {
  const pack = smallPack() as unknown as Record<string, unknown>;
  change(pack);
  return JSON.stringify(pack);
}

describe('reading a pack', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(issuesOf(packWith({}))).toEqual([]);
  });

  it('names templates by their parts, for machines and for people', () => {
    const { id, name } = onlyTemplate(packWith({}));
    expect([id, name]).toEqual(['acme.4_0.intraday.eval.50k', 'Acme 4.0 50K intraday']);
  });

  it.each([
    ['{', 'NOT_JSON', ''],
    ['[]', 'SCHEMA', ''],
    ['{"format":2}', 'FORMAT_UNKNOWN', 'format'],
    [packWith({ drawdown: { amuont: 5 } }), 'SCHEMA', 'families.0.rules.drawdown'],
    [packWith({ drawdown: { amount: '5' } }), 'SCHEMA', 'families.0.rules.drawdown.amount'],
    [packWith({ profitTarget: 0.00001 }), 'SCHEMA', 'families.0.rules.profitTarget'],
    [packWith({ contracts: { minis: 1.5 } }), 'SCHEMA', 'families.0.rules.contracts.minis'],
    [packWith({ session: { flatBy: '4pm' } }), 'SCHEMA', 'families.0.rules.session.flatBy'],
    [changed((pack) => (pack['edition'] = '2026-02-30')), 'SCHEMA', 'edition'],
  ])('says at which path the form is wrong: %.60s', (text, code, path) => {
    const { pack, issues } = readPack(text, PACK_DAY);
    expect(pack).toBeNull();
    expect(issues.map((issue) => `${issue.code} ${issue.path}`)).toContain(`${code} ${path}`);
    for (const { sentence } of issues) expect(sentence).toMatch(/\.$/);
  });

  it('is total over any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readPack(text, PACK_DAY).issues.length).toBeGreaterThan(0);
      }),
    );
  });

  const at = 'acme.4_0.intraday.eval.50k';
  const wrong: readonly (readonly [PackIssueCode, string, Readonly<Record<string, unknown>>])[] = [
    ['FLOOR_NOT_BELOW_START', 'drawdown.amount', { drawdown: { amount: 50_000, lock: 'never' } }],
    [
      'LOCK_BELOW_FLOOR',
      'drawdown.lock.floor',
      { drawdown: { lock: { floor: 47_000, trigger: 49_500 } } },
    ],
    ['LOCK_TRIGGER_WRONG', 'drawdown.lock.trigger', { drawdown: { lock: { trigger: 52_500 } } }],
    ['LOCK_ABOVE_TARGET', 'drawdown.lock.floor', { profitTarget: 50 }],
    ['LOCK_OF_STATIC', 'drawdown.lock', { drawdown: { type: 'static' } }],
    ['NO_TIME_OF_RECALCULATION', 'drawdown.recalculatedAt', { drawdown: { type: 'endOfDay' } }],
    ['ONE_OF_TWO', 'drawdown.amount', { drawdown: { amount: 'none', lock: 'never' } }],
    [
      'ONE_OF_TWO',
      'dailyLoss',
      {
        dailyLoss: {
          ...DAILY,
          tiers: [
            { from: 0, amount: 1 },
            { from: 1, amount: 1 },
          ],
        },
      },
    ],
    ['SIZE_AND_START_DIFFER', 'startBalance', { sizes: 60 }],
    [
      'TIERS_NOT_RISING',
      'contracts.tiers.1',
      tiersOf([
        [1_500, 2],
        [0, 3],
      ]),
    ],
    [
      'TIERS_NOT_RISING',
      'contracts.tiers.1',
      tiersOf([
        [0, 4],
        [1_500, 3],
      ]),
    ],
    [
      'TIERS_PAST_THE_CAP',
      'contracts.tiers',
      tiersOf([
        [0, 4],
        [1_500, 7],
      ]),
    ],
    ['ZONE_UNKNOWN', 'session.flatBy', { session: { flatBy: '16:59 America/Newyork' } }],
    ['DEADLINE_AFTER_ROLL', 'session.flatBy', { session: { flatBy: '18:30 America/New_York' } }],
    ['DEADLINE_OF_HOLDING', 'session.flatBy', { holding: { overnight: true } }],
    ['WEEKEND_DEADLINE', 'session.flatBy', { session: { flatBy: 'none' } }],
    ['AUTOMATION_NOT_OBSERVED', 'conduct.protection', { conduct: { automation: 'manualOnly' } }],
    ['AUTOMATION_NOT_OBSERVED', 'conduct.protection', { conduct: { automation: 'unknown' } }],
    [
      'EVIDENCE_POINTS_NOWHERE',
      'drawdown.amuont',
      { evidenceFor: { 'drawdown.amuont': { confidence: 'M' } } },
    ],
    ['TEMPLATE_INCOMPLETE', 'contracts.minis', { contracts: 'nothing' }],
  ];

  it.each(wrong)('%s at %s is an error although each value is well formed', (code, path, rules) => {
    const text = textFor(rules);
    const { issues } = readPack(text, PACK_DAY);
    const errors = issues.filter(({ severity }) => severity === 'error');
    expect(errors.map((issue) => `${issue.code} ${issue.path}`)).toContain(`${code} ${at} ${path}`);
  });

  it('a limit of the day that is larger than the drawdown is worth a warning', () => {
    const { issues } = readPack(packWith({ dailyLoss: { ...DAILY, amount: 2_600 } }), PACK_DAY);
    expect(issues.map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'DAILY_LOSS_PAST_DRAWDOWN'],
    ]);
  });

  it.each([
    [
      'a family without a size',
      changed((p) => (family(p)['sizes'] = {})),
      'SIZE_MISSING families.0.sizes',
    ],
    [
      'an unknown layer',
      changed((p) => (family(p)['uses'] = ['x'])),
      'LAYER_UNKNOWN families.0.uses',
    ],
    ['no sources', changed((p) => (p['sources'] = {})), 'SOURCE_UNKNOWN sources'],
    ['twins', changed((p) => (p['families'] = [family(p), family(p)])), `TEMPLATE_TWICE ${at}`],
    ['no family', changed((p) => (p['families'] = [])), 'NO_TEMPLATES families'],
    [
      'an inactive firm with templates',
      changed((p) => (firm(p)['status'] = 'inactive')),
      'INACTIVE_WITH_TEMPLATES families',
    ],
    ['a later edition', changed((p) => (p['edition'] = '2026-11-22')), 'DATE_IN_FUTURE edition'],
  ])('says what is wrong with the pack as a whole: %s', (_name, text, issue) => {
    expect(issuesOf(text)).toContain(issue);
  });
});

describe('what a value rests on', () => {
  it.each([
    ['2026-10-20', '2027-01-18', false],
    ['2026-10-20', '2027-01-19', true],
  ])('read on %s it is too old on %s: %s', (verifiedOn, today, isStale) => {
    const { issues } = readPack(packWith({ evidence: { verifiedOn } }), today);
    expect(issues.some(({ code }) => code === 'STALE')).toBe(isStale);
  });

  it.each([
    ['2026-10-20', false],
    ['2026-10-21', true],
  ])('a page of %s that was read on 20 October is told as newer: %s', (pageDate, isNewer) => {
    const pack = JSON.parse(packWith({ evidence: { verifiedOn: '2026-10-20' } })) as {
      sources: Record<string, object>;
    };
    const dated = Object.entries(pack.sources).map(([name, page]) => [name, { ...page, pageDate }]);
    const sources: unknown = Object.fromEntries(dated);
    const { issues } = readPack(JSON.stringify({ ...pack, sources }), PACK_DAY);
    expect(issues.some(({ code }) => code === 'PAGE_NEWER_THAN_READ')).toBe(isNewer);
  });

  it('low confidence, things unknown and dates to come are told', () => {
    const evidenceFor = { drawdown: { confidence: 'L' }, news: { verifiedOn: '2026-11-22' } };
    const { issues } = readPack(packWith({ evidenceFor, timeLimit: 'unknown' }), PACK_DAY);
    const told = issues.map(({ severity, code, sentence }) => `${severity} ${code} ${sentence}`);
    expect(told).toContainEqual(expect.stringMatching(/^warning LOW_CONFIDENCE .*drawdown\.type/));
    expect(told).toContain('warning NOT_KNOWN Not known: timeLimit.');
    expect(told).toContainEqual(expect.stringMatching(/^error DATE_IN_FUTURE .*2026-11-22/));
  });

  it('the nearest path decides, and the rest comes from above', () => {
    const template = onlyTemplate(
      packWith({
        evidenceFor: {
          drawdown: { confidence: 'M', note: 'about all of it' },
          'drawdown.lock.floor': { verifiedOn: '2026-11-01' },
        },
      }),
    );
    expect(evidenceOf(template, 'drawdown.lock.floor')).toEqual({
      sources: ['help'],
      verifiedOn: '2026-11-01',
      confidence: 'M',
      note: 'about all of it',
    });
    expect(evidenceOf(template, 'news').confidence).toBe('H');
  });

  it('a part that is "none" in some sizes may still be spoken of', () => {
    const evidenceFor = { 'dailyLoss.amount': { confidence: 'M' } };
    expect(soundPack(packWith({ evidenceFor })).templates).toHaveLength(1);
  });
});

function tiersOf(tiers: readonly (readonly [number, number])[]): Record<string, unknown> {
  return { contracts: { tiers: tiers.map(([from, minis]) => ({ from, minis })), tiersFall: true } };
}

/** Two of the flaws cannot be written as rules of the family alone. */
function textFor(rules: Readonly<Record<string, unknown>>): string {
  if (rules['sizes'] === 60)
    return changed((p) => (family(p)['sizes'] = { '50k': { startBalance: 60_000 } }));
  if (rules['contracts'] === 'nothing')
    return changed((p) => {
      const layer = family(p)['rules'] as Record<string, unknown>;
      layer['contracts'] = { microsPerMini: 10 };
    });
  return packWith(rules);
}

function family(pack: Record<string, unknown>): Record<string, unknown> {
  return (pack['families'] as Record<string, unknown>[])[0] ?? {};
}

function firm(pack: Record<string, unknown>): Record<string, unknown> {
  return pack['firm'] as Record<string, unknown>;
}
