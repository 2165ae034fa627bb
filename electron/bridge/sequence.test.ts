import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SequenceTracker } from './sequence.ts';

describe('the sequence of one direction', () => {
  it('delivers what comes in order without a word', () => {
    const tracker = new SequenceTracker();
    expect([1, 2, 3].map((seq) => tracker.accept(seq, `m${seq}`))).toEqual(
      Array(3).fill({ deliver: true, late: false, gap: null }),
    );
    expect(tracker.highest).toBe(3);
  });

  it('names the numbers that were skipped, also at the very start', () => {
    const tracker = new SequenceTracker();
    expect(tracker.accept(3, 'c').gap).toEqual({ from: 1, to: 2 });
    expect(tracker.accept(7, 'g').gap).toEqual({ from: 4, to: 6 });
  });

  it('delivers a late message once', () => {
    const tracker = new SequenceTracker();
    tracker.accept(1, 'a');
    tracker.accept(3, 'c');
    expect(tracker.accept(2, 'b')).toEqual({ deliver: true, late: true, gap: null });
    expect(tracker.accept(2, 'b').deliver).toBe(false);
  });

  it('does not deliver an id again under another number', () => {
    const tracker = new SequenceTracker();
    tracker.accept(1, 'a');
    expect(tracker.accept(2, 'a')).toEqual({ deliver: false, late: false, gap: null });
    expect(tracker.accept(4, 'a')).toEqual({
      deliver: false,
      late: false,
      gap: { from: 3, to: 3 },
    });
  });

  it('remembers a bounded number of gaps and ids', () => {
    const tracker = new SequenceTracker({ gaps: 2, ids: 2 });
    for (const seq of [2, 4, 6]) tracker.accept(seq, `m${seq}`);
    expect(tracker.accept(1, 'm1').deliver).toBe(false);
    expect(tracker.accept(3, 'm3').deliver).toBe(true);
    expect(tracker.accept(7, 'm2').deliver).toBe(true);
  });

  it('agrees with a plain model under loss, repeats and reordering', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 120 }), (arrivals) => {
        const tracker = new SequenceTracker();
        const seen = new Set<number>();
        let highest = 0;
        for (const seq of arrivals) {
          const expected = {
            deliver: !seen.has(seq),
            late: !seen.has(seq) && seq < highest,
            gap: seq > highest + 1 ? { from: highest + 1, to: seq - 1 } : null,
          };
          expect(tracker.accept(seq, `m${seq}`)).toEqual(expected);
          seen.add(seq);
          highest = Math.max(highest, seq);
        }
        expect(tracker.highest).toBe(highest);
      }),
    );
  });
});
