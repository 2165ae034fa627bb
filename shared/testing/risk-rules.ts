import type { EpochMs } from '../kernel/clock.ts';
import { money, type Money } from '../domain/money/money.ts';
import { NEW_YORK } from '../domain/session/zone.ts';
import type { Opening, RiskRules } from '../domain/risk/engine.ts';
import { explicitCalendar } from '../domain/risk/explicit-calendar.ts';
import { contractWeights } from '../domain/risk/lots.ts';
import {
  LOT,
  type DayClock,
  type Lots,
  type RuleHead,
  type Share,
} from '../domain/risk/rule-parts.ts';
import type { Rule } from '../domain/risk/rule.ts';
import { DEFAULT_LADDER } from '../domain/risk/verdict.ts';

export const START_AT = Date.UTC(2026, 10, 18, 14) as EpochMs;

export function dollars(amount: number): Money {
  return money(Math.round(amount * 10_000));
}

export function percent(part: number): Share {
  return (part * 10_000) as Share;
}

const ROLL: DayClock = { zone: NEW_YORK, time: 18 * 3_600, days: 'trading', skips: [] };
const source = { name: 'own', checkedOn: null, confidence: 'high' } as const;

export function head(id: string, effect: RuleHead['effect']): RuleHead {
  return { id, effect, source };
}

const START = dollars(50_000);
const weights = contractWeights(10, {});

/** Rules in which a further loss can only bring the breach nearer. */
export const LOSS_RULES: readonly Rule[] = [
  {
    ...head('intraday', 'hard'),
    ...{ kind: 'intraday-trailing', start: START, amount: dollars(2_000), cap: dollars(50_100) },
    ...{ lockOn: [{ on: 'peak' }], peakBasis: 'equity', operator: '<=' },
  },
  {
    ...head('close', 'hard'),
    ...{ kind: 'end-of-day-trailing', start: START, amount: dollars(2_000), cap: dollars(50_100) },
    lockOn: [{ on: 'payout-request' }, { on: 'first-payout' }],
    ...{ snapshot: { kind: 'daily', clock: ROLL }, operator: '<' },
  },
  {
    ...head('static', 'hard'),
    ...{ kind: 'static-floor', floor: dollars(47_000), amount: dollars(3_000), operator: '<' },
  },
  {
    ...head('daily', 'soft'),
    ...{ kind: 'daily-loss', start: START, reference: 'balance', includesOpen: true },
    ...{ limit: { kind: 'fixed', amount: dollars(1_000) }, reset: ROLL, operator: '<=' },
  },
  {
    ...head('week', 'soft'),
    ...{ kind: 'period-loss', limit: dollars(1_500), includesOpen: true, operator: '<=' },
    reset: { period: 'week', zone: NEW_YORK, time: ROLL.time },
  },
  {
    ...head('excursion', 'hard'),
    ...{ kind: 'adverse-excursion', start: START, share: percent(30), raised: null },
    ...{ early: { below: dollars(2_600), limit: dollars(750) }, reset: ROLL },
  },
  {
    ...head('give-back', 'soft'),
    ...{ kind: 'give-back', from: dollars(300), reset: ROLL },
    allowed: { kind: 'share', share: percent(40) },
  },
  {
    ...head('breaker', 'soft'),
    ...{ kind: 'circuit-breaker', measure: { kind: 'drawdown', share: percent(3) } },
    ...{ pause: 600_000, reset: ROLL },
  },
];

const OTHER_RULES: readonly Rule[] = [
  {
    ...head('consistency', 'delay'),
    ...{
      kind: 'consistency',
      formula: { kind: 'share-of-total' },
      share: percent(40),
      byPayout: [percent(50)],
    },
    ...{ operator: '<=', window: 'since-payout' },
  },
  {
    ...head('days', 'delay'),
    ...{ kind: 'trading-days', required: 3, window: 'since-start', halfDays: 'count' },
    predicate: { kind: 'net', amount: dollars(150), operator: '>=' },
  },
  {
    ...head('cap', 'refuse'),
    ...{ kind: 'contract-cap', weights, grace: 0, reset: ROLL },
    limit: { kind: 'fixed', lots: (3 * LOT) as Lots },
  },
  {
    ...head('streak', 'soft'),
    ...{ kind: 'loss-streak', max: 2, pause: null, reset: ROLL },
  },
  { ...head('trades', 'soft'), kind: 'trade-count', max: 6, reset: ROLL },
  {
    ...head('profit', 'soft'),
    ...{ kind: 'day-profit-lock', profit: dollars(1_500), includesOpen: true, reset: ROLL },
  },
  { ...head('stops', 'refuse'), kind: 'stop-required', grace: 5_000 },
];

export function rulesOf(rules: readonly Rule[]): RiskRules {
  return {
    rulebook: { calendarRoot: 'ES', roll: ROLL, rules },
    calendar: explicitCalendar,
    ladder: DEFAULT_LADDER,
  };
}

/** One rule of nearly every kind. */
export const everyRule: RiskRules = rulesOf([...LOSS_RULES, ...OTHER_RULES]);

export const freshOpening: Opening = {
  at: START_AT,
  balance: START,
  isFresh: true,
  peaks: {},
  references: {},
  dayReference: null,
};
