import fc from 'fast-check';
import type { EpochMs } from '../kernel/clock.ts';
import { money } from '../domain/money/money.ts';
import type { RiskEvent } from '../domain/risk/event.ts';
import { dollars, percent, START_AT } from './risk-rules.ts';

type Body = (at: EpochMs) => RiskEvent;

const tenThousandths = (min: number, max: number) =>
  fc.integer({ min: min * 10_000, max: max * 10_000 }).map(money);

const mark: fc.Arbitrary<Body> = fc
  .record({
    balance: tenThousandths(46_500, 54_000),
    open: tenThousandths(-1_200, 1_500),
    fees: tenThousandths(0, 10),
    spread: tenThousandths(0, 200),
    isSampled: fc.boolean(),
  })
  .map(({ balance, open, fees, spread, isSampled }) => (at) => {
    const equity = balance + open - fees;
    return {
      ...{ kind: 'mark', at, balance, open, fees, worstTrade: null, quality: 'fresh' },
      high: isSampled ? money(equity + spread) : null,
      low: isSampled ? money(equity - spread) : null,
    };
  });

const trade: fc.Arbitrary<Body> = fc
  .record({ gross: tenThousandths(-400, 500), fees: tenThousandths(0, 8) })
  .map((amounts) => (at) => ({ kind: 'trade', at, ...amounts, balance: null }));

/** A payout of up to 1,000. */
export const payoutBody: fc.Arbitrary<Body> = tenThousandths(-1_000, -1).map((amount) => (at) => ({
  kind: 'cash',
  at,
  reason: 'payout',
  amount,
  balance: null,
}));

const clock: fc.Arbitrary<Body> = fc
  .constantFrom('snapshot' as const, 'day' as const, 'week' as const)
  .map((role) => (at) => ({
    ...{ kind: 'clock', at, role, day: '2026-11-19', dayKind: 'full', balance: null },
  }));

const exposure: fc.Arbitrary<Body> = fc
  .record({
    quantity: fc.integer({ min: -4, max: 4 }),
    stopped: fc.integer({ min: 0, max: 4 }),
    order: fc.integer({ min: -2, max: 2 }),
  })
  .map(({ quantity, stopped, order }) => (at) => ({
    ...{ kind: 'exposure', at },
    positions: [{ root: 'ES', quantity, stopped }],
    orders: [{ root: 'MES', quantity: order, isExit: false }],
  }));

const others: fc.Arbitrary<Body> = fc.constantFrom<Body>(
  (at) => ({ kind: 'tick', at }),
  (at) => ({ kind: 'figures-lost', at }),
  (at) => ({ kind: 'payout-request', at }),
  (at) => ({ kind: 'fill', at, root: 'ES', opens: true }),
  (at) => ({ kind: 'signal', at, quality: percent(60) }),
  (at) => ({ kind: 'snapshot-report', at, balance: dollars(51_000) }),
  (at) => ({ kind: 'broker-floor', at, floor: dollars(48_500) }),
  (at) => ({ kind: 'unlock', at, rule: 'daily', isPermitted: false }),
);

/** Anything but a restart and a permitted unlock. */
export const eventBody: fc.Arbitrary<Body> = fc.oneof(
  { weight: 6, arbitrary: mark },
  { weight: 2, arbitrary: trade },
  { weight: 1, arbitrary: payoutBody },
  { weight: 1, arbitrary: clock },
  { weight: 1, arbitrary: exposure },
  { weight: 2, arbitrary: others },
);

/** A history with at least a millisecond between its events. */
export const history: fc.Arbitrary<readonly RiskEvent[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3_600_000 }), eventBody), { maxLength: 40 })
  .map((steps) => {
    let at: number = START_AT;
    return steps.map(([wait, body]) => {
      at += wait;
      return body(at as EpochMs);
    });
  });

/** Events of one instant after a history. */
export const oneInstant: fc.Arbitrary<readonly Body[]> = fc.array(eventBody, {
  minLength: 2,
  maxLength: 5,
});
