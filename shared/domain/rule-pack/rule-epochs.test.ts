import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import { begin, type RuleEpoch, type RuleHistory } from './rule-epochs.ts';

function epoch(from: number, content: string, template = 'apex.4_0.eod.pa.50k'): RuleEpoch {
  return { from: from as EpochMs, template, content, edition: '2026-11-21', reason: 'pack' };
}

function historyOf(...epochs: readonly RuleEpoch[]): RuleHistory {
  return epochs.reduce<RuleHistory>((history, next) => {
    const begun = begin(history, next);
    return begun.ok ? begun.value : history;
  }, []);
}

describe('rule epochs', () => {
  const history = historyOf(epoch(100, 'a'), epoch(200, 'b'), epoch(300, 'a'));

  it('a pack update never begins before or with the last epoch', () => {
    for (const from of [100, 299, 300]) {
      const error = { code: 'WOULD_REWRITE_HISTORY', last: 300 };
      expect(begin(history, epoch(from, 'c'))).toEqual({ ok: false, error });
    }
  });

  it('an update that changes nothing for the account opens no epoch', () => {
    expect(begin(history, epoch(400, 'a'))).toEqual({ ok: false, error: { code: 'SAME_RULES' } });
    expect(begin(history, epoch(400, 'a', 'apex.4_0.eod.pa.25k')).ok).toBe(true);
  });

  it('what was begun stays as it was, whatever is begun later', () => {
    const made = fc.record({ from: fc.nat(1_000), content: fc.constantFrom('a', 'b', 'c') });
    const begun = (list: readonly { readonly from: number; readonly content: string }[]) =>
      list.map(({ from, content }) => epoch(from, content));
    fc.assert(
      fc.property(fc.array(made), fc.array(made), (first, later) => {
        const before = historyOf(...begun(first));
        const after = historyOf(...begun(first), ...begun(later));
        expect(after.slice(0, before.length)).toEqual(before);
        expect(after.every(({ from }, n) => n === 0 || from > (after[n - 1]?.from ?? from))).toBe(
          true,
        );
      }),
    );
  });
});
