import { money, type Money } from '../../money/money.ts';
import type { AccountBook } from '../book.ts';
import type { RiskEvent, Strike } from '../event.ts';
import { higher, minus, plus, shareOf } from '../exact.ts';
import type { DailyLossRule, LossLimit, PeriodLossRule } from '../rule.ts';
import { cash, count, type Judgement } from '../verdict.ts';
import { balanceAt, type RuleModule, type Scene } from './module.ts';
import { judgeRoom, RECORD_IT } from './room.ts';
import { tierLevel, tierValue } from './tier.ts';

export interface LossMemory {
  /** What the result is counted from, payouts added; null is unknown. */
  readonly reference: Money | null;
  /** Null is no limit; meaningless while the reference is unknown. */
  readonly limit: Money | null;
  /** Of a tiered limit, from 1; 0 otherwise. */
  readonly level: number;
  /** The highest profit at a reset, for tiers that only rise. */
  readonly top: Money | null;
}

const UNKNOWN: LossMemory = { reference: null, limit: null, level: 0, top: null };

/** Result since the reset against a limit. */
export const dailyLoss: RuleModule<DailyLossRule, LossMemory> = {
  start(rule, { isFresh, references }, { figures }) {
    const known = references[rule.id] ?? (isFresh ? figures.balance : null);
    return known === null ? UNKNOWN : renewed(rule, UNKNOWN, known, known);
  },
  renew(rule, memory, book, strike) {
    const balance = balanceAt(book, strike);
    if (balance === null) return { ...UNKNOWN, top: memory.top };
    const reference = referenceAt(rule, book, balance);
    return reference === null
      ? { ...UNKNOWN, top: memory.top }
      : renewed(rule, memory, reference, balance);
  },
  renewsFrom: 'balance',
  follow: (_rule, memory, _book, event) => withCash(memory, event),
  judge: (rule, memory, scene) =>
    judgeLoss(rule, memory, scene, { span: 'day', amount: memory.limit }),
};

/** The same over a week or a month. */
export const periodLoss: RuleModule<PeriodLossRule, LossMemory> = {
  start(rule, { isFresh, references }, { figures }) {
    return { ...UNKNOWN, reference: references[rule.id] ?? (isFresh ? figures.balance : null) };
  },
  renew: (_rule, memory, book, strike: Strike) => ({
    ...memory,
    reference: balanceAt(book, strike),
  }),
  renewsFrom: 'balance',
  follow: (_rule, memory, _book, event) => withCash(memory, event),
  judge: (rule, memory, scene) =>
    judgeLoss(rule, memory, scene, { span: rule.reset.period, amount: rule.limit }),
};

/** A payout moves the balance and the reference alike: it is no loss. */
export function withCash<M extends { readonly reference: Money | null }>(
  memory: M,
  event: RiskEvent,
): M {
  if (event.kind !== 'cash' || memory.reference === null) return memory;
  return { ...memory, reference: plus(memory.reference, event.amount) };
}

function referenceAt(rule: DailyLossRule, { figures }: AccountBook, balance: Money): Money | null {
  if (rule.reference === 'balance') return balance;
  if (figures.open === null) return null;
  return higher(balance, money(balance + figures.open - figures.fees));
}

function renewed(
  rule: DailyLossRule,
  memory: LossMemory,
  reference: Money,
  balance: Money,
): LossMemory {
  const profit = minus(balance, rule.start);
  const top = memory.top === null ? profit : higher(memory.top, profit);
  const { limit } = rule;
  if (limit.kind !== 'tiered') {
    return { reference, limit: plainLimit(limit, reference, profit), level: 0, top };
  }
  const counted = limit.tiers.moves === 'both' ? profit : top;
  const level = tierLevel(limit.tiers, counted);
  return { reference, limit: tierValue(limit.tiers, counted), level, top };
}

function plainLimit(
  limit: Exclude<LossLimit, { kind: 'tiered' }>,
  reference: Money,
  profit: Money,
): Money | null {
  switch (limit.kind) {
    case 'fixed':
      return limit.amount;
    case 'share-of-reference':
      return shareOf(reference, limit.share);
    case 'share-of-profit':
      return profit < limit.from ? null : shareOf(profit, limit.share);
  }
}

function judgeLoss(
  rule: DailyLossRule | PeriodLossRule,
  { reference, level }: LossMemory,
  { book, ladder }: Scene,
  { span, amount }: { readonly span: string; readonly amount: Money | null },
): Judgement {
  const { figures } = book;
  const now = rule.includesOpen ? figures.equity : figures.balance;
  const lowest = rule.includesOpen ? figures.low : figures.balance;
  const result = now === null || reference === null ? null : minus(now, reference);
  const floor = reference === null || amount === null ? null : minus(reference, amount);
  const readings = {
    PnL: cash(result),
    Ref: cash(reference),
    Lim: cash(reference === null ? null : amount),
    F: cash(floor),
    C: cash(now === null || floor === null ? null : minus(now, floor)),
    level: count(level === 0 ? null : level),
  };
  const basis = `result of the ${span} ${rule.includesOpen ? 'with' : 'without'} open positions`;
  if (reference !== null && amount === null) {
    const reason = `No loss limit of the ${span} is in force yet.`;
    return {
      severity: 'ok',
      unit: 'money',
      limit: null,
      used: null,
      left: null,
      basis,
      reason,
      readings,
    };
  }
  const doubt =
    reference === null
      ? `The balance at the beginning of the ${span} is not known.${span === 'day' ? ` ${RECORD_IT}` : ''}`
      : '';
  return judgeRoom(
    { level: lowest, floor, amount: amount ?? money(0), operator: rule.operator },
    { basis, name: `The loss limit of the ${span}`, readings, doubt },
    ladder,
  );
}
