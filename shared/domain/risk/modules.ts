import type { AccountBook } from './book.ts';
import type { RiskEvent, Strike } from './event.ts';
import { adverseExcursion, type ExcursionMemory } from './kinds/adverse-excursion.ts';
import { circuitBreaker, type BreakerMemory } from './kinds/circuit-breaker.ts';
import { consistency } from './kinds/consistency.ts';
import { contractCap, type CapMemory } from './kinds/contract-cap.ts';
import { dayProfitLock, giveBack, type DayProfitMemory } from './kinds/day-profit.ts';
import {
  lossStreak,
  stopRequired,
  tradeCount,
  type StopMemory,
  type StreakMemory,
  type TradeCountMemory,
} from './kinds/discipline.ts';
import { payout, profitTarget } from './kinds/goals.ts';
import { flatBy, newsWindow, tradingWindow } from './kinds/hours.ts';
import { inactivity, type IdleMemory } from './kinds/inactivity.ts';
import { dailyLoss, periodLoss, type LossMemory } from './kinds/loss.ts';
import type { Beginning, NoMemory, RuleModule, Scene } from './kinds/module.ts';
import { correlatedExposure, hedging } from './kinds/own-accounts.ts';
import { staticFloor } from './kinds/static-floor.ts';
import { tradingDays } from './kinds/trading-days.ts';
import { endOfDayTrailing, intradayTrailing, type TrailingMemory } from './kinds/trailing.ts';
import type { Rule, RuleKind } from './rule.ts';
import type { Judgement } from './verdict.ts';

interface MemoryByKind {
  'intraday-trailing': TrailingMemory;
  'end-of-day-trailing': TrailingMemory;
  'static-floor': NoMemory;
  'daily-loss': LossMemory;
  'period-loss': LossMemory;
  consistency: NoMemory;
  'trading-days': NoMemory;
  'contract-cap': CapMemory;
  'adverse-excursion': ExcursionMemory;
  'profit-target': NoMemory;
  payout: NoMemory;
  'give-back': DayProfitMemory;
  'day-profit-lock': DayProfitMemory;
  'trade-count': TradeCountMemory;
  'loss-streak': StreakMemory;
  'stop-required': StopMemory;
  'trading-window': NoMemory;
  'flat-by': NoMemory;
  'news-window': NoMemory;
  hedging: NoMemory;
  'correlated-exposure': NoMemory;
  'circuit-breaker': BreakerMemory;
  inactivity: IdleMemory;
}

/** What any rule remembers: plain data that can be stored. */
export type Memory = MemoryByKind[RuleKind];

const MODULES: {
  readonly [K in RuleKind]: RuleModule<Extract<Rule, { kind: K }>, MemoryByKind[K]>;
} = {
  'intraday-trailing': intradayTrailing,
  'end-of-day-trailing': endOfDayTrailing,
  'static-floor': staticFloor,
  'daily-loss': dailyLoss,
  'period-loss': periodLoss,
  consistency,
  'trading-days': tradingDays,
  'contract-cap': contractCap,
  'adverse-excursion': adverseExcursion,
  'profit-target': profitTarget,
  payout,
  'give-back': giveBack,
  'day-profit-lock': dayProfitLock,
  'trade-count': tradeCount,
  'loss-streak': lossStreak,
  'stop-required': stopRequired,
  'trading-window': tradingWindow,
  'flat-by': flatBy,
  'news-window': newsWindow,
  hedging,
  'correlated-exposure': correlatedExposure,
  'circuit-breaker': circuitBreaker,
  inactivity,
};

/** The table pairs each kind with its own memory; the compiler cannot follow that through an index. */
function moduleOf(rule: Rule): RuleModule<Rule, Memory> {
  return MODULES[rule.kind] as RuleModule<Rule, Memory>;
}

export function startRule(rule: Rule, beginning: Beginning, book: AccountBook): Memory {
  return moduleOf(rule).start(rule, beginning, book);
}

export function snapRule(rule: Rule, memory: Memory, book: AccountBook, strike: Strike): Memory {
  return moduleOf(rule).snap?.(rule, memory, book, strike) ?? memory;
}

export function renewRule(rule: Rule, memory: Memory, book: AccountBook, strike: Strike): Memory {
  return moduleOf(rule).renew?.(rule, memory, book, strike) ?? memory;
}

export function renewsFrom(rule: Rule): 'balance' | 'course' | null {
  return moduleOf(rule).renewsFrom ?? null;
}

export function followRule(
  rule: Rule,
  memory: Memory,
  book: AccountBook,
  event: RiskEvent,
): Memory {
  return moduleOf(rule).follow?.(rule, memory, book, event) ?? memory;
}

export function judgeRule(rule: Rule, memory: Memory, scene: Scene): Judgement {
  return moduleOf(rule).judge(rule, memory, scene);
}
