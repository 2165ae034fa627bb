import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onlyTemplate, packWith } from '../../testing/rule-packs.ts';
import { mergeOverrides, overrideOf, strayOverrides, type Override } from './overrides.ts';
import { leavesOf } from './paths.ts';
import { Rules } from './rules.ts';

const template = onlyTemplate(packWith({}));

function override(path: string, value: Override['value'], more: Partial<Override> = {}): Override {
  return {
    template: template.id,
    path,
    value,
    packValue: null,
    by: 'trader',
    at: 1_790_000_000_000,
    reason: 'my agreement says so',
    ...more,
  };
}

describe('overrides', () => {
  it('change the value and say what the pack says', () => {
    const mine = override('contracts.minis', 4, { packValue: 6 });
    const merged = mergeOverrides(template, [mine]);
    expect(merged.rules.contracts).toMatchObject({ minis: 4, microsPerMini: 10 });
    expect(merged.reports).toEqual([{ standing: 'applied', override: mine, packNow: 6 }]);
    expect(template.rules.contracts).toMatchObject({ minis: 6 });
  });

  it('may add a rule the pack does not have, and take one away', () => {
    const added = mergeOverrides(template, [override('contracts.micros', 40)]);
    expect(added.rules.contracts).toMatchObject({ micros: 40 });
    const gone = mergeOverrides(template, [override('profitTarget', 'none', { packValue: 3_000 })]);
    expect(gone.rules.profitTarget).toBe('none');
  });

  it('stay in force and say so when the pack has moved under them', () => {
    const mine = override('drawdown.amount', 2_000, { packValue: 1_500 });
    const [report] = mergeOverrides(template, [mine]).reports;
    expect(report).toMatchObject({ standing: 'packMoved', packNow: 2_500 });
  });

  it.each([
    ['dailyLoss.amount', 500, 'The template has no dailyLoss.amount.'],
    ['drawdown.amuont', 500, 'drawdown: '],
    ['drawdown.amount', 'much', 'drawdown.amount: '],
    ['contracts.minis', -1, 'contracts.minis: '],
    ['__proto__', {}, 'The template has no __proto__.'],
    ['nothing.here', 1, 'The template has no nothing.here.'],
  ])('that do not fit are reported and kept out: %s = %j', (path, value, why) => {
    const merged = mergeOverrides(template, [override(path, value)]);
    expect(merged.rules).toEqual(template.rules);
    expect(merged.reports).toHaveLength(1);
    const [report] = merged.reports;
    expect(report?.standing === 'unfit' && report.why.startsWith(why)).toBe(true);
  });

  it('of the same path give way to the latest', () => {
    const older = override('contracts.minis', 3, { at: 1 });
    const newer = override('contracts.minis', 2, { at: 2, packValue: 6 });
    const merged = mergeOverrides(template, [newer, older]);
    expect(merged.rules.contracts).toMatchObject({ minis: 2 });
    expect(merged.reports.map(({ standing }) => standing)).toEqual(['superseded', 'applied']);
  });

  it('are found from the value they set', () => {
    const merged = mergeOverrides(template, [
      override('contracts', { minis: 2, microsPerMini: 10 }, { at: 1 }),
      override('contracts.minis', 1, { at: 2 }),
    ]);
    expect(overrideOf(merged, 'contracts.minis')?.override.value).toBe(1);
    expect(overrideOf(merged, 'contracts.microsPerMini')?.override.path).toBe('contracts');
    expect(overrideOf(merged, 'profitTarget')).toBeNull();
  });

  it('of a template that is gone are not dropped', () => {
    const lost = override('contracts.minis', 2, { template: 'acme.3_0.intraday.eval.50k' });
    expect(mergeOverrides(template, [lost]).reports).toEqual([]);
    expect(strayOverrides([lost, override('news', 'free')], new Set([template.id]))).toEqual([
      lost,
    ]);
  });

  it('never lose one and never leave rules that the schema refuses', () => {
    const paths = fc.constantFrom(...leavesOf(template.rules).keys(), 'drawdown', 'x.y', 'news.z');
    const made = fc.tuple(paths, fc.jsonValue(), fc.nat(50));
    fc.assert(
      fc.property(fc.array(made, { maxLength: 6 }), (choices) => {
        const mine = choices.map(([path, value, at]) =>
          override(path, value as Override['value'], { at }),
        );
        const merged = mergeOverrides(template, mine);
        expect(merged.reports).toHaveLength(mine.length);
        expect(Rules.safeParse(merged.rules).success).toBe(true);
      }),
    );
  });
});
