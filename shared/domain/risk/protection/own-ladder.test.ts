import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../../money/money.ts';
import { ladderOf, nextStep, OWN_LADDER, stepRank, STEPS } from './own-ladder.ts';

const at = (used: number, limit = 1_000) => ({ used: money(used), limit: money(limit) });

describe('the ladder on the own limit', () => {
  it.each([
    [0, 'calm'],
    [499, 'calm'],
    [500, 'notice'],
    [699, 'notice'],
    [700, 'warning'],
    [850, 'critical'],
    [999, 'critical'],
    [1_000, 'act'],
    [5_000, 'act'],
  ] as const)('%i of 1000 used, coming from calm, is %s', (used, step) => {
    expect(nextStep('calm', at(used), OWN_LADDER)).toBe(step);
  });

  it.each([
    ['notice', 481, 'notice'],
    ['notice', 480, 'calm'],
    ['critical', 831, 'critical'],
    ['critical', 830, 'warning'],
    ['act', 981, 'act'],
    ['act', 980, 'critical'],
    ['act', 0, 'calm'],
  ] as const)('from %s, %i of 1000 used is %s', (before, used, step) => {
    expect(nextStep(before, at(used), OWN_LADDER)).toBe(step);
  });

  it('a limit of nothing is used up by nothing', () => {
    expect(nextStep('calm', at(0, 0), OWN_LADDER)).toBe('act');
  });

  it('more used never gives a lower step, from whatever step', () => {
    const used = fc.integer({ min: 0, max: 3_000 });
    fc.assert(
      fc.property(fc.constantFrom(...STEPS), used, used, (before, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const low = nextStep(before, at(less), OWN_LADDER);
        expect(stepRank(nextStep(before, at(more), OWN_LADDER))).toBeGreaterThanOrEqual(
          stepRank(low),
        );
      }),
    );
  });
});

describe('a ladder by the trader', () => {
  it.each([
    [{}, null],
    [{ notice: 0 }, 'NOT_PER_THOUSAND'],
    [{ act: 1_001 }, 'NOT_PER_THOUSAND'],
    [{ warning: 700.5 }, 'NOT_PER_THOUSAND'],
    [{ warning: 500 }, 'NOT_RISING'],
    [{ critical: 600 }, 'NOT_RISING'],
    [{ hysteresis: -1 }, 'BAD_HYSTERESIS'],
    [{ hysteresis: 500 }, 'BAD_HYSTERESIS'],
  ] as const)('%j is %s', (change, code) => {
    const made = ladderOf({ ...OWN_LADDER, ...change });
    expect(made.ok ? null : made.error.code).toBe(code);
  });
});
