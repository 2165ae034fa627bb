import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { NO_RULES_CHOSEN } from '../../../shared/protocol/ipc/risk-view.ts';
import { riskView, standing } from '../../bridge/fake/risk-parts.ts';
import { dollars } from '../../bridge/fake/view-parts.ts';
import { healthScore } from './health-score.ts';

const live = (risk = riskView()) => healthScore({ risk, freshness: 'live' });

describe('the health of an account', () => {
  it('is the lowest of its parts, and says all of them', () => {
    const risk = riskView(standing({ equity: dollars(50_640), peak: dollars(52_140) }));
    expect(live(risk)).toEqual({
      score: 13,
      formula:
        'The lowest of: percent of the firm\u2019s room left 40; percent of your own limit left 13; average losses left \u00d7 10 (from 34 losing trades) 60; worst rule (kept) 100. So 13 of 100.',
    });
  });

  it('leaves out a mean of too few trades', () => {
    expect(live(riskView({ averageLossTrades: 9, averageLossesLeft: 0 })).score).toBe(92);
  });

  it.each([
    [NO_RULES_CHOSEN, 'live', 'No rules are chosen.'],
    [riskView(), 'stale', 'The figures are not live.'],
    [riskView({ roomShare: null }), 'live', 'The room to the floor is not known.'],
    [riskView({ severity: 'unknown' }), 'live', 'A rule cannot be judged.'],
  ] as const)('is not told when something is unknown', (risk, freshness, why) => {
    expect(healthScore({ risk, freshness })).toEqual({ score: null, formula: `No score: ${why}` });
  });

  it('never rises by a loss', () => {
    const equities = fc.integer({ min: dollars(49_000), max: dollars(52_140) });
    fc.assert(
      fc.property(equities, fc.nat({ max: dollars(500) }), (equity, loss) => {
        const score = (at: number) => live(riskView(standing({ equity: at }))).score ?? 0;
        expect(score(equity - loss)).toBeLessThanOrEqual(score(equity));
      }),
    );
  });
});
