import { z } from 'zod';
import { money } from '../../../shared/domain/money/money.ts';
import { contractWeights } from '../../../shared/domain/risk/lots.ts';
import type { RuleHead } from '../../../shared/domain/risk/rule-parts.ts';
import type { ContractLimit, Rule } from '../../../shared/domain/risk/rule.ts';
import type { FlatByRule } from '../../../shared/domain/session/flat-by.ts';
import { NEW_YORK } from '../../../shared/domain/session/zone.ts';
import { lots } from './amounts.ts';
import { FUTURES_ROLL, PARAMS, type deadline } from './rule-params.ts';

const source = { name: 'vector', checkedOn: null, confidence: 'high' } as const;
const effect = z.enum(['hard', 'soft', 'lock', 'refuse', 'delay', 'warn']);

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
  CONS: (head, { formula, share: part, byPayout, op, target = money(0), window: days }) => ({
    ...head,
    ...{ kind: 'consistency', share: part, byPayout, operator: op, window: days },
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

/** A rule as a file has it: its code, its parameters under the names of the reference, and its effect. */
export const writtenRule = envelope.transform((given, context): Rule => {
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
  return { kind: 'tiered', start: S, tiers };
}

function inSeconds(given: z.output<typeof deadline>): FlatByRule {
  if (given.kind === 'before-close') return { ...given, lead: given.lead / 1_000 };
  const { earlyTime, ...rest } = given;
  const deadline = { ...rest, earlyLead: given.earlyLead / 1_000 };
  return earlyTime === undefined ? deadline : { ...deadline, earlyTime };
}
