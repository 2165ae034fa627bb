import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, accountTerms, ES, SimulatedDesk } from '../testing/simulated-desk.ts';
import { signOf } from './exchange/sim-order.ts';
import { USUAL_LATENCY } from './broker/latency.ts';

const PRICE = 20_000;
const TICK_VALUE = 125_000;

type Action =
  | { readonly do: 'tick'; readonly move: number; readonly size: number }
  | { readonly do: 'market'; readonly buy: boolean; readonly quantity: number }
  | {
      readonly do: 'limit';
      readonly buy: boolean;
      readonly away: number;
      readonly quantity: number;
    }
  | {
      readonly do: 'bracket';
      readonly buy: boolean;
      readonly quantity: number;
      readonly reach: number;
    }
  | { readonly do: 'cancel' }
  | { readonly do: 'wait'; readonly ms: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('tick' as const),
      move: fc.integer({ min: -12, max: 12 }),
      size: fc.integer({ min: 1, max: 6 }),
    }),
  },
  fc.record({
    do: fc.constant('market' as const),
    buy: fc.boolean(),
    quantity: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    do: fc.constant('limit' as const),
    buy: fc.boolean(),
    away: fc.integer({ min: -3, max: 9 }),
    quantity: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    do: fc.constant('bracket' as const),
    buy: fc.boolean(),
    quantity: fc.integer({ min: 1, max: 5 }),
    reach: fc.integer({ min: 2, max: 8 }),
  }),
  fc.record({ do: fc.constant('cancel' as const) }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.integer({ min: 0, max: 120 }),
    }),
  },
);

function play(actions: readonly Action[]): SimulatedDesk {
  const desk = new SimulatedDesk({ latency: USUAL_LATENCY, accounts: [accountTerms(ACCOUNT)] });
  let bid = PRICE;
  desk.tick(bid);
  for (const step of actions) {
    switch (step.do) {
      case 'tick':
        bid += step.move;
        desk.tick(bid, { bidSize: step.size, askSize: step.size });
        break;
      case 'market':
        desk.submit({ action: step.buy ? 'buy' : 'sell', quantity: step.quantity });
        break;
      case 'limit': {
        const limit = step.buy ? bid - step.away : bid + step.away;
        const { quantity } = step;
        desk.submit({ action: step.buy ? 'buy' : 'sell', type: 'limit', limit, quantity });
        break;
      }
      case 'bracket': {
        const bracket = { stopTicks: step.reach, targetTicks: step.reach };
        desk.submit({ action: step.buy ? 'buy' : 'sell', quantity: step.quantity, bracket });
        break;
      }
      case 'cancel':
        for (const order of desk.platform.broker.orders.liveOf(ACCOUNT))
          desk.platform.broker.cancel(order);
        break;
      case 'wait':
        desk.run(step.ms);
    }
  }
  return desk;
}

const script = fc.array(action, { maxLength: 60 });

describe('the books', () => {
  it('hold the position that the fills add up to', () => {
    fc.assert(
      fc.property(script, (actions) => {
        const desk = play(actions);
        const sum = desk
          .of('execution')
          .reduce((total, { execution }) => total + signOf(execution.side) * execution.quantity, 0);
        expect(desk.position()).toBe(sum);
        desk.run(1_000);
        const seen = desk.platform.terminal.account(ACCOUNT)?.position(ES);
        expect(seen).toBe(desk.position());
      }),
    );
  });

  it('conserve money exactly: start, gains, losses and commissions are all there is', () => {
    fc.assert(
      fc.property(script, (actions) => {
        const desk = play(actions);
        const account = desk.platform.broker.account(ACCOUNT);
        const mark = desk.of('execution').length === 0 ? 0 : markOf(desk);
        const traded = desk
          .of('execution')
          .reduce(
            (cash, { execution: { side, quantity, price, commission } }) =>
              cash - signOf(side) * quantity * price * TICK_VALUE - commission,
            0,
          );
        const worth = account.startCash + traded + desk.position() * mark * TICK_VALUE;
        expect(account.netLiquidation).toBe(worth);
        expect(account.netLiquidation).toBe(
          account.startCash + account.grossRealized + account.unrealized - account.commission,
        );
        expect(Number.isSafeInteger(account.netLiquidation)).toBe(true);
      }),
    );
  });

  it('never fill more of an OCO group than one leg’s worth', () => {
    fc.assert(
      fc.property(script, (actions) => {
        const desk = play(actions);
        desk.run(1_000);
        const filled = new Map<string, number>();
        for (const { oco, filled: count } of desk.platform.broker.orders.all()) {
          filled.set(oco, (filled.get(oco) ?? 0) + count);
        }
        const pairs = desk
          .of('order')
          .filter(({ order }) => order.oco !== '' && order.state === 'initialized');
        for (const { order } of pairs) {
          expect(filled.get(order.oco)).toBeLessThanOrEqual(order.quantity);
        }
        for (const order of desk.platform.broker.orders.all()) {
          expect(order.filled).toBeLessThanOrEqual(order.quantity);
        }
      }),
    );
  });

  it('end flat after a flatten when nothing goes wrong', () => {
    fc.assert(
      fc.property(script, (actions) => {
        const desk = play(actions);
        const id = desk.flatten();
        // A market that stands still may never show enough contracts to close against.
        for (let second = 0; second < 15; second += 1) {
          desk.run(1_000);
          desk.tick(PRICE - (second % 2));
        }
        expect(desk.result(id)).toMatchObject({ outcome: 'done', remaining: [] });
        expect(desk.position()).toBe(0);
        expect(desk.platform.broker.orders.liveOf(ACCOUNT)).toEqual([]);
      }),
    );
  });
});

/** Price the account is marked at: the last trade, or a later fill. */
function markOf(desk: SimulatedDesk): number {
  const account = desk.platform.broker.account(ACCOUNT);
  const average = account.averageTicksE4(ES);
  if (average === null) return 0;
  const cost = (average * account.position(ES)) / 10_000;
  return Math.round((account.unrealized / TICK_VALUE + cost) / account.position(ES));
}
