import { describe, expect, it } from 'vitest';
import type { Order } from '../../shared/domain/account/order.ts';
import { LOT } from '../../shared/domain/risk/rule-parts.ts';
import { item, order } from '../../shared/testing/desk-facts.ts';
import { told } from './testing/locked-world.ts';
import { dollars, riskWorld } from './testing/risk-world.ts';

type Level = 'observe' | 'guard' | 'protect';

/** An account that holds one contract, and the cap of its firm in minis. */
function capped(level: Level = 'protect') {
  const world = riskWorld();
  world.connect();
  world.assign({ level });
  world.hold(1);
  world.equity(50_000);
  world.clock.advance(300);
  const cap = (world.risk().verdicts.find(({ unit }) => unit === 'lots')?.limit ?? 0) / LOT;
  expect(cap).toBeGreaterThan(2);
  return { world, cap };
}

type World = ReturnType<typeof riskWorld>;

function report(world: World, id: string, over: Partial<Order>): void {
  world.takeNext((seq) => ({ kind: 'order.reported', seq, order: order(id, over) }));
}

function cancelled({ sent }: World): readonly string[] {
  return sent.flatMap((command) => (command.kind === 'cancelOrder' ? [command.orderId] : []));
}

describe('entries that would take the account over the firm’s cap', () => {
  it.each<Level>(['guard', 'protect'])('at the level %s are cancelled, and no others', (level) => {
    const { world, cap } = capped(level);
    report(world, 'fits', { quantity: cap - 1 });
    report(world, 'stop', { side: 'sell', quantity: 1, type: 'stopMarket', oco: 'g' });
    report(world, 'target', { side: 'sell', quantity: 1, oco: 'g' });
    report(world, 'over', { quantity: 1 });
    world.clock.advance(249);
    expect(cancelled(world)).toEqual([]);
    world.clock.advance(1_000);
    expect(cancelled(world)).toEqual(['over']);
    expect(world.risk().lock).toBeNull();
  });

  it('are told of in words, with the rule, and written down', () => {
    const { world, cap } = capped();
    report(world, 'over', { quantity: cap });
    world.clock.advance(500);
    expect(told(world)).toContain(
      `An entry order is cancelled (buy ${cap} ES 12-26): filled, it would take the account over the limit of "Contracts".`,
    );
    expect(world.order).toContain('append risk.told');
  });

  it('are cancelled by one command each in five seconds, at thousands of figures a second', () => {
    const { world, cap } = capped();
    report(world, 'over', { quantity: cap });
    for (let n = 0; n < 4_000; n += 1) {
      world.takeNext((seq) => item(seq, 'netLiquidation', dollars(50_000 + (n % 7))));
      world.clock.advance(1);
    }
    expect(cancelled(world)).toEqual(['over']);
    world.clock.advance(1_250);
    expect(cancelled(world)).toEqual(['over', 'over']);
  });

  it('are free again once the cancel is done', () => {
    const { world, cap } = capped();
    report(world, 'over', { quantity: cap });
    world.clock.advance(500);
    report(world, 'over', { quantity: cap, state: 'cancelled' });
    expect(world.risk().verdicts.find(({ unit }) => unit === 'lots')).toMatchObject({
      severity: 'ok',
    });
    world.clock.advance(9_000);
    expect(cancelled(world)).toEqual(['over']);
  });

  it('are only told of at the level observe', () => {
    const { world, cap } = capped('observe');
    report(world, 'over', { quantity: cap });
    world.clock.advance(1_000);
    expect(cancelled(world)).toEqual([]);
    expect(told(world)).toContain('Entry orders are not cancelled (Contracts).');
  });
});
