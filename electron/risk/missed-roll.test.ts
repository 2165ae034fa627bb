import { describe, expect, it } from 'vitest';
import type { Ticks } from '../../shared/domain/instrument/instrument.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import {
  execution,
  item,
  opened,
  position,
  SIM,
  snapshot,
  terms,
} from '../../shared/testing/desk-facts.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

/** Floor 2,000 below the highest close, a soft limit of the day of 1,000. */
const END_OF_DAY = 'apex.4_0.eod.eval.50k.rithmic';
const HOUR = 3_600_000;
/** From 09:00 in Chicago to 09:00 on the next day. */
const NIGHT = 24 * HOUR;

type World = ReturnType<typeof riskWorld>;

interface Told {
  readonly cash: number;
  readonly realized?: number;
  readonly held?: number;
}

/** A session opens and everything is told of the account. */
function hear(world: World, { cash, realized = 0, held = 0 }: Told): void {
  const positions = held === 0 ? [] : [position(2, held)];
  const items = itemsOf(2, { cash, realized });
  world.take(opened(`sess-${world.clock.wall()}`), terms(1), snapshot(2, { positions, items }));
  tell(world, { cash, realized });
}

function itemsOf(seq: number, { cash, realized = 0 }: Told) {
  return [
    item(seq, 'realizedProfitLoss', dollars(realized)),
    item(seq, 'cashValue', dollars(cash)),
    item(seq, 'netLiquidation', dollars(cash)),
  ];
}

function tell(world: World, told: Told): void {
  for (const index of [0, 1, 2]) {
    world.takeNext((seq) => itemsOf(seq, told)[index]!);
  }
  world.clock.advance(500);
}

/** The account is heard for so many seconds. */
function listen(world: World, told: Told, seconds = 3): void {
  hear(world, told);
  for (let second = 0; second < seconds * 2; second += 1) tell(world, told);
}

function trade(world: World, won: number): void {
  const at = { executedAt: world.clock.wall(), quantity: 2 };
  const out = (20_000 + won / 25) as Ticks;
  const id = world.clock.mono();
  for (const fill of [
    execution(`in-${id}`, { ...at, price: 20_000 as Ticks }),
    execution(`out-${id}`, { ...at, side: 'sell', price: out }),
  ]) {
    world.takeNext((seq) => ({ kind: 'execution.reported', seq, execution: fill }));
  }
}

/** An account that made 800 today and is flat. */
function watched(): World {
  const world = riskWorld();
  hear(world, { cash: 50_000 });
  world.assign({ template: END_OF_DAY, hasDailyLimit: true });
  trade(world, 800);
  world.clock.advance(1_000);
  tell(world, { cash: 50_800, realized: 800 });
  world.clock.advance(1_500);
  return world;
}

function restarted(before: World, how: 'stopped' | 'killed', away = NIGHT): World {
  if (how === 'stopped') before.close();
  else before.crash();
  return riskWorld({ folder: before.folder, clock: new FakeClock(before.clock.wall() + away) });
}

function ruleOf(world: World, id: string) {
  return world.risk().verdicts.find((rule) => rule.id === id);
}

describe.each(['stopped', 'killed'] as const)('a day that rolls while the desk is %s', (how) => {
  it('ended with the last balance when nothing was traded', () => {
    const world = restarted(watched(), how);
    expect(ruleOf(world, 'drawdown')?.severity).toBe('unknown');
    hear(world, { cash: 50_800 });
    expect(ruleOf(world, 'drawdown')).toMatchObject({ severity: 'ok', left: dollars(2_000) });
    expect(ruleOf(world, 'dailyLoss')).toMatchObject({ severity: 'ok', left: dollars(1_000) });
    expect(world.risk().floor).toBe(dollars(48_800));
    expect(world.bugs).toEqual([]);
  });

  it.each<[string, Told]>([
    ['other cash', { cash: 50_600 }],
    ['a small fee', { cash: 50_795 }],
    ['the same cash, but something realized', { cash: 50_800, realized: 0.5 }],
    ['a position', { cash: 50_800, held: 1 }],
  ])('has an unknown end with %s', (_name, told) => {
    const world = restarted(watched(), how);
    listen(world, told);
    const floor = ruleOf(world, 'drawdown');
    expect(floor).toMatchObject({ severity: 'unknown', left: null });
    expect(floor?.reason).toContain('apex rules record end-of-day');
    expect(ruleOf(world, 'dailyLoss')?.severity).toBe('unknown');
    expect(world.risk().floor).toBe(dollars(48_000));
  });

  it('has the end that the trader records', () => {
    const world = restarted(watched(), how);
    listen(world, { cash: 50_600 });
    world.engine.risk.record({ kind: 'end-of-day', account: SIM, balance: dollars(50_900) });
    expect(world.risk().floor).toBe(dollars(48_900));
    expect(ruleOf(world, 'drawdown')).toMatchObject({ severity: 'ok', left: dollars(1_700) });
    expect(ruleOf(world, 'dailyLoss')).toMatchObject({ left: dollars(700) });
  });

  it('is a breach below the floor of before, whatever its end was', () => {
    const world = restarted(watched(), how);
    listen(world, { cash: 47_900 });
    expect(ruleOf(world, 'drawdown')?.severity).toBe('breach');
  });
});

describe('a desk that runs', () => {
  it('learns the end of a day without a link when the account comes back untouched', () => {
    const world = watched();
    world.take({ kind: 'link.lost', sessionId: 'x', reason: 'closed', detail: '' });
    world.clock.advance(10_000);
    world.clock.jumpWall(NIGHT);
    world.clock.advance(2_000);
    expect(ruleOf(world, 'drawdown')?.severity).toBe('unknown');
    hear(world, { cash: 50_800 });
    expect(ruleOf(world, 'drawdown')).toMatchObject({ severity: 'ok', left: dollars(2_000) });
    expect(ruleOf(world, 'dailyLoss')).toMatchObject({ severity: 'ok', left: dollars(1_000) });
  });

  it('has watched nothing while the PC slept', () => {
    const world = watched();
    world.clock.jumpWall(NIGHT);
    world.clock.advance(2_000);
    expect(ruleOf(world, 'drawdown')?.severity).toBe('unknown');
    hear(world, { cash: 50_600 });
    expect(ruleOf(world, 'drawdown')).toMatchObject({ severity: 'unknown', left: null });
  });

  it('does not take the cash of before a sleep for a word after it', () => {
    const world = watched();
    world.clock.jumpWall(NIGHT);
    world.takeNext((seq) => item(seq, 'netLiquidation', dollars(50_800)));
    world.clock.advance(500);
    expect(ruleOf(world, 'drawdown')?.severity).toBe('unknown');
  });

  it('knows the end of a day that it has seen', () => {
    const world = watched();
    for (let hour = 0; hour < 9; hour += 1) {
      world.clock.jumpWall(HOUR - 5_000);
      world.clock.advance(500);
      tell(world, { cash: 50_800, realized: 800 });
    }
    expect(ruleOf(world, 'drawdown')).toMatchObject({ severity: 'ok', left: dollars(2_000) });
  });
});
