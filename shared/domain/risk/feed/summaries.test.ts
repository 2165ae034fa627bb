import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../kernel/clock.ts';
import { everyRule, freshOpening, rulesOf, START_AT } from '../../../testing/risk-rules.ts';
import type { InstrumentName } from '../../instrument/instrument.ts';
import { openAccount, step } from '../engine.ts';
import { LOT } from '../rule-parts.ts';
import { summariesOf } from './summaries.ts';

const GRACE_MS = 10_000;
const ES = 'ES 12-26' as InstrumentName;

/** A cap of three minis with ten seconds of grace, and a rule that is no cap. */
const RULES = rulesOf(
  everyRule.rulebook.rules
    .filter(({ kind }) => kind === 'contract-cap' || kind === 'stop-required')
    .map((rule) => (rule.kind === 'contract-cap' ? { ...rule, grace: GRACE_MS } : rule)),
);

/** The summary of the cap so long after a position and an entry were seen. */
function capAfter(ms: number, quantity: number, entry: number) {
  const seen = {
    kind: 'exposure',
    at: (START_AT + 1) as EpochMs,
    positions: [{ root: 'ES', quantity, stopped: quantity }],
    orders: [{ root: 'ES', quantity: entry, isExit: false }],
  } as const;
  const first = step(RULES, openAccount(RULES, freshOpening), seen);
  if (!first.ok) throw new Error(first.error.code);
  const after = step(RULES, first.value.state, {
    kind: 'tick',
    at: (START_AT + 1 + ms) as EpochMs,
  });
  if (!after.ok) throw new Error(after.error.code);
  const held = [{ instrument: ES, root: 'ES', quantity }];
  const summaries = summariesOf(RULES.rulebook, after.value.verdicts, held);
  expect(summaries.find(({ rule }) => rule === 'stops')).toMatchObject({ excess: [], cap: null });
  return summaries.find(({ rule }) => rule === 'cap');
}

describe('what protection is told of a cap', () => {
  it('is nothing within it', () => {
    expect(capAfter(GRACE_MS, 2, 1)).toMatchObject({ severity: 'notice', excess: [], cap: null });
  });

  it('is the cap at once when entries may go over it', () => {
    const cap = { most: 3 * LOT };
    expect(capAfter(1, 2, 2)).toMatchObject({ severity: 'critical', excess: [], cap });
  });

  it('is what is held over it once the grace period is over', () => {
    const cap = { most: 3 * LOT };
    expect(capAfter(GRACE_MS - 1, 5, 1)).toMatchObject({ severity: 'critical', excess: [], cap });
    const excess = [{ instrument: ES, keep: 3 }];
    expect(capAfter(GRACE_MS, 5, 1)).toMatchObject({ severity: 'breach', excess, cap });
  });
});
