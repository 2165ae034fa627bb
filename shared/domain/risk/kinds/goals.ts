import { money } from '../../money/money.ts';
import { minus } from '../exact.ts';
import type { PayoutRule, ProfitTargetRule } from '../rule.ts';
import { cash, count, flag } from '../verdict.ts';
import { noMemory, type NoMemory, type RuleModule } from './module.ts';

/** Profit against the target of an evaluation. */
export const profitTarget: RuleModule<ProfitTargetRule, NoMemory> = {
  start: noMemory,
  judge(rule, _memory, { book }) {
    const now = rule.basis === 'balance' ? book.figures.balance : book.figures.equity;
    const basis = rule.basis === 'balance' ? 'closed profit' : 'profit with open positions';
    const shape = { unit: 'money', limit: rule.target, basis } as const;
    if (now === null) {
      const reason = 'The figures are not known.';
      return { ...shape, severity: 'unknown', used: null, left: null, reason, readings: {} };
    }
    const profit = minus(now, rule.start);
    const isReached = profit >= rule.target;
    return {
      ...shape,
      severity: isReached ? 'ok' : 'notice',
      used: profit,
      left: Math.max(0, rule.target - profit),
      reason: isReached ? 'The target is reached.' : 'The target is not reached yet.',
      readings: { profit: cash(profit), passes: flag(isReached) },
    };
  },
};

/** What may be withdrawn now, by balance alone; days and consistency have rules of their own. */
export const payout: RuleModule<PayoutRule, NoMemory> = {
  start: noMemory,
  judge(rule, _memory, { book }) {
    const { balance } = book.figures;
    const shape = {
      unit: 'money',
      limit: rule.keeps,
      basis: 'balance above what must stay',
    } as const;
    if (balance === null) {
      const reason = 'The balance is not known.';
      return { ...shape, severity: 'unknown', used: null, left: null, reason, readings: {} };
    }
    const cap = rule.caps.at(Math.min(book.payouts, rule.caps.length - 1)) ?? null;
    const above = Math.max(0, balance - rule.keeps);
    const amount = money(cap === null ? above : Math.min(above, cap));
    const isSpent = rule.maxCount !== null && book.payouts >= rule.maxCount;
    const isHigh = rule.minBalance === null || balance >= rule.minBalance;
    const isOpen = !isSpent && isHigh && amount >= rule.minRequest && amount > 0;
    const safe = balance >= rule.keeps;
    return {
      ...shape,
      severity: safe ? 'ok' : 'notice',
      used: balance,
      left: amount,
      reason: isOpen ? 'A payout can be asked for.' : 'No payout can be asked for now.',
      readings: {
        withdrawable: cash(amount),
        request: flag(isOpen),
        safe: flag(safe),
        payouts: count(book.payouts),
      },
    };
  },
};
