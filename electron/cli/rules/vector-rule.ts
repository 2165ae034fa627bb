import { z } from 'zod';
import { money } from '../../../shared/domain/money/money.ts';
import { contractWeights } from '../../../shared/domain/risk/lots.ts';
import type {
  DayClock,
  LockTrigger,
  RuleHead,
  Tiers,
} from '../../../shared/domain/risk/rule-parts.ts';
import type { ContractLimit, Rule } from '../../../shared/domain/risk/rule.ts';
import type { FlatByRule } from '../../../shared/domain/session/flat-by.ts';
import { NEW_YORK } from '../../../shared/domain/session/zone.ts';
import {
  amount,
  dayClock,
  lots,
  minutes,
  operator,
  root,
  durationSeconds,
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

const source = { name: 'vector', checkedOn: null, confidence: 'high' } as const;
const effect = z.enum(['hard', 'soft', 'refuse', 'delay', 'warn']);
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

const deadline = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('before-close'), lead: minutes }),
  z.strictObject({ kind: z.literal('wall-time'), zone, time: timeOfDay, earlyLead: minutes }),
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

const PARAMS = {
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
  DLL: z.strictObject({
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
  PERIOD: z.strictObject({
    Lim: amount,
    period: z.enum(['week', 'month']),
    includesOpen: z.boolean().default(true),
    op: operator.default('<='),
  }),
  CONS: z.strictObject({
    formula: z.enum(['C1', 'C2', 'C3', 'C4']),
    share,
    op: operator.default('<='),
    target: amount.optional(),
    window,
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
  CAP: z.strictObject({
    S: amount.optional(),
    cap: lots.optional(),
    tiers: tiersOf(lots).optional(),
    grace: durationSeconds.default(0),
    reset,
    ...weights,
  }),
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
    caps: z.array(amount).default([]),
    maxCount: whole.nullable().default(null),
  }),
  GIVEBACK: z.strictObject({
    from: amount,
    share: share.optional(),
    amount: amount.optional(),
    reset,
  }),
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

type Code = keyof typeof PARAMS;
type ParamsOf<C extends Code> = z.output<(typeof PARAMS)[C]>;

const CODES = Object.keys(PARAMS) as [Code, ...Code[]];
const HARD: readonly Code[] = ['INT', 'EOD', 'STA', 'FLATBY', 'HEDGE', 'MAE', 'IDLE'];
const DELAY: readonly Code[] = ['CONS', 'DAYS', 'TARGET', 'PAYOUT'];
const REFUSE: readonly Code[] = ['CAP', 'HOURS', 'CORR'];

const BUILD: { readonly [C in Code]: (head: RuleHead, params: ParamsOf<C>) => Rule } = {
  INT: (head, { S, D, K, op, peak, lockOn: on }) => ({
    ...head,
    ...{ kind: 'intraday-trailing', start: S, amount: D, cap: K, operator: op },
    ...{ lockOn: on, peakBasis: peak },
  }),
  EOD: (head, { S, D, K, op, snapshot, lockOn: on }) => ({
    ...head,
    ...{ kind: 'end-of-day-trailing', start: S, amount: D, cap: K, operator: op, lockOn: on },
    snapshot:
      'kind' in snapshot
        ? { kind: 'deadline', deadline: inSeconds(snapshot) }
        : { kind: 'daily', clock: snapshot },
  }),
  STA: (head, { F, D, op }) => ({
    ...head,
    ...{ kind: 'static-floor', floor: F, amount: D, operator: op },
  }),
  DLL: (head, params) => ({
    ...head,
    ...{ kind: 'daily-loss', start: params.S, reference: params.reference, operator: params.op },
    limit: lossLimit(params),
    includesOpen: params.includesOpen,
    reset: { ...params.reset, skips: params.skips },
  }),
  PERIOD: (head, { Lim, period, includesOpen, op }) => ({
    ...head,
    ...{ kind: 'period-loss', limit: Lim, includesOpen, operator: op },
    reset: { period, zone: NEW_YORK, time: FUTURES_ROLL.time },
  }),
  CONS: (head, { formula, share: part, op, target = money(0), window: days }) => ({
    ...head,
    ...{ kind: 'consistency', share: part, operator: op, window: days },
    formula: {
      C1: { kind: 'share-of-total' } as const,
      C2: { kind: 'share-of-winning-days' } as const,
      C3: { kind: 'share-of-target', target } as const,
      C4: { kind: 'raises-target', target } as const,
    }[formula],
  }),
  DAYS: (head, params) => ({ ...head, kind: 'trading-days', ...params }),
  CAP: (head, params) => ({
    ...head,
    kind: 'contract-cap',
    limit: contractLimit(params),
    weights: contractWeights(params.micro, params.weights),
    grace: params.grace,
    reset: params.reset,
  }),
  MAE: (head, { S, ...rest }) => ({ ...head, kind: 'adverse-excursion', start: S, ...rest }),
  TARGET: (head, { S, ...rest }) => ({ ...head, kind: 'profit-target', start: S, ...rest }),
  PAYOUT: (head, params) => ({ ...head, kind: 'payout', ...params }),
  GIVEBACK: (head, params) => ({
    ...head,
    ...{ kind: 'give-back', from: params.from, reset: params.reset },
    allowed:
      params.share === undefined
        ? { kind: 'amount', amount: params.amount ?? money(0) }
        : { kind: 'share', share: params.share },
  }),
  PROFITLOCK: (head, params) => ({ ...head, kind: 'day-profit-lock', ...params }),
  TRADES: (head, params) => ({ ...head, kind: 'trade-count', ...params }),
  STREAK: (head, params) => ({ ...head, kind: 'loss-streak', ...params }),
  STOP: (head, params) => ({ ...head, kind: 'stop-required', ...params }),
  IDLE: (head, params) => ({ ...head, kind: 'inactivity', ...params }),
  HOURS: (head, params) => ({ ...head, kind: 'trading-window', ...params }),
  FLATBY: (head, params) => ({
    ...head,
    kind: 'flat-by',
    deadline: inSeconds(params.deadline),
    includesOrders: params.includesOrders,
  }),
  NEWS: (head, params) => ({ ...head, kind: 'news-window', ...params }),
  HEDGE: (head, params) => ({ ...head, kind: 'hedging', ...params }),
  CORR: (head, { groups, max, micro, weights: own }) => ({
    ...head,
    ...{ kind: 'correlated-exposure', groups, max, weights: contractWeights(micro, own) },
  }),
  BREAKER: (head, params) => ({ ...head, kind: 'circuit-breaker', ...params }),
};

const envelope = z.strictObject({
  rule: z.enum(CODES),
  id: z.string().min(1).optional(),
  effect: effect.optional(),
  params: z.unknown(),
});

/** A rule of a vector: its code, its parameters under the names of the reference, and its effect. */
export const vectorRule = envelope.transform((given, context): Rule => {
  const { rule: code, id = code, effect: wished = usualEffect(code) } = given;
  const built = buildRule(code, { id, effect: wished, source }, given.params);
  if ('rule' in built) return built.rule;
  for (const issue of built.issues) {
    context.addIssue({ code: 'custom', message: issue.message, path: ['params', ...issue.path] });
  }
  return z.NEVER;
});

type Built = { readonly rule: Rule } | { readonly issues: readonly z.core.$ZodIssue[] };

function buildRule(code: Code, head: RuleHead, params: unknown): Built {
  const read = PARAMS[code].safeParse(params);
  if (!read.success) return { issues: read.error.issues };
  // Code, parameters and builder belong together; the compiler cannot follow that through an index.
  const build = BUILD[code] as (head: RuleHead, params: unknown) => Rule;
  return { rule: build(head, read.data) };
}

function usualEffect(code: Code): RuleHead['effect'] {
  if (HARD.includes(code)) return 'hard';
  if (DELAY.includes(code)) return 'delay';
  return REFUSE.includes(code) ? 'refuse' : 'soft';
}

function lossLimit({ Lim, tiers, share: part, profitShare }: ParamsOf<'DLL'>) {
  if (tiers !== undefined) return { kind: 'tiered', tiers } as const;
  if (part !== undefined) return { kind: 'share-of-reference', share: part } as const;
  if (profitShare !== undefined) return { kind: 'share-of-profit', ...profitShare } as const;
  return { kind: 'fixed', amount: Lim ?? money(0) } as const;
}

function contractLimit({ S = money(0), cap: fixed, tiers }: ParamsOf<'CAP'>): ContractLimit {
  if (tiers === undefined) return { kind: 'fixed', lots: fixed ?? lots.parse('0') };
  const steps: Tiers<typeof fixed & {}>['steps'] = tiers.steps;
  return { kind: 'tiered', start: S, tiers: { ...tiers, steps } };
}

function inSeconds(given: z.output<typeof deadline>): FlatByRule {
  return given.kind === 'before-close'
    ? { ...given, lead: given.lead / 1_000 }
    : { ...given, earlyLead: given.earlyLead / 1_000 };
}
