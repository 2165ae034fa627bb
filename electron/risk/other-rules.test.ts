import { describe, expect, it } from 'vitest';
import { execution, item, OPEN_AT, quote, SIM } from '../../shared/testing/desk-facts.ts';
import type { Ticks } from '../../shared/domain/instrument/instrument.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { dollars, riskWorld, TRAILING } from './testing/risk-world.ts';

type World = ReturnType<typeof riskWorld>;

const MINUTE = 60_000;
/** Monday, 17:00 in Chicago: the session after the one in which the world begins. */
const NEXT_OPEN = OPEN_AT + 8 * 60 * MINUTE;
/** Begins with 100,000 and a floor of 97,000. */
const LARGER = 'apex.legacy.intraday.eval.100k.rithmic';
const FUNDED = 'apex.4_0.intraday.pa.50k';
const TOPSTEP = 'topstep.2026.combine.eval.50k';

function heard(): World {
  const world = riskWorld({ clock: new FakeClock(NEXT_OPEN - 70 * MINUTE) });
  world.connect();
  return world;
}

/** Live prices and figures until the clock shows a time; the PC is awake only near it. */
function liveUntil(world: World, at: number, equity = 50_000): void {
  world.clock.advance(1_000);
  world.clock.jumpWall(Math.max(0, at - world.clock.wall() - 20_000));
  while (world.clock.wall() < at) {
    world.take(quote(20_000, world.clock.wall()));
    world.takeNext((seq) => item(seq, 'cashValue', dollars(equity)));
    world.equity(equity);
    world.clock.advance(900);
  }
}

/** The equity goes from one amount to another in steps that are believed. */
function drift(world: World, from: number, to: number): void {
  const step = from < to ? 20 : -20;
  for (let equity = from; equity !== to; equity += step) world.equity(equity);
  world.equity(to);
}

/** Two contracts bought and sold with a gain of so many dollars, and the cash that shows it. */
function win(world: World, gain: number): void {
  const at = { executedAt: world.clock.wall(), quantity: 2 };
  const out = (20_000 + gain / 25) as Ticks;
  for (const fill of [
    execution('in', { ...at, price: 20_000 as Ticks }),
    execution('out', { ...at, side: 'sell', price: out }),
  ]) {
    world.takeNext((seq) => ({ kind: 'execution.reported', seq, execution: fill }));
  }
  world.takeNext((seq) => item(seq, 'cashValue', dollars(50_000 + gain)));
  world.equity(50_000 + gain);
}

function ruleOf(world: World, id: string) {
  return world.risk().verdicts.find((rule) => rule.id === id);
}

describe('rules under which the account is lost already', () => {
  it('are asked again, with the numbers', () => {
    const world = heard();
    const asked = world.assign({ template: LARGER, insists: false, level: 'observe' });
    expect(asked.outcome).toBe('refused');
    expect(asked.message).toContain('97,000.00');
    expect(asked.message).toContain('50,000.00');
    expect(world.engine.risk.judged()).toEqual([]);
    expect(world.assign({ template: LARGER, level: 'observe' }).outcome).toBe('now');
  });

  it('are not asked again where the account has room', () => {
    expect(heard().assign({ insists: false }).outcome).toBe('now');
  });

  it('that were a mistake leave neither floor nor failure to the right ones, and a lock that may go', () => {
    const world = heard();
    world.assign({ template: LARGER });
    world.equity(50_000);
    world.clock.advance(1_000);
    expect(world.risk()).toMatchObject({ state: 'failed', lock: { until: null } });
    expect(world.assign({ template: TRAILING }).outcome).toBe('later');
    liveUntil(world, NEXT_OPEN + 10_000);
    expect(world.risk()).toMatchObject({ floor: dollars(48_000), midCycle: false });
    expect(ruleOf(world, 'drawdown')?.severity).toBe('ok');
    const unlocked = world.engine.risk.unlock({ account: SIM, reason: 'wrong template' });
    expect(unlocked.outcome).toBe('later');
    expect(world.bugs).toEqual([]);
  });
});

describe('other rules of the account', () => {
  it('take over its peak where they begin with the same balance', () => {
    const world = heard();
    world.assign();
    world.hold(2);
    drift(world, 50_000, 50_900);
    drift(world, 50_900, 50_000);
    world.hold(0);
    world.equity(50_000);
    expect(world.risk().floor).toBe(dollars(48_900));
    expect(world.assign({ template: FUNDED }).outcome).toBe('later');
    liveUntil(world, NEXT_OPEN + 10_000);
    expect(world.risk().rules?.template).toBe(FUNDED);
    expect(world.risk().floor).toBe(dollars(48_900));
  });

  it('do not take a word that it is fresh for one that has traded', () => {
    const world = heard();
    world.assign({ template: LARGER, level: 'observe' });
    win(world, 100);
    world.assign({ template: TRAILING, level: 'observe' });
    liveUntil(world, NEXT_OPEN + 10_000, 50_100);
    expect(world.bugs).toEqual([]);
    expect(world.risk()).toMatchObject({ rules: { template: TRAILING }, midCycle: true });
  });
});

describe('a limit of the day that is added on a later day', () => {
  it('is counted from the beginning of that day', () => {
    const world = heard();
    world.assign({ template: TOPSTEP });
    win(world, 800);
    liveUntil(world, NEXT_OPEN + 10_000, 50_800);
    const added = world.assign({ template: TOPSTEP, hasDailyLimit: true });
    expect(added.outcome).toBe('now');
    expect(ruleOf(world, 'dailyLoss')).toMatchObject({ left: dollars(1_000) });
  });
});
