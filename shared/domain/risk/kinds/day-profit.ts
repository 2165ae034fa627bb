import { money, type Money } from '../../money/money.ts';
import { higher, minus, shareOf } from '../exact.ts';
import type { DayProfitLockRule, GiveBackRule } from '../rule.ts';
import { cash, flag } from '../verdict.ts';
import { withCash } from './loss.ts';
import { balanceAt, type RuleModule } from './module.ts';
import { judgeRoom } from './room.ts';

export interface DayProfitMemory {
  readonly reference: Money | null;
  /** The highest result of the day with open positions. */
  readonly peak: Money;
}

const memoryOf = (reference: Money | null): DayProfitMemory => ({ reference, peak: money(0) });

/** After a good day's peak, only a part of it may be lost again. */
export const giveBack: RuleModule<GiveBackRule, DayProfitMemory> = {
  start: (rule, { isFresh, isUnderway, references }, { figures }) =>
    memoryOf(references[rule.id] ?? (isFresh && isUnderway !== true ? figures.balance : null)),
  renew: (_rule, _memory, book, strike) => memoryOf(balanceAt(book, strike)),
  renewsFrom: 'course',
  follow(_rule, before, book, event) {
    const memory = withCash(before, event);
    const { high } = book.figures;
    if (high === null || memory.reference === null) return memory;
    return { ...memory, peak: higher(memory.peak, minus(high, memory.reference)) };
  },
  judge(rule, { reference, peak }, { book, ladder }) {
    const { equity, low } = book.figures;
    const result = equity === null || reference === null ? null : minus(equity, reference);
    const lowest = low === null || reference === null ? null : minus(low, reference);
    const amount =
      rule.allowed.kind === 'amount' ? rule.allowed.amount : shareOf(peak, rule.allowed.share);
    const floor = minus(peak, amount);
    // A share of no profit is nothing, and would be given back before the day began.
    const isAwake = peak >= rule.from && (peak > 0 || amount > 0);
    const readings = {
      PnL: cash(result),
      peak: cash(peak),
      F: cash(isAwake ? floor : null),
      awake: flag(isAwake),
    };
    const basis = "day's result against its peak";
    if (reference !== null && lowest !== null && !isAwake) {
      const reason = "The day's profit has not reached the level from which it is kept.";
      const shape = { unit: 'money', limit: null, used: null, left: null } as const;
      return { ...shape, severity: 'ok', basis, reason, readings };
    }
    const doubt = reference === null ? 'The balance at the beginning of the day is not known.' : '';
    return judgeRoom(
      { level: lowest, floor, amount, operator: '<=' },
      { basis, name: 'The part of the peak that may be given back', readings, doubt },
      ladder,
    );
  },
};

/** Once the day has made its profit, it is over. */
export const dayProfitLock: RuleModule<DayProfitLockRule, DayProfitMemory> = {
  start: giveBackStart,
  renew: (_rule, _memory, book, strike) => memoryOf(balanceAt(book, strike)),
  renewsFrom: 'balance',
  follow: (_rule, memory, _book, event) => withCash(memory, event),
  judge(rule, { reference }, { book }) {
    const { figures } = book;
    const now = rule.includesOpen ? figures.high : figures.balance;
    const basis = `result of the day ${rule.includesOpen ? 'with' : 'without'} open positions`;
    const shape = { unit: 'money', limit: rule.profit, basis } as const;
    if (now === null || reference === null) {
      const reason = 'The result of the day is not known.';
      return { ...shape, severity: 'unknown', used: null, left: null, reason, readings: {} };
    }
    const result = minus(now, reference);
    const isReached = result >= rule.profit;
    return {
      ...shape,
      severity: isReached ? 'breach' : 'ok',
      used: result,
      left: Math.max(0, rule.profit - result),
      reason: isReached ? "The day's profit is made." : "The day's profit is not made yet.",
      readings: { PnL: cash(result) },
    };
  },
};

function giveBackStart(
  rule: DayProfitLockRule,
  { isFresh, references }: Parameters<typeof giveBack.start>[1],
  { figures }: Parameters<typeof giveBack.start>[2],
): DayProfitMemory {
  return memoryOf(references[rule.id] ?? (isFresh ? figures.balance : null));
}
