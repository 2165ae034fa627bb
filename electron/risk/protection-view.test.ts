import { describe, expect, it } from 'vitest';
import { account } from '../../shared/testing/desk-facts.ts';
import { riskWorld } from './testing/risk-world.ts';

/** The firm wants trading by hand, and one whose word is plain. */
const BY_HAND = 'apex.4_0.intraday.eval.50k.rithmic';
const FREE = 'topstep.2026.combine.eval.50k';

function protection(
  template: string,
  insists: boolean,
  kind: 'simulation' | 'live' = 'simulation',
) {
  const world = riskWorld();
  world.connect();
  world.takeNext((seq) => account(seq, { kind }));
  world.assign({ template, level: 'protect', insists });
  world.clock.advance(1_000);
  return world.risk().protection;
}

describe('what stands against acting', () => {
  it('is the firm\u2019s word, which can be insisted against', () => {
    expect(protection(BY_HAND, false)).toMatchObject({
      level: 'observe',
      insists: false,
      objection: 'The firm forbids software that trades by itself.',
      barrier: '',
    });
    expect(protection(BY_HAND, true)).toMatchObject({
      level: 'protect',
      insists: true,
      objection: 'The firm forbids software that trades by itself.',
      barrier: '',
    });
  });

  it('is nothing where the firm lets software act', () => {
    expect(protection(FREE, false)).toMatchObject({ level: 'protect', objection: '', barrier: '' });
  });

  it('is a barrier that no insisting lifts where the account may not be acted for', () => {
    expect(protection(FREE, true, 'live')).toMatchObject({
      level: 'observe',
      chosen: 'protect',
      objection: '',
      barrier: 'Only simulation and playback accounts are acted for in this mode.',
    });
  });
});
