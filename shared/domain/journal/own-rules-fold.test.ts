import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import { SIM } from '../../testing/desk-facts.ts';
import { everyRule, freshOpening } from '../../testing/risk-rules.ts';
import { openAccount } from '../risk/engine.ts';
import type { OwnRule, OwnRulesChoice } from '../risk/own-rule.ts';
import { RiskFolding, type RiskEntry } from './risk-fold.ts';

const TRADES: OwnRule = {
  ...{ id: 'own.trades', title: 'Trades', rule: 'TRADES', effect: 'lock', params: { max: 5 } },
};

function folded(...entries: readonly RiskEntry[]) {
  const folding = new RiskFolding(new Map());
  for (const entry of entries) folding.take(entry);
  return folding.folded().get(SIM);
}

function kept(own?: readonly OwnRule[]): RiskEntry {
  const { book, rules, runs } = openAccount(everyRule, freshOpening);
  const under = { content: 'abc', ...(own !== undefined && { own }) };
  return { kind: 'risk.kept', account: SIM, ...under, core: { book, rules, runs } };
}

describe('own rules in the journal', () => {
  it('are none in one from before there were any', () => {
    expect(folded(kept())).toMatchObject({ ownRules: [], kept: { content: 'abc', own: [] } });
  });

  it('are all choices in their order, and those of the kept state', () => {
    const choice = (from: number, ...rules: readonly OwnRule[]): OwnRulesChoice => ({
      ...{ from: from as EpochMs, rules, reason: 'plan' },
    });
    const choices = [choice(10, TRADES), choice(20)];
    const entries = choices.map(
      (one) => ({ kind: 'own-rules.chosen', account: SIM, choice: one }) as const,
    );
    expect(folded(...entries, kept([TRADES]))).toMatchObject({
      ownRules: choices,
      kept: { own: [TRADES] },
    });
  });
});
