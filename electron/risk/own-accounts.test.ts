import { describe, expect, it } from 'vitest';
import type { AccountName } from '../../shared/domain/account/account.ts';
import { account, item, position } from '../../shared/testing/desk-facts.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

/** Forbids opposite sides over the trader's own accounts. */
const FIRM = 'topstep.2026.combine.eval.50k';
const OTHER = 'Sim102' as AccountName;

function hedging(world: ReturnType<typeof riskWorld>) {
  return world.risk().verdicts.find(({ id }) => id === 'conduct.hedging');
}

describe('two own accounts on opposite sides', () => {
  it('break the rule of the one that has it, until one side is closed', () => {
    const world = riskWorld();
    world.connect();
    world.assign({ template: FIRM });
    world.takeNext(
      (seq) => account(seq, { name: OTHER }),
      (seq) => item(seq, 'cashValue', dollars(50_000), OTHER),
      (seq) => position(seq, 2),
    );
    expect(hedging(world)?.severity).toBe('ok');
    world.takeNext((seq) => position(seq, -1, { account: OTHER }));
    expect(hedging(world)).toMatchObject({ severity: 'breach' });
    world.takeNext((seq) => position(seq, 0, { account: OTHER }));
    expect(hedging(world)?.severity).not.toBe('unknown');
    expect(world.bugs).toEqual([]);
  });
});

describe('the room that the broker reports', () => {
  it('is shown beside the computed one, and the tighter of both counts for the own limit', () => {
    const world = riskWorld();
    world.connect();
    world.assign();
    world.equity(50_000);
    world.takeNext((seq) => item(seq, 'trailingMaxDrawdown', dollars(1_500)));
    for (let told = 1; told <= 10; told += 1) world.equity(50_000 + told);
    expect(world.risk()).toMatchObject({ brokerFloor: dollars(48_510) });
    expect(world.risk().floorDisagreement).toBeGreaterThan(0);
    const lines = world.engine.view().feed.map(({ text }) => text);
    // By the rules nothing of the room is used; the broker leaves 500 less.
    expect(world.risk().own).toMatchObject({ used: dollars(500) });
    expect(lines.join('\n')).toContain('the tighter one counts');
  });
});
