import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { Ticks } from '../../shared/domain/instrument/instrument.ts';
import { execution, OPEN_AT, snapshot } from '../../shared/testing/desk-facts.ts';
import { dollars, riskWorld, TRAILING } from './testing/risk-world.ts';

/** 200 trades a day, an end-of-day floor, days that qualify. */
const COUNTED = 'tradeday.2026.quick_pay_eod.eval.50k';
const MINUTE = 60_000;
/** A Friday. */
const LAST_WEEK = OPEN_AT - 72 * 60 * MINUTE;

type World = ReturnType<typeof riskWorld>;

/** A round trip of two contracts; a tick of both is worth 25. */
function trip(id: string, executedAt: number, won: number) {
  const at = { executedAt: executedAt as EpochMs, quantity: 2 };
  const out = (20_000 + won / 25) as Ticks;
  return [
    execution(`${id}-in`, { ...at, price: 20_000 as Ticks }),
    execution(`${id}-out`, { ...at, side: 'sell', price: out }),
  ];
}

/** The account comes with what it has traded. */
function traded(...executions: readonly ReturnType<typeof execution>[]): World {
  const world = riskWorld();
  world.connect();
  world.clock.advance(MINUTE);
  world.takeNext((seq) => snapshot(seq, { executions }));
  world.equity(50_000);
  return world;
}

function ruleOf(world: World, id: string) {
  return world.risk().verdicts.find((rule) => rule.id === id);
}

describe('rules that are chosen in the middle of a day', () => {
  it('count the trades that were made on it before', () => {
    const world = traded(
      ...trip('yesterday', LAST_WEEK, 100),
      ...trip('a', OPEN_AT - MINUTE, -50),
      ...trip('b', OPEN_AT - MINUTE, 100),
    );
    world.assign({ template: COUNTED });
    expect(ruleOf(world, 'conduct.maxTradesPerDay')).toMatchObject({ used: 2, severity: 'ok' });
    for (const fill of trip('c', world.clock.wall(), 25)) {
      world.takeNext((seq) => ({ kind: 'execution.reported', seq, execution: fill }));
    }
    expect(ruleOf(world, 'conduct.maxTradesPerDay')).toMatchObject({ used: 3 });
    expect(world.bugs).toEqual([]);
  });

  it('count the same of a running account, whose references are not known', () => {
    const world = traded(...trip('a', OPEN_AT - MINUTE, -50));
    world.assign({ template: COUNTED, start: 'running' });
    expect(ruleOf(world, 'conduct.maxTradesPerDay')).toMatchObject({ used: 1, severity: 'ok' });
  });

  it('do not know the trades of a day of which fills may be missing', () => {
    const world = riskWorld();
    world.connect();
    for (const fill of trip('a', OPEN_AT - MINUTE, -50)) {
      world.takeNext((seq) => ({ kind: 'execution.reported', seq, execution: fill }));
    }
    world.take({ kind: 'link.lost', sessionId: 'sess-1', reason: 'closed', detail: '' });
    world.assign({ template: COUNTED });
    expect(ruleOf(world, 'conduct.maxTradesPerDay')).toMatchObject({
      used: 1,
      severity: 'unknown',
    });
  });

  it('do not know how high an account was that was called fresh and has traded', () => {
    const world = traded(...trip('a', OPEN_AT - MINUTE, 500));
    world.assign();
    expect(world.risk()).toMatchObject({ midCycle: true, state: 'unknown' });
    expect(ruleOf(world, 'drawdown')?.reason).toContain('mid-cycle');
  });

  it.each([
    ['the trader gives the peak', { peak: dollars(50_700) }, 48_700],
    ['only closes raise the floor', { template: COUNTED }, 48_000],
  ])('know the floor where %s', (_name, wish, floor) => {
    const world = traded(...trip('a', OPEN_AT - MINUTE, 500));
    world.assign({ template: TRAILING, ...wish });
    expect(world.risk().floor).toBe(dollars(floor));
    expect(ruleOf(world, 'drawdown')?.severity).toBe('ok');
  });

  it('begin with the account as it is when nothing was traded', () => {
    const world = traded(...trip('yesterday', LAST_WEEK, 100));
    world.assign();
    expect(world.risk()).toMatchObject({ midCycle: false, floor: dollars(48_000) });
    expect(ruleOf(world, 'drawdown')?.severity).toBe('ok');
  });
});
