import { z } from 'zod';
import { money } from '../../../shared/domain/money/money.ts';
import type { DayClock, LockTrigger } from '../../../shared/domain/risk/rule-parts.ts';
import { NEW_YORK } from '../../../shared/domain/session/zone.ts';
import {
  amount,
  dayClock,
  durationSeconds,
  lots,
  minutes,
  operator,
  root,
  share,
  timeOfDay,
  whole,
  zone,
} from './amounts.ts';

/** Rolls at 18:00 in New York, as most futures firms do. */
export const FUTURES_ROLL: DayClock = {
  zone: NEW_YORK,
  time: 18 * 3_600,
  days: 'trading',
  skips: [],
};

const cap = z.union([amount, z.literal('inf').transform(() => null), z.null()]).default(null);
const reset = dayClock.default(FUTURES_ROLL);
const skips = z.array(z.literal('half-day')).default([]);

const lockTrigger = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('peak') }),
  z.strictObject({ on: z.literal('realized'), profit: amount }),
  z.strictObject({ on: z.literal('payout-request') }),
  z.strictObject({ on: z.literal('first-payout') }),
]);
const lockOn = z.array(lockTrigger).default([{ on: 'peak' }]) satisfies z.ZodType<LockTrigger[]>;

export const deadline = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('before-close'), lead: minutes }),
  z.strictObject({
    kind: z.literal('wall-time'),
    zone,
    time: timeOfDay,
    earlyLead: minutes,
    earlyTime: timeOfDay.optional(),
  }),
]);

function tiersOf<T extends z.ZodType>(value: T) {
  return z.strictObject({
    steps: z.array(z.strictObject({ profit: amount, value })).min(1),
    operator: z.enum(['>=', '>']).default('>='),
    moves: z.enum(['both', 'up-only']).default('both'),
  });
}

const weights = {
  micro: z.number().int().min(1).max(10).default(10),
  weights: z.record(z.string(), lots).default({}),
};

const window = z.enum(['since-start', 'since-payout']).default('since-start');
const comparison = z.enum(['>=', '>']).default('>=');

/** Refuses a rule that is told its limit in no way or in two. */
function oneOf<T extends z.ZodType<object>>(schema: T, names: readonly string[]): T {
  return schema.refine(
    (params) => names.filter((name) => valueOf(params, name) !== undefined).length === 1,
    { message: `expected exactly one of ${names.join(', ')}` },
  );
}

function valueOf(params: object, name: string): unknown {
  return Object.entries(params).find(([key]) => key === name)?.[1];
}

/** The parameters of every rule code of a vector and of the trader's own rules, under the names of the reference where it has one. */
export const PARAMS = {
  INT: z.strictObject({
    S: amount,
    D: amount,
    K: cap,
    op: operator.default('<='),
    lockOn,
    peak: z.enum(['equity', 'balance']).default('equity'),
  }),
  EOD: z.strictObject({
    S: amount,
    D: amount,
    K: cap,
    op: operator.default('<='),
    lockOn,
    snapshot: z.union([dayClock, deadline]).default({ kind: 'before-close', lead: 0 }),
  }),
  STA: z.strictObject({ F: amount, D: amount, op: operator.default('<=') }),
  DLL: oneOf(
    z.strictObject({
      S: amount,
      Lim: amount.optional(),
      tiers: tiersOf(amount).optional(),
      share: share.optional(),
      profitShare: z.strictObject({ share, from: amount }).optional(),
      reference: z.enum(['balance', 'higher-of-balance-and-equity']).default('balance'),
      includesOpen: z.boolean().default(true),
      reset,
      skips,
      op: operator.default('<='),
    }),
    ['Lim', 'tiers', 'share', 'profitShare'],
  ),
  PERIOD: z.strictObject({
    Lim: amount,
    period: z.enum(['week', 'month']),
    includesOpen: z.boolean().default(true),
    op: operator.default('<='),
  }),
  CONS: z
    .strictObject({
      formula: z.enum(['C1', 'C2', 'C3', 'C4']),
      share,
      byPayout: z.array(share).default([]),
      op: operator.default('<='),
      target: amount.optional(),
      window,
    })
    .refine(({ formula, target }) => ['C1', 'C2'].includes(formula) || target !== undefined, {
      message: 'C3 and C4 need a target',
      path: ['target'],
    }),
  DAYS: z.strictObject({
    predicate: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('any-fill') }),
      z.strictObject({ kind: z.literal('trade-opened') }),
      z.strictObject({ kind: z.literal('net'), amount, operator: comparison }),
      z.strictObject({ kind: z.literal('closed-profit'), amount }),
      z.strictObject({ kind: z.literal('share-of-best'), amount, share }),
    ]),
    required: whole,
    window,
    halfDays: z.enum(['count', 'fold']).default('count'),
  }),
  CAP: oneOf(
    z.strictObject({
      S: amount.optional(),
      cap: lots.optional(),
      tiers: tiersOf(lots).optional(),
      grace: durationSeconds.default(0),
      reset,
      ...weights,
    }),
    ['cap', 'tiers'],
  ),
  MAE: z.strictObject({
    S: amount,
    share,
    raised: z.strictObject({ from: amount, share }).nullable().default(null),
    early: z.strictObject({ below: amount, limit: amount }).nullable().default(null),
    reset,
  }),
  TARGET: z.strictObject({
    S: amount,
    target: amount,
    basis: z.enum(['balance', 'equity']).default('balance'),
  }),
  PAYOUT: z.strictObject({
    keeps: amount,
    minBalance: amount.nullable().default(null),
    minRequest: amount.default(money(0)),
    share: share.nullable().default(null),
    caps: z.array(amount).default([]),
    maxCount: whole.nullable().default(null),
    unknown: z.array(z.enum(['keeps', 'share', 'minBalance', 'maxCount'])).default([]),
  }),
  GIVEBACK: oneOf(
    z.strictObject({
      from: amount,
      share: share.optional(),
      amount: amount.optional(),
      reset,
    }),
    ['share', 'amount'],
  ),
  PROFITLOCK: z.strictObject({ profit: amount, includesOpen: z.boolean().default(false), reset }),
  TRADES: z.strictObject({ max: whole, reset }),
  STREAK: z.strictObject({ max: whole.min(1), pause: minutes.nullable().default(null), reset }),
  STOP: z.strictObject({ grace: durationSeconds.default(0) }),
  IDLE: z.strictObject({ maxDays: whole.min(1) }),
  HOURS: z.strictObject({
    zone,
    spans: z.array(
      z.strictObject({
        from: timeOfDay,
        to: timeOfDay,
        weekdays: z.array(z.number().int().min(0).max(6)).default([1, 2, 3, 4, 5]),
      }),
    ),
  }),
  FLATBY: z.strictObject({ deadline, includesOrders: z.boolean().default(true) }),
  NEWS: z.strictObject({
    before: minutes,
    after: minutes,
    classes: z.array(z.string()).min(1),
    roots: z.array(root).default([]),
    demands: z.enum(['flat', 'no-entries']).default('flat'),
  }),
  HEDGE: z.strictObject({ groups: z.array(z.array(root)).default([]) }),
  CORR: z.strictObject({ groups: z.array(z.array(root)).default([]), max: lots, ...weights }),
  BREAKER: z.strictObject({
    measure: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('day-loss'), share }),
      z.strictObject({ kind: z.literal('drawdown'), share }),
      z.strictObject({
        kind: z.enum(['win-rate', 'signal-quality']),
        share,
        sample: whole,
        window: whole.min(1).max(500),
      }),
    ]),
    pause: minutes.nullable().default(null),
    reset,
  }),
} as const;
