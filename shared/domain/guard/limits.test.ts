import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import { guardLimits as limits, guards } from '../../testing/guard-limits.ts';
import { money } from '../money/money.ts';
import { inEffect, loosens, sameGuard, tightestOf, type GuardLimits } from './limits.ts';

const at = (ms: number) => ms as EpochMs;
const locked = limits({ entriesLocked: true });

describe('a guard', () => {
  it.each<[string, GuardLimits | null, GuardLimits | null, boolean]>([
    ['is loosened by no lock', locked, limits({ maxContracts: 1 }), true],
    ['is loosened by an end of the lock', locked, { ...locked, lockedUntil: at(9) }, true],
    [
      'is loosened by an earlier end',
      { ...locked, lockedUntil: at(9) },
      { ...locked, lockedUntil: at(8) },
      true,
    ],
    ['is not loosened by a later end', { ...locked, lockedUntil: at(9) }, locked, false],
    ['is not loosened by another reason', locked, { ...locked, reason: 'else' }, false],
    [
      'is loosened by more contracts',
      limits({ maxContracts: 2 }),
      limits({ maxContracts: 3 }),
      true,
    ],
    ['is loosened by any number of contracts', limits({ maxContracts: 2 }), locked, true],
    ['is not loosened by fewer', limits({ maxContracts: 2 }), limits({ maxContracts: 0 }), false],
    [
      'is loosened by a lower floor',
      limits({ hardFloor: money(9) }),
      limits({ hardFloor: money(8) }),
      true,
    ],
    [
      'is not loosened by a higher floor',
      limits({ hardFloor: money(9) }),
      limits({ hardFloor: money(10) }),
      false,
    ],
    [
      'is loosened by a floor that only warns',
      limits({ hardFloor: money(9), flattenAtFloor: true }),
      limits({ hardFloor: money(9) }),
      true,
    ],
    ['is loosened by leaving an account out', locked, null, true],
    ['is not loosened by another account', null, locked, false],
  ])('%s', (_, from, to, expected) => {
    const list = (one: GuardLimits | null) => (one === null ? [] : [one]);
    expect(loosens(list(from), list(to))).toBe(expected);
  });

  it('is never loosened by making it one with another, whichever comes first', () => {
    fc.assert(
      fc.property(guards, guards, (a, b) => {
        const both = tightestOf(a, b);
        expect(loosens(a, both) || loosens(b, both)).toBe(false);
        expect(sameGuard(both, tightestOf(b, a), at(0))).toBe(true);
        expect(sameGuard(both, tightestOf(both, a), at(0))).toBe(true);
      }),
    );
  });

  it('that loosens and is not loosened back is another guard', () => {
    fc.assert(
      fc.property(guards, guards, (a, b) => {
        if (!loosens(a, b) && !loosens(b, a)) expect(sameGuard(a, b, at(0))).toBe(true);
      }),
    );
  });

  it('without its lock is what is left once the lock has run out', () => {
    const timed = { ...locked, lockedUntil: at(10), maxContracts: 2 };
    expect(inEffect(timed, at(9))).toBe(timed);
    expect(inEffect(timed, at(10))).toMatchObject({ entriesLocked: false, maxContracts: 2 });
    expect(inEffect({ ...timed, maxContracts: null }, at(10))).toBeNull();
    expect(sameGuard([{ ...timed, maxContracts: null }], [], at(10))).toBe(true);
  });
});
