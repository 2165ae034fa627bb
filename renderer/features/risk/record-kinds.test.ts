import { describe, expect, it } from 'vitest';
import { recordSentence, recordWish, type RecordKind } from './record-kinds.ts';

describe('what is typed into the form', () => {
  it.each<[RecordKind, string, object | null]>([
    ['peak', '50,700', { kind: 'peak', account: 'A', peak: 507_000_000 }],
    ['peak', 'high', null],
    ['end-of-day', '50,250', { kind: 'end-of-day', account: 'A', balance: 502_500_000 }],
    ['adjustment', '-85', { kind: 'adjustment', account: 'A', amount: -850_000 }],
    ['payout', '-85', null],
  ])('as a %s of %s', (kind, text, wish) => {
    expect(recordWish('A', kind, text)).toEqual(wish);
  });

  it('is said again before it is recorded', () => {
    const wish = { kind: 'peak', account: 'A', peak: 507_000_000 } as const;
    expect(recordSentence(wish, 'USD')).toBe('A peak of $50,700.00.');
  });
});
