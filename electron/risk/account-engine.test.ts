import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs, MonoMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import { ZERO_MONEY } from '../../shared/domain/money/money.ts';
import { openAccount, verdictsOf } from '../../shared/domain/risk/engine.ts';
import type { RiskEvent } from '../../shared/domain/risk/event.ts';
import type { KeptRisk, RiskRecord } from '../../shared/domain/risk/feed/record.ts';
import { eventBody } from '../../shared/testing/risk-events.ts';
import {
  dollars,
  everyRule,
  freshOpening,
  percent,
  START_AT,
} from '../../shared/testing/risk-rules.ts';
import { AccountEngine, resumedState, type TimelessEvent } from './account-engine.ts';
import type { RulesInForce } from './rules-in-force.ts';

const rules = {
  assigned: { account: 'Sim101' as AccountName, epoch: { content: 'c' } },
  own: [],
  engine: everyRule,
} as unknown as RulesInForce;

function stampAt(ms: number, wall = START_AT + Math.floor(ms)): Stamp {
  return { wall: wall as EpochMs, mono: ms as MonoMs };
}

/** An engine with its journal. */
function running() {
  const rows: RiskRecord[] = [];
  const state = openAccount(everyRule, freshOpening);
  const engine = new AccountEngine({ rules, state, keep: (row) => rows.push(row) });
  engine.keepState(stampAt(0));
  return { engine, rows };
}

function replayed(rows: readonly RiskRecord[]) {
  let core: KeptRisk | null = null;
  let taken: RiskEvent[] = [];
  for (const row of rows) {
    if (row.kind === 'risk.kept') [core, taken] = [row.core, []];
    if (row.kind === 'risk.taken') taken.push(row.event);
  }
  if (core === null) throw new Error('Nothing was kept.');
  return resumedState(rules, JSON.parse(JSON.stringify(core)) as KeptRisk, taken);
}

function bodies(count: number): readonly TimelessEvent[] {
  return fc
    .sample(eventBody, { numRuns: count, seed: 7 })
    .map((body) => body(START_AT))
    .filter(({ kind }) => kind !== 'clock');
}

describe('the time of the rules', () => {
  it('is not ahead of the clock when 10,000 events come within 10 ms', () => {
    const { engine, rows } = running();
    const events = bodies(12_000).slice(0, 10_000);
    events.forEach((event, index) => {
      const stamp = stampAt(1 + index / 1_000);
      engine.take(event, stamp);
      expect(engine.state().book.at - stamp.wall).toBeLessThanOrEqual(1);
    });
    expect(events).toHaveLength(10_000);
    engine.keepHouse(stampAt(5_000));
    const again = replayed(rows);
    expect(JSON.stringify(verdictsOf(everyRule, again))).toBe(
      JSON.stringify(verdictsOf(everyRule, engine.state())),
    );
    expect(again.book).toEqual(engine.state().book);
  });

  it('keeps the order of arrival within a millisecond: a low before a high breaks no trailing floor', () => {
    const { engine } = running();
    const mark = (equity: number): TimelessEvent => ({
      ...{ kind: 'mark', balance: dollars(equity), open: ZERO_MONEY, fees: ZERO_MONEY },
      ...{ high: null, low: null, worstTrade: null, quality: 'fresh' },
    });
    engine.take(mark(49_000), stampAt(1));
    engine.take(mark(51_000), stampAt(1));
    const [floor] = engine.verdicts();
    expect(floor).toMatchObject({ severity: 'ok', isBounded: false });
  });

  it('stands still while the clock is set back, and goes on when the clock has caught up', () => {
    const { engine, rows } = running();
    engine.take({ kind: 'tick' }, stampAt(60_000));
    const { at } = engine.state().book;
    for (let ms = 0; ms < 100; ms += 1) {
      engine.take(
        { kind: 'signal', quality: percent(60) },
        stampAt(60_001 + ms, START_AT - 3_600_000),
      );
      expect(engine.state().book.at).toBe(at);
    }
    expect(engine.state().book.signals).toHaveLength(100);
    engine.take({ kind: 'tick' }, stampAt(61_000));
    expect(engine.state().book.at).toBe(at + 1_000);
    expect(replayed(rows).book.signals).toHaveLength(100);
  });
});

describe('an engine that nobody watched for a while', () => {
  it('has lost its figures at its last event, and not when it goes on', () => {
    const { engine, rows } = running();
    engine.take({ kind: 'tick' }, stampAt(1_000));
    engine.take({ kind: 'tick' }, stampAt(3_600_000));
    expect(engine.state().book.figures.quality).toBe('stale');
    const events = rows.flatMap((row) => (row.kind === 'risk.taken' ? [row.event] : []));
    expect(events.find(({ kind }) => kind === 'figures-lost')?.at).toBe(START_AT + 1_000);
  });
});
