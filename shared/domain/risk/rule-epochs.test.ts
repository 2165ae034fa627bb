import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import {
  epochAt,
  epochsWithin,
  withEpoch,
  type ChosenRules,
  type EpochCause,
  type RuleEpoch,
} from './rule-epochs.ts';

function rules(template: string, content: string, edition = '2026-11-01'): ChosenRules {
  return { template, content, edition, overridden: [] };
}

function epoch(from: number, chosen: ChosenRules | null, cause: EpochCause = 'chosen'): RuleEpoch {
  return { from: from as EpochMs, rules: chosen, cause };
}

function kept(...given: readonly RuleEpoch[]): readonly RuleEpoch[] {
  return given.reduce<readonly RuleEpoch[]>((epochs, next) => {
    const taken = withEpoch(epochs, next);
    return taken.ok ? taken.value : epochs;
  }, []);
}

const [eval50, pa50] = [rules('apex.eval.50k', 'a1'), rules('apex.pa.50k', 'b1')];

describe('the epochs of an account', () => {
  it('are those that began; before the first one nothing is chosen', () => {
    const epochs = kept(epoch(100, eval50), epoch(200, pa50));
    const at = (time: number) => epochAt(epochs, time as EpochMs)?.rules?.template ?? null;
    expect([99, 100, 199, 200, 900].map(at)).toEqual([
      null,
      'apex.eval.50k',
      'apex.eval.50k',
      'apex.pa.50k',
      'apex.pa.50k',
    ]);
  });

  it('keep an earlier one when the pack is updated', () => {
    const before = kept(epoch(100, eval50));
    const updated = rules('apex.eval.50k', 'a2', '2027-02-01');
    const after = kept(...before, epoch(300, updated, 'pack-update'));
    expect(after.slice(0, 1)).toEqual(before);
    expect(epochAt(after, 299 as EpochMs)?.rules?.content).toBe('a1');
    expect(epochAt(after, 300 as EpochMs)?.rules?.content).toBe('a2');
  });

  it('grow by nothing when a new edition says the same', () => {
    const before = kept(epoch(100, eval50));
    expect(kept(...before, epoch(300, { ...eval50, edition: '2027-02-01' }))).toEqual(before);
  });

  it('refuse one that begins before the last, and stay as they were', () => {
    const epochs = kept(epoch(100, eval50), epoch(200, pa50));
    const refused = { ok: false, error: { code: 'BEFORE_LAST_EPOCH', last: 200 } };
    expect(withEpoch(epochs, epoch(199, eval50))).toEqual(refused);
  });

  it('replace one of the same instant, which covers no time', () => {
    expect(kept(epoch(100, eval50), epoch(200, pa50), epoch(200, eval50))).toEqual([
      epoch(100, eval50),
    ]);
    expect(kept(epoch(100, eval50), epoch(100, pa50))).toEqual([epoch(100, pa50)]);
  });

  it('end with the removal of the rules, and begin with a choice', () => {
    expect(kept(epoch(50, null, 'removed'))).toEqual([]);
    const ended = kept(epoch(100, eval50), epoch(200, null, 'removed'));
    expect(epochAt(ended, 250 as EpochMs)).toEqual(epoch(200, null, 'removed'));
  });

  it('part a period into stretches that meet', () => {
    const epochs = kept(epoch(100, eval50), epoch(200, pa50), epoch(400, eval50));
    expect(epochsWithin(epochs, 50 as EpochMs, 400 as EpochMs)).toEqual([
      { from: 50, until: 100, rules: null },
      { from: 100, until: 200, rules: eval50 },
      { from: 200, until: 400, rules: pa50 },
    ]);
    expect(epochsWithin(epochs, 150 as EpochMs, 180 as EpochMs)).toEqual([
      { from: 150, until: 180, rules: eval50 },
    ]);
  });

  it('are never changed by later ones, whatever is chosen when', () => {
    const choice = fc.constantFrom(null, eval50, pa50, rules('apex.eval.50k', 'a2'));
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), choice), { maxLength: 12 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 500 }), choice, (given, later, last) => {
        const epochs = kept(...given.map(([from, chosen]) => epoch(from, chosen)));
        const from = (epochs.at(-1)?.from ?? 0) + later;
        const grown = kept(...epochs, epoch(from, last));
        for (let at = 0; at < from; at += 1) {
          expect(epochAt(grown, at as EpochMs)).toEqual(epochAt(epochs, at as EpochMs));
        }
      }),
    );
  });
});
