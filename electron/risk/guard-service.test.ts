import { describe, expect, it } from 'vitest';
import { LOT } from '../../shared/domain/risk/rule-parts.ts';
import { item, lost, position, quote, SIM } from '../../shared/testing/desk-facts.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

function guarded(level: 'observe' | 'guard' | 'protect' = 'protect', safety = 700) {
  const world = riskWorld();
  world.connect();
  expect(world.assign({ level, safety })).toMatchObject({ outcome: 'now' });
  world.hold(2);
  world.equity(50_000);
  world.clock.advance(300);
  return world;
}

function count(world: ReturnType<typeof riskWorld>, kind: string): number {
  return world.sentKinds().filter((one) => one === kind).length;
}

describe('an account without rules', () => {
  it('is unknown, and unknown is not fine', () => {
    const world = riskWorld();
    world.connect();
    expect(world.risk()).toMatchObject({ state: 'unknown', severity: 'unknown', rules: null });
  });
});

describe('an account driven to its own limit', () => {
  it('is warned, locked and flattened, with the firm’s floor untouched', () => {
    const world = guarded();
    expect(world.risk()).toMatchObject({ floor: dollars(48_000), room: dollars(2_000) });
    // 70 % of 2,000 less sixteen ticks of two contracts is 1,000.
    expect(world.risk().own).toMatchObject({ limit: dollars(1_000), level: dollars(49_000) });
    world.lose(50_000, 49_150);
    expect(world.risk()).toMatchObject({ own: { step: 'critical' }, lock: { source: 'rule' } });
    expect(count(world, 'setGuard')).toBe(1);
    expect(count(world, 'flatten')).toBe(0);
    world.equity(49_000);
    expect(count(world, 'flatten')).toBe(1);
    expect(world.sent.find(({ kind }) => kind === 'flatten')).toMatchObject({
      scope: { kind: 'account', account: SIM },
    });
    expect(world.risk().room).toBeGreaterThan(0);
    expect(world.bugs).toEqual([]);
  });

  it('is flattened once, however often the figure is told', () => {
    const world = guarded();
    world.lose(50_000, 48_900);
    for (let more = 0; more < 10; more += 1) world.equity(48_900 - more);
    expect(world.engine.view().flattens).toHaveLength(1);
    expect(world.engine.view().flattens[0]).toMatchObject({ door: 'guard', presses: 1 });
  });

  it('is acted for before anything is written of it', () => {
    const world = guarded();
    world.lose(50_000, 49_100);
    world.order.length = 0;
    world.equity(49_000);
    const { order } = world;
    expect(order.indexOf('send flatten')).toBeLessThan(order.indexOf('append locks.kept'));
    expect(order.indexOf('send setGuard')).toBeLessThan(order.indexOf('append locks.kept'));
    expect(order).not.toContain('durable locks.kept');
  });

  it('is only told of at the level observe', () => {
    const world = guarded('observe');
    world.lose(50_000, 48_900);
    expect(world.sentKinds()).not.toContain('flatten');
    expect(world.sentKinds()).not.toContain('setGuard');
    const told = world.engine.view().feed.filter(({ severity }) => severity === 'critical');
    expect(told.map(({ text }) => text).join(' ')).toContain('The account is not flattened');
  });

  it('is locked and left open at the level guard', () => {
    const world = guarded('guard');
    world.lose(50_000, 48_900);
    expect(world.sentKinds()).toContain('setGuard');
    expect(world.sentKinds()).not.toContain('flatten');
  });
});

describe('figures that are not to be believed', () => {
  it('zeros of a lost connection flatten nothing and reach no peak', () => {
    const world = guarded();
    for (let ms = 0; ms < 5_000; ms += 50) world.equity(0);
    expect(count(world, 'flatten')).toBe(0);
    expect(world.risk()).toMatchObject({ severity: 'unknown', floor: dollars(48_000) });
  });

  it('a spike up that goes away within 250 ms leaves the floor where it is', () => {
    const world = guarded();
    world.equity(60_000);
    world.equity(60_000);
    world.equity(50_000);
    world.clock.advance(1_000);
    expect(world.risk()).toMatchObject({ floor: dollars(48_000), peak: dollars(50_000) });
  });

  it('a fall that stands is acted on when 250 ms have passed', () => {
    const world = guarded();
    world.takeNext((seq) => item(seq, 'netLiquidation', dollars(46_000)));
    world.clock.advance(249);
    expect(count(world, 'flatten')).toBe(0);
    world.clock.advance(2);
    expect(count(world, 'flatten')).toBe(1);
  });

  it('a lost link is unknown and flattens nothing', () => {
    const world = guarded();
    world.take(lost());
    world.clock.advance(10_000);
    expect(count(world, 'flatten')).toBe(0);
    expect(world.risk()).toMatchObject({ state: 'unknown' });
  });
});

describe('prices', () => {
  it('move the broker’s last figure on between its reports', () => {
    const world = guarded();
    world.take(quote(20_000));
    world.equity(50_001);
    world.take(quote(19_990));
    expect(world.risk().equity).toBe(dollars(50_001 - 10 * 12.5 * 2));
  });

  it('move nothing while a fill is not in the figures yet', () => {
    const world = guarded();
    world.take(quote(20_000));
    world.equity(50_001);
    world.takeNext((seq) => position(seq, 0));
    world.takeNext((seq) => position(seq, 1));
    world.take(quote(19_000));
    expect(world.risk().equity).toBe(dollars(50_001));
  });
});

describe('more contracts than the firm allows', () => {
  it('are closed down to the cap, reduce-only, and once', () => {
    // At 70 % of the room, eight contracts would be too many for the own limit, whatever the cap is.
    const world = guarded('protect', 850);
    const cap = world.risk().verdicts.find(({ unit }) => unit === 'lots')?.limit ?? 0;
    const allowed = cap / LOT;
    expect(allowed).toBeGreaterThan(0);
    world.hold(allowed + 2);
    world.clock.advance(1_000);
    const orders = world.sent.filter(({ kind }) => kind === 'submitOrder');
    expect(orders).toMatchObject([{ side: 'sell', quantity: 2, reduceOnly: true, type: 'market' }]);
    expect(count(world, 'flatten')).toBe(0);
  });

  it('are left to the trader at the level guard', () => {
    const world = guarded('guard');
    world.hold(40);
    world.clock.advance(1_000);
    expect(count(world, 'submitOrder')).toBe(0);
  });
});

describe('what is said of an account', () => {
  it('names the own limit where no rule of the firm is as far', () => {
    const world = guarded();
    world.lose(50_000, 49_150);
    expect(world.risk()).toMatchObject({
      severity: 'critical',
      reason: 'Your own limit is nearly used up: exits only.',
    });
  });
});
