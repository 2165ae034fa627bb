import { describe, expect, it } from 'vitest';
import { floorRule, position, ProtectedAccount } from '../../../testing/protection-world.ts';
import type { RuleSummary } from './account-reading.ts';

const LONG = [position(2)];

/** The firm's floor is far; the rule of the trader's own is as given. */
function withOwn(left: number | null, change: Partial<RuleSummary>): ProtectedAccount {
  const own = floorRule(left, { rule: 'own.day', ...change });
  return new ProtectedAccount().settle({ positions: LONG, rules: [floorRule(2_000), own] });
}

describe('a rule of the trader’s own', () => {
  it.each([
    ['lock', true, 0],
    ['soft', true, 1],
    ['refuse', false, 0],
    ['warn', false, 0],
  ] as const)('that is broken, with the effect %s', (effect, isLocked, flattens) => {
    const account = withOwn(-1, { effect });
    expect(account.state.book.locks.map(({ id }) => id)).toEqual(isLocked ? ['rule:own.day'] : []);
    expect(account.count('flatten')).toBe(flattens);
  });

  it('locks until the next session where its own end is not known, and never for good', () => {
    const account = withOwn(-1, { effect: 'lock' });
    expect(account.state.book.locks[0]).toMatchObject({
      reason: 'Your own rule "own.day" is broken.',
      keepsFlat: false,
    });
    expect(account.state.book.locks[0]?.end.kind).not.toBe('open');
  });

  it.each(['lock', 'soft'] as const)('is used up to its end: %s', (effect) => {
    // A fiftieth of 2,000 is left, far beyond the ladder inside a rule of the firm.
    const account = withOwn(40, { effect });
    expect(account.state.book.locks).toEqual([]);
    expect(account.state.steps).toEqual({ trailing: 'calm' });
    expect(account.outcome?.gate.state).toBe('open');
  });

  it.each([
    ['lock', ['RULE_UNKNOWN']],
    ['warn', []],
  ] as const)('that is not known, with the effect %s', (effect, reasons) => {
    expect(withOwn(null, { effect }).outcome?.gate.reasons).toEqual(reasons);
  });
});
