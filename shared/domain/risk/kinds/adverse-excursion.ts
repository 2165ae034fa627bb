import { money, type Money } from '../../money/money.ts';
import type { AccountBook } from '../book.ts';
import { minus, shareOf } from '../exact.ts';
import type { AdverseExcursionRule } from '../rule.ts';
import { cash } from '../verdict.ts';
import { balanceAt, type RuleModule } from './module.ts';
import { judgeRoom } from './room.ts';

export interface ExcursionMemory {
  /** Profit at the day's start; null is unknown. */
  readonly profit: Money | null;
}

/** Open loss of one trade against a share of the profit with which the day began; reaching it is allowed. */
export const adverseExcursion: RuleModule<AdverseExcursionRule, ExcursionMemory> = {
  start(rule, { isFresh, references }, { figures }) {
    const balance = references[rule.id] ?? (isFresh ? figures.balance : null);
    return { profit: balance === null ? null : minus(balance, rule.start) };
  },
  renew(rule, _memory, book, strike) {
    const balance = balanceAt(book, strike);
    return { profit: balance === null ? null : minus(balance, rule.start) };
  },
  renewsFrom: 'balance',
  judge(rule, { profit }, { book, ladder }) {
    const open = worstOf(book);
    const limit = profit === null ? null : limitOf(rule, profit);
    const readings = { P0: cash(profit), U: cash(open), Lim: cash(limit) };
    const basis = 'open loss of one trade against the profit at the start of the day';
    if (profit !== null && limit === null) {
      const reason = 'The rule names no limit while the day began without profit.';
      const shape = { unit: 'money', limit: null, used: null, left: null } as const;
      return { ...shape, severity: 'unknown', basis, reason, readings };
    }
    const doubt =
      profit === null
        ? 'The profit at the start of the day is not known.'
        : open === null && book.figures.open !== null
          ? 'What each open position makes or loses is not known.'
          : '';
    return judgeRoom(
      {
        level: open,
        floor: limit === null ? null : minus(money(0), limit),
        amount: limit ?? money(0),
        operator: '<',
      },
      { basis, name: 'The open-loss limit of one trade', readings, doubt },
      ladder,
    );
  },
};

/** The open result of the worst trade. That of the account tells it while one position alone is open. */
function worstOf({ figures, positions }: AccountBook): Money | null {
  if (figures.worstTrade !== null) return figures.worstTrade;
  const held = (positions ?? []).filter(({ quantity }) => quantity !== 0);
  return held.length > 1 ? null : figures.open;
}

function limitOf(rule: AdverseExcursionRule, profit: Money): Money | null {
  const { early, raised } = rule;
  if (early !== null && profit < early.below) return early.limit;
  if (profit <= 0) return null;
  const isRaised = raised !== null && profit >= raised.from;
  return shareOf(profit, isRaised ? raised.share : rule.share);
}
