import { describe, expect, it } from 'vitest';
import type { Ticks } from '../../shared/domain/instrument/instrument.ts';
import type { RecordWish } from '../../shared/protocol/ipc/risk-calls.ts';
import {
  execution,
  item,
  opened,
  position,
  SIM,
  snapshot,
  terms,
} from '../../shared/testing/desk-facts.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { tellCash, WAIT_MS, watchedAccount } from './testing/cash-account.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

/** Pays out, and has a limit of the day of 1,000. */
const FUNDED = 'apex.4_0.eod.pa.50k';
const EVALUATION = 'topstep.2026.combine.eval.50k';
const NIGHT = 86_400_000;

type World = ReturnType<typeof riskWorld>;
type Wish = RecordWish extends infer W
  ? W extends RecordWish
    ? Omit<W, 'account'>
    : never
  : never;

function watched(template = EVALUATION): World {
  const world = watchedAccount(template);
  world.clock.advance(600);
  return world;
}

function cash(world: World, amount: number): void {
  tellCash(world, amount);
  world.clock.advance(600);
}

/** Two contracts were bought and sold at a loss of so many dollars, and the cash shows it. */
function lose(world: World, lost: number): void {
  const at = { executedAt: world.clock.wall(), quantity: 2 };
  const out = (20_000 - lost / 25) as Ticks;
  for (const fill of [
    execution('in', { ...at, price: 20_000 as Ticks }),
    execution('out', { ...at, side: 'sell', price: out }),
  ]) {
    world.takeNext((seq) => ({ kind: 'execution.reported', seq, execution: fill }));
  }
  cash(world, 50_000 - lost);
}

function decide(world: World): void {
  for (let ms = 0; ms <= WAIT_MS; ms += 100) world.clock.advance(100);
  world.takeNext((seq) => snapshot(seq));
  world.clock.advance(300);
}

function record(world: World, wish: Wish) {
  return world.engine.risk.record({ ...wish, account: SIM });
}

function left(world: World, id = 'dailyLoss') {
  return world.risk().verdicts.find((rule) => rule.id === id)?.left;
}

describe('a booking of the firm', () => {
  it('that no cash has shown gives no room', () => {
    const world = watched();
    lose(world, 400);
    expect(left(world)).toBe(dollars(600));
    const answer = record(world, { kind: 'adjustment', amount: dollars(-2_000) });
    expect(answer.outcome).toBe('refused');
    expect(answer.message).toContain('0.00');
    expect(left(world)).toBe(dollars(600));
  });

  it('gives back the fall of cash that the fills do not explain, once', () => {
    const world = watched();
    world.takeNext((seq) => position(seq, 2));
    cash(world, 49_600);
    expect(record(world, { kind: 'adjustment', amount: dollars(-401) }).outcome).toBe('refused');
    expect(record(world, { kind: 'adjustment', amount: dollars(-400) }).outcome).toBe('now');
    expect(left(world)).toBe(dollars(1_000));
    expect(record(world, { kind: 'adjustment', amount: dollars(-400) }).outcome).toBe('refused');
    expect(left(world)).toBe(dollars(1_000));
  });

  it('is no word against the broker, who calls it realized', () => {
    const world = watched();
    world.takeNext((seq) => item(seq, 'realizedProfitLoss', dollars(-400)));
    cash(world, 49_600);
    expect(record(world, { kind: 'adjustment', amount: dollars(-400) }).outcome).toBe('refused');
  });

  it('that takes room counts at once, seen or not', () => {
    const world = watched();
    expect(record(world, { kind: 'adjustment', amount: dollars(300) }).outcome).toBe('now');
    expect(left(world)).toBe(dollars(700));
  });

  it('is refused while nothing is heard of the account', () => {
    const world = watched();
    world.take({ kind: 'link.lost', sessionId: 'sess-1', reason: 'closed', detail: '' });
    const answer = record(world, { kind: 'adjustment', amount: dollars(-100) });
    expect(answer).toMatchObject({ outcome: 'refused', from: null });
  });
});

describe('a payout', () => {
  it('that no cash has shown gives no room in the limits of the day', () => {
    const world = watched(FUNDED);
    lose(world, 400);
    expect(left(world)).toBe(dollars(600));
    const answer = record(world, { kind: 'payout', amount: dollars(2_000) });
    expect(answer.outcome).toBe('now');
    expect(answer.message).toContain('limits of the day');
    expect(left(world)).toBe(dollars(600));
    expect(world.bugs).toEqual([]);
  });

  it('of another amount than the cash has shown is asked again', () => {
    const world = watched(FUNDED);
    cash(world, 49_400);
    const answer = record(world, { kind: 'payout', amount: dollars(700) });
    expect(answer).toMatchObject({ outcome: 'refused' });
    expect(answer.message).toContain('600.00');
    expect(record(world, { kind: 'payout', amount: dollars(600) }).outcome).toBe('now');
    expect(left(world)).toBe(dollars(1_000));
  });
});

describe('cash that was taken for a booking', () => {
  it('is no profit that the fills do not know', () => {
    const world = watched();
    cash(world, 50_500);
    decide(world);
    cash(world, 50_500);
    expect(left(world)).toBe(dollars(1_000));
    expect(record(world, { kind: 'was-trading', amount: dollars(500) }).outcome).toBe('refused');
    expect(left(world)).toBe(dollars(1_000));
  });
});

describe('a reset', () => {
  it.each<[string, (world: World) => void, number]>([
    ['with other cash', (world) => cash(world, 50_000), 49_000],
    ['with a position', (world) => world.hold(2), 50_000],
    ['to another balance than the start', (world) => cash(world, 50_400), 50_400],
    [
      'of an account that is not heard',
      (world) =>
        world.take({ kind: 'link.lost', sessionId: 'sess-1', reason: 'closed', detail: '' }),
      50_000,
    ],
  ])('%s is none', (_name, happens, balance) => {
    const world = riskWorld();
    world.connect();
    world.assign();
    world.hold(2);
    for (let equity = 50_000; equity <= 50_600; equity += 20) world.equity(equity);
    for (let equity = 50_600; equity >= 50_000; equity -= 20) world.equity(equity);
    world.hold(0);
    world.equity(50_000);
    const { floor } = world.risk();
    expect(floor).toBe(dollars(48_600));
    happens(world);
    expect(record(world, { kind: 'reset', balance: dollars(balance) }).outcome).toBe('refused');
    expect(world.risk().floor).toBe(floor);
  });
});

describe('the balance at the end of a missed day', () => {
  function missed(): World {
    const before = watched('apex.4_0.eod.eval.50k.rithmic');
    before.close();
    const clock = new FakeClock(before.clock.wall() + NIGHT);
    return riskWorld({ folder: before.folder, clock });
  }

  function hear(world: World, amount: number, realized = 0): void {
    const items = [
      item(2, 'realizedProfitLoss', dollars(realized)),
      item(2, 'cashValue', dollars(amount)),
      item(2, 'netLiquidation', dollars(amount)),
    ];
    world.take(opened('sess-2'), terms(1), snapshot(2, { items }));
    for (let second = 0; second < 6; second += 1) cash(world, amount);
  }

  it('is not less than the cash and the fills of today come to', () => {
    const world = missed();
    hear(world, 50_600);
    expect(left(world)).toBe(null);
    const low = record(world, { kind: 'end-of-day', balance: dollars(49_000) });
    expect(low.outcome).toBe('refused');
    expect(low.message).toContain('50,600.00');
    expect(left(world)).toBe(null);
    expect(record(world, { kind: 'end-of-day', balance: dollars(50_600) }).outcome).toBe('now');
    expect(left(world)).toBe(dollars(1_000));
  });

  it('may be what the broker calls realized today below the cash', () => {
    const world = missed();
    hear(world, 50_600, 300);
    expect(record(world, { kind: 'end-of-day', balance: dollars(50_300) }).outcome).toBe('now');
  });

  it('is not less than the last balance known while nothing is heard', () => {
    const world = missed();
    expect(record(world, { kind: 'end-of-day', balance: dollars(49_000) }).outcome).toBe('refused');
    expect(record(world, { kind: 'end-of-day', balance: dollars(50_100) }).outcome).toBe('now');
  });
});
