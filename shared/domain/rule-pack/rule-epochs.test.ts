import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import {
  begin,
  contentsOf,
  epochAt,
  epochsWithin,
  type RuleEpoch,
  type RuleHistory,
} from './rule-epochs.ts';

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

  it.each([
    [99, null],
    [100, 'a'],
    [199, 'a'],
    [200, 'b'],
    [300, 'a'],
    [9_000, 'a'],
  ])('an instant is judged by the rules of its own time: %i', (at, content) => {
    expect(epochAt(history, at as EpochMs)?.content ?? null).toBe(content);
  });

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

  it('a span is judged by every epoch that it touches', () => {
    const within = (from: number, to: number): readonly string[] =>
      epochsWithin(history, from as EpochMs, to as EpochMs).map(({ content }) => content);
    expect(within(0, 100)).toEqual([]);
    expect(within(150, 200)).toEqual(['a']);
    expect(within(150, 201)).toEqual(['a', 'b']);
    expect(within(300, 400)).toEqual(['a']);
  });

  it('every content that an epoch names has to be kept', () => {
    expect(contentsOf([history, [epoch(1, 'z')]])).toEqual(new Set(['a', 'b', 'z']));
  });

  it('what an instant was judged by never changes, whatever is begun later', () => {
    const made = fc.record({ from: fc.nat(1_000), content: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(made), fc.array(made), fc.nat(1_000), (first, later, at) => {
        const before = historyOf(...first.map(({ from, content }) => epoch(from, content)));
        const last = before.at(-1)?.from ?? -1;
        fc.pre(at <= last);
        const after = later.reduce<RuleHistory>((kept, { from, content }) => {
          const begun = begin(kept, epoch(from, content));
          return begun.ok ? begun.value : kept;
        }, before);
        expect(epochAt(after, at as EpochMs)).toEqual(epochAt(before, at as EpochMs));
      }),
    );
  });
});
