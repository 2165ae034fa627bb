import type { EpochMs } from '../../../kernel/clock.ts';
import type { Money } from '../../money/money.ts';
import type { AccountBook } from '../book.ts';
import { higher, minus } from '../exact.ts';
import { lotsOf, worstExposure } from '../lots.ts';
import type { Lots } from '../rule-parts.ts';
import type { ContractCapRule } from '../rule.ts';
import { count, type Readings } from '../verdict.ts';
import { balanceAt, type RuleModule } from './module.ts';
import { tierLevel, tierValue } from './tier.ts';

export interface CapMemory {
  /** Null is unknown. */
  readonly cap: Lots | null;
  readonly level: number;
  readonly top: Money | null;
  /** Since when the account holds or may come to hold more. */
  readonly overSince: EpochMs | null;
}

const BLANK: CapMemory = { cap: null, level: 0, top: null, overSince: null };
const BASIS = 'positions and working entries in minis';

/** Weighted contracts, working entries included, against a cap that stands for the whole session. */
export const contractCap: RuleModule<ContractCapRule, CapMemory> = {
  start(rule, { isFresh, references }, { figures }) {
    const balance = references[rule.id] ?? (isFresh ? figures.balance : null);
    return capped(rule, BLANK, balance);
  },
  renew: (rule, memory, book, strike) => capped(rule, memory, balanceAt(book, strike)),
  renewsFrom: 'balance',
  follow(rule, memory, book) {
    const lots = worstLots(rule, book);
    if (lots === null || memory.cap === null || lots <= memory.cap)
      return { ...memory, overSince: null };
    return { ...memory, overSince: memory.overSince ?? book.at };
  },
  judge(rule, { cap, level, overSince }, { book }) {
    const lots = worstLots(rule, book);
    const readings: Readings = {
      lots: { unit: 'lots', value: lots },
      cap: { unit: 'lots', value: cap },
      level: count(level === 0 ? null : level),
    };
    const shape = { unit: 'lots', limit: cap, basis: BASIS, readings } as const;
    if (lots === null || cap === null) {
      const reason = lots === null ? 'Positions are not known.' : 'The cap of today is not known.';
      return { ...shape, severity: 'unknown', used: lots, left: null, reason };
    }
    const told = { ...shape, used: lots, left: cap - lots };
    if (lots <= cap) {
      const isFull = lots === cap && lots > 0;
      return { ...told, severity: isFull ? 'notice' : 'ok', reason: 'Size is within the cap.' };
    }
    const isOver = book.at - (overSince ?? book.at) >= rule.grace;
    return isOver
      ? { ...told, severity: 'breach', reason: 'Positions and working entries exceed the cap.' }
      : { ...told, severity: 'critical', reason: 'Size exceeds the cap; the grace period runs.' };
  },
};

function capped(rule: ContractCapRule, memory: CapMemory, balance: Money | null): CapMemory {
  const { limit } = rule;
  if (limit.kind === 'fixed') return { ...memory, cap: limit.lots };
  if (balance === null) return { ...memory, cap: null, level: 0 };
  const profit = minus(balance, limit.start);
  const top = memory.top === null ? profit : higher(memory.top, profit);
  const counted = limit.tiers.moves === 'both' ? profit : top;
  const level = tierLevel(limit.tiers, counted);
  return { ...memory, cap: tierValue(limit.tiers, counted), level, top };
}

function worstLots(rule: ContractCapRule, { positions, orders }: AccountBook): Lots | null {
  return positions === null ? null : lotsOf(worstExposure(positions, orders), rule.weights);
}
