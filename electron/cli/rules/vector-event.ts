import { z } from 'zod';
import { money, type Money } from '../../../shared/domain/money/money.ts';
import type { RiskEvent } from '../../../shared/domain/risk/event.ts';
import { openInAccount, type Leg } from '../../../shared/domain/risk/open-result.ts';
import {
  amount,
  date,
  instant,
  root,
  scaledDecimal,
  share,
} from '../../risk/written-rules/amounts.ts';

const contracts = z.number().int().min(-10_000).max(10_000);

const PRICE_PLACES = 8;
const price = z.string().transform((text, context): number => {
  const value = scaledDecimal(text, PRICE_PLACES);
  if (value !== null) return value;
  context.addIssue({ code: 'custom', message: 'expected a price as text, such as "70.05"' });
  return z.NEVER;
});

const leg = z.strictObject({
  quantity: contracts,
  average: price,
  bid: price,
  ask: price,
  /** Currency per point of one contract. */
  pointValue: z.number().int().min(1).max(1_000_000),
  fx: z.strictObject({ bid: price, ask: price }).optional(),
});

const clock = z.strictObject({
  role: z.enum(['snapshot', 'day', 'week', 'month']),
  day: date,
  half: z.boolean().default(false),
  B: amount.nullable().default(null),
});

const position = z.strictObject({ root, quantity: contracts, stopped: contracts.default(0) });
const order = z.strictObject({ root, quantity: contracts, isExit: z.boolean().default(false) });
const own = z.strictObject({ account: z.string().min(1), root, quantity: contracts });
const history = z.strictObject({
  day: date,
  net: amount.nullable(),
  closed: amount.optional(),
  fills: z.number().int().min(0).default(1),
  opened: z.number().int().min(0).default(1),
  half: z.boolean().default(false),
});

const shape = z.strictObject({
  t: instant,
  note: z.string().optional(),
  B: amount.nullable().optional(),
  U: amount.nullable().optional(),
  legs: z.array(leg).optional(),
  unbooked: amount.default(money(0)),
  high: amount.nullable().default(null),
  low: amount.nullable().default(null),
  worstTrade: amount.nullable().default(null),
  quality: z.enum(['fresh', 'degraded']).default('fresh'),
  lost: z.literal(true).optional(),
  clock: z.union([clock, z.array(clock)]).optional(),
  snapshotReport: amount.optional(),
  nothingTraded: amount.optional(),
  cash: z
    .strictObject({
      reason: z.enum(['payout', 'deposit', 'adjustment']),
      amount,
      B: amount.nullable().default(null),
      assumed: z.boolean().default(false),
    })
    .optional(),
  cashNamed: z
    .strictObject({
      moved: instant,
      reason: z.enum(['payout', 'deposit', 'adjustment']),
      amount,
      B: amount.nullable().default(null),
    })
    .optional(),
  cashWithdrawn: z
    .strictObject({ moved: instant, amount, B: amount.nullable().default(null) })
    .optional(),
  payoutRequest: z.literal(true).optional(),
  fill: z.strictObject({ root, opens: z.boolean().default(true) }).optional(),
  trade: z
    .strictObject({
      gross: amount,
      fees: amount.default(money(0)),
      B: amount.nullable().default(null),
    })
    .optional(),
  positions: z.array(position).optional(),
  orders: z.array(order).default([]),
  own: z.array(own).optional(),
  news: z.array(z.strictObject({ t: instant, class: z.string(), name: z.string() })).optional(),
  signal: share.optional(),
  brokerFloor: amount.nullable().optional(),
  history: z.array(history).optional(),
  restart: amount.optional(),
  unlock: z.strictObject({ rule: z.string(), permitted: z.boolean() }).optional(),
});

type Given = z.output<typeof shape>;

/** What one line of a vector says: everything that happens at its instant. */
export interface VectorEvent {
  readonly at: RiskEvent['at'];
  readonly events: readonly RiskEvent[];
}

/** One line of a vector; without anything but a time, time passes. */
export const vectorEvent = shape
  .refine(({ B, U, legs }) => B !== undefined || (U === undefined && legs === undefined), {
    message: 'an open result needs its balance B',
    path: ['B'],
  })
  .transform((given): VectorEvent => {
    const events = [
      ...clocks(given),
      ...boundaries(given),
      ...cashMoves(given),
      ...facts(given),
      ...marks(given),
    ];
    const at = given.t;
    return { at, events: events.length === 0 ? [{ kind: 'tick', at }] : events };
  });

function clocks({ t: at, clock: named }: Given): RiskEvent[] {
  if (named === undefined) return [];
  return [named].flat().map(({ role, day: name, half, B }) => ({
    ...{ kind: 'clock', at, role, day: name },
    ...{ dayKind: half ? 'half' : 'full', balance: B },
  }));
}

function boundaries({
  t: at,
  snapshotReport,
  nothingTraded,
  payoutRequest,
  trade,
  restart,
}: Given): RiskEvent[] {
  const events: RiskEvent[] = [];
  if (restart !== undefined) events.push({ kind: 'restart', at, balance: restart });
  if (snapshotReport !== undefined)
    events.push({ kind: 'snapshot-report', at, balance: snapshotReport });
  if (nothingTraded !== undefined)
    events.push({ kind: 'nothing-traded', at, balance: nothingTraded });
  if (payoutRequest === true) events.push({ kind: 'payout-request', at });
  if (trade !== undefined) {
    events.push({ kind: 'trade', at, gross: trade.gross, fees: trade.fees, balance: trade.B });
  }
  return events;
}

function cashMoves({ t: at, cash, cashNamed, cashWithdrawn }: Given): RiskEvent[] {
  const events: RiskEvent[] = [];
  if (cash !== undefined) {
    const { reason, amount: moved, B: balance, assumed } = cash;
    events.push({
      ...{ kind: 'cash', at, reason, amount: moved, balance },
      ...(assumed && { isAssumed: true as const }),
    });
  }
  if (cashNamed !== undefined) {
    const { moved: movedAt, reason, amount: named, B: balance } = cashNamed;
    events.push({ kind: 'cash-named', at, movedAt, reason, amount: named, balance });
  }
  if (cashWithdrawn !== undefined) {
    const { moved: movedAt, amount: taken, B: balance } = cashWithdrawn;
    events.push({ kind: 'cash-withdrawn', at, movedAt, amount: taken, balance });
  }
  return events;
}

function facts(given: Given): RiskEvent[] {
  const { t: at } = given;
  const events: RiskEvent[] = [];
  if (given.history !== undefined) {
    const days = given.history.map(({ half, closed, ...rest }) => ({
      ...rest,
      ...{ kind: half ? ('half' as const) : ('full' as const) },
      closed: closed ?? rest.net ?? money(0),
    }));
    events.push({ kind: 'history', at, days });
  }
  if (given.fill !== undefined) events.push({ kind: 'fill', at, ...given.fill });
  if (given.positions !== undefined) {
    events.push({ kind: 'exposure', at, positions: given.positions, orders: given.orders });
  }
  if (given.own !== undefined) events.push({ kind: 'own-accounts', at, positions: given.own });
  if (given.news !== undefined) {
    const releases = given.news.map(({ t, class: kind, name }) => ({ at: t, class: kind, name }));
    events.push({ kind: 'news', at, releases });
  }
  if (given.signal !== undefined) events.push({ kind: 'signal', at, quality: given.signal });
  if (given.brokerFloor !== undefined)
    events.push({ kind: 'broker-floor', at, floor: given.brokerFloor });
  if (given.unlock !== undefined) {
    const { rule, permitted } = given.unlock;
    events.push({ kind: 'unlock', at, rule, isPermitted: permitted });
  }
  return events;
}

function marks(given: Given): RiskEvent[] {
  const { t: at, B, unbooked, high, low, worstTrade, quality, lost } = given;
  const events: RiskEvent[] = [];
  if (B !== undefined) {
    events.push({
      ...{ kind: 'mark', at, balance: B, open: openOf(given), fees: unbooked },
      ...{ high, low, worstTrade, quality },
    });
  }
  if (lost === true) events.push({ kind: 'figures-lost', at });
  return events;
}

function openOf({ U, legs }: Given): Money | null {
  if (legs === undefined) return U === undefined ? money(0) : U;
  const read: Leg[] = legs.map(({ average, bid, ask, fx, quantity, pointValue }) => ({
    ...{ quantity, averageE8: average, bidE8: bid, askE8: ask, pointValue },
    fx: fx === undefined ? null : { bidE8: fx.bid, askE8: fx.ask },
  }));
  return openInAccount(read);
}
