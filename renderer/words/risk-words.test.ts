import { describe, expect, it } from 'vitest';
import { riskView, RULES } from '../bridge/fake/risk-parts.ts';
import { NO_RULES_CHOSEN } from '../../shared/protocol/ipc/risk-view.ts';
import { riskState, roomBand, trustedBand } from './risk-words.ts';

describe('the band of the room that is left', () => {
  it.each([
    [1_000, 'Ample'],
    [700, 'Ample'],
    [699, 'Caution'],
    [400, 'Caution'],
    [399, 'Danger'],
    [-20, 'Danger'],
    [null, 'Not known'],
  ])('%s parts per thousand', (share, text) => {
    expect(roomBand(share).text).toBe(text);
  });

  it.each([
    [1_000, 'Uncertain'],
    [500, 'Caution'],
    [100, 'Danger'],
    [null, 'Not known'],
  ])('is never ample while the floor is not certain: %s', (share, text) => {
    expect(trustedBand(share, false).text).toBe(text);
  });

  it('has another shape for each of its words', () => {
    const shapes = [1_000, 500, 100, null].map((share) => roomBand(share).shape);
    expect(new Set(shapes).size).toBe(4);
  });
});

describe('the state of an account', () => {
  it.each([
    [NO_RULES_CHOSEN, 'No rules chosen'],
    [riskView(), 'Rules kept'],
    [riskView({ state: 'failed', severity: 'breach' }), 'Account failed'],
    [riskView({ state: 'softLock', severity: 'breach' }), 'Closed until the reset'],
    [riskView({ state: 'unknown', severity: 'unknown' }), 'Unknown'],
    [riskView({ state: 'critical', severity: 'critical', rules: RULES }), 'Critical'],
  ])('is never fine without rules that say so', (risk, text) => {
    expect(riskState(risk).text).toBe(text);
  });
});
