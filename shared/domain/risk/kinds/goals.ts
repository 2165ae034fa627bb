import { money, type Money } from '../../money/money.ts';
import type { AccountBook } from '../book.ts';
import { minus, shareOf } from '../exact.ts';
import type { PayoutPart, PayoutRule, ProfitTargetRule } from '../rule.ts';
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
    const most = mostOf(rule, balance, book.payouts);
    const isSure = most === 0 || AMOUNT_PARTS.every((part) => !rule.unknown.includes(part));
    const amount = isSure ? most : null;
    const request = mayRequest(rule, most, book);
    const safe = balance >= rule.keeps;
    return {
      ...shape,
      severity: safe ? 'ok' : 'notice',
      used: balance,
      left: amount,
      reason: requestWords(request),
      readings: {
        withdrawable: cash(amount),
        most: cash(most),
        request: flag(request),
        safe: flag(safe),
        payouts: count(book.payouts),
      },
    };
  },
};

/** Parts without which the amount is only a bound. */
const AMOUNT_PARTS: readonly PayoutPart[] = ['keeps', 'share'];

/** What can be taken at most, by all that is known. */
function mostOf({ keeps, share, caps }: PayoutRule, balance: Money, payouts: number): Money {
  const cap = caps.at(Math.min(payouts, caps.length - 1));
  const part = share === null ? balance : shareOf(balance, share);
  return money(Math.max(0, Math.min(balance - keeps, part, cap ?? balance)));
}

/** Null where only something unknown may stand against it. */
function mayRequest(rule: PayoutRule, most: Money, book: AccountBook): boolean | null {
  const { balance } = book.figures;
  const isSpent = rule.maxCount !== null && book.payouts >= rule.maxCount;
  const isHigh = rule.minBalance === null || (balance !== null && balance >= rule.minBalance);
  if (isSpent || !isHigh || most < rule.minRequest || most <= 0) return false;
  return rule.unknown.length === 0 ? true : null;
}

function requestWords(request: boolean | null): string {
  if (request === null) return 'Not everything that the firm asks of a payout is known.';
  return request ? 'A payout can be asked for.' : 'No payout can be asked for now.';
}
