import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { position, protectionSettings, usd } from '../../../testing/protection-world.ts';
import { ladderOf, nextStep, OWN_LADDER, stepRank } from './own-ladder.ts';
import { ownLimit, reserveOf, type OwnLimitPolicy } from './own-limit.ts';
import type { ProtectionSettings } from './settings.ts';
import { loosensSettings, stricterSettings } from './stricter-settings.ts';

const base = protectionSettings();
const reserve = base.ownLimit.reserve;
const guard: ProtectionSettings = {
  ...base,
  standing: { ...base.standing, level: 'guard' },
};
const withLimit = (change: Partial<OwnLimitPolicy>) =>
  protectionSettings({ ownLimit: { ...base.ownLimit, ...change } });

describe('a change of the settings', () => {
  it.each<[string, ProtectionSettings, boolean]>([
    ['to the same', protectionSettings(), false],
    ['to a lower share of the room', withLimit({ safety: 500 }), false],
    ['to a higher share of the room', withLimit({ safety: 850 }), true],
    ['to a larger reserve', withLimit({ reserve: { ...reserve, ticks: 10 } }), false],
    ['to a smaller reserve', withLimit({ reserve: { ...reserve, ticks: 4 } }), true],
    ['to a lower level', guard, true],
    ['to an earlier step', protectionSettings({ ladder: { ...OWN_LADDER, critical: 800 } }), false],
    ['to a later step', protectionSettings({ ladder: { ...OWN_LADDER, critical: 900 } }), true],
    ['to more attempts', protectionSettings({ attemptLimit: 5 }), true],
    ['to any number of attempts', protectionSettings({ attemptLimit: null }), true],
  ])('%s', (_name, wanted, isLooser) => {
    expect(loosensSettings(base, wanted)).toBe(isLooser);
  });

  it('to a higher level counts at once', () => {
    expect(stricterSettings(guard, base).standing.level).toBe('protect');
    expect(loosensSettings(guard, base)).toBe(false);
  });
});

const share = fc.integer({ min: 1, max: 1_000 });
const limits = fc.record({
  safety: share,
  reserve: fc.record({
    amount: fc.integer({ min: 0, max: 500 }).map(usd),
    ticks: fc.integer({ min: 0, max: 40 }),
    assumedTicks: fc.integer({ min: 0, max: 40 }),
  }),
});
const ladder = fc
  .uniqueArray(share, { minLength: 4, maxLength: 4 })
  .map((begins) => begins.toSorted((a, b) => a - b))
  .map(([notice = 1, warning = 2, critical = 3, act = 4]) => ({
    notice,
    warning,
    critical,
    act,
    hysteresis: Math.min(20, notice - 1),
  }));
const settings = fc
  .record({ ownLimit: limits, ladder })
  .map((change) => protectionSettings(change));

describe('what holds until the next session', () => {
  it('is a ladder again, and no step comes later than with either', () => {
    const room = fc.record({
      size: fc.integer({ min: 1, max: 5 }),
      left: fc.integer({ min: -100, max: 2_000 }),
    });
    fc.assert(
      fc.property(settings, settings, room, (a, b, { size, left }) => {
        const both = stricterSettings(a, b);
        expect(ladderOf(both.ladder).ok).toBe(true);
        const stepOf = (one: ProtectionSettings) => {
          const kept = reserveOf([position(size)], one.ownLimit.reserve);
          const rule = { rule: 'r', limit: usd(2_000), left: usd(left) };
          const own = ownLimit(rule, kept, one.ownLimit);
          return own.kind === 'known' ? stepRank(nextStep('calm', own, one.ladder)) : -1;
        };
        expect(stepOf(both)).toBeGreaterThanOrEqual(Math.max(stepOf(a), stepOf(b)));
      }),
    );
  });
});
