import type { EpochMs } from '../../../kernel/clock.ts';
import type { LossStreakRule, StopRequiredRule, TradeCountRule } from '../rule.ts';
import type { HeldPosition } from '../event.ts';
import { count } from '../verdict.ts';
import type { RuleModule } from './module.ts';

export interface TradeCountMemory {
  readonly trades: number;
  /** False while trades before the desk's time may be missing. */
  readonly isWhole: boolean;
}

/** Trades of the day against the most allowed. */
export const tradeCount: RuleModule<TradeCountRule, TradeCountMemory> = {
  start: (_rule, { isFresh, isDayWhole }) => ({ trades: 0, isWhole: isDayWhole ?? isFresh }),
  renew: () => ({ trades: 0, isWhole: true }),
  follow: (_rule, memory, _book, event) =>
    event.kind === 'trade' ? { ...memory, trades: memory.trades + 1 } : memory,
  judge(rule, { trades, isWhole }) {
    const shape = {
      unit: 'count',
      limit: rule.max,
      used: trades,
      basis: 'trades closed today',
    } as const;
    const readings = { trades: count(trades) };
    const left = Math.max(0, rule.max - trades);
    if (trades >= rule.max) {
      const reason = 'All trades of the day are used.';
      return { ...shape, severity: 'breach', left, reason, readings };
    }
    if (!isWhole) {
      const reason = 'Trades of this day before the desk watched are not known.';
      return { ...shape, severity: 'unknown', left: null, reason, readings };
    }
    const severity = left === 1 ? 'warning' : 'ok';
    return { ...shape, severity, left, reason: 'Trades of the day are left.', readings };
  },
};

export interface StreakMemory {
  readonly losses: number;
  readonly isWhole: boolean;
  /** Of the last losing trade; absent before the first. */
  readonly lossAt?: EpochMs;
}

/** Losing trades in a row. The count begins anew with the pause that it causes. */
export const lossStreak: RuleModule<LossStreakRule, StreakMemory> = {
  start: (_rule, { isFresh, isDayWhole }) => ({ losses: 0, isWhole: isDayWhole ?? isFresh }),
  renew: () => ({ losses: 0, isWhole: true }),
  follow(rule, memory, _book, event) {
    const begun = memory.losses >= rule.max ? { ...memory, losses: 0 } : memory;
    if (event.kind !== 'trade') return begun;
    const net = event.gross - event.fees;
    if (net > 0) return { losses: 0, isWhole: true };
    return net < 0 ? { ...begun, losses: begun.losses + 1, lossAt: event.at } : begun;
  },
  judge(rule, { losses, isWhole, lossAt }) {
    const left = Math.max(0, rule.max - losses);
    const shape = { unit: 'count', limit: rule.max, used: losses, left } as const;
    const told = { ...shape, basis: 'losing trades in a row', readings: { losses: count(losses) } };
    if (left === 0) {
      return {
        ...told,
        severity: 'breach',
        reason: 'Too many losses in a row.',
        pause: rule.pause,
        ...(lossAt !== undefined && { causedAt: lossAt }),
      };
    }
    if (!isWhole) {
      return { ...told, severity: 'unknown', left: null, reason: 'Earlier trades are not known.' };
    }
    return {
      ...told,
      severity: left === 1 && rule.max > 1 ? 'warning' : 'ok',
      reason: 'The streak of losses is below its limit.',
    };
  },
};

export interface StopMemory {
  readonly bareSince: EpochMs | null;
}

/** Every position is covered by working stops in full, a moment after it opened. */
export const stopRequired: RuleModule<StopRequiredRule, StopMemory> = {
  start: () => ({ bareSince: null }),
  follow(_rule, { bareSince }, { positions, at }) {
    return { bareSince: bareOf(positions ?? []) > 0 ? (bareSince ?? at) : null };
  },
  judge(rule, { bareSince }, { book }) {
    const bare = book.positions === null ? null : bareOf(book.positions);
    const basis = 'contracts without a working stop';
    const shape = {
      unit: 'count',
      limit: 0,
      used: bare,
      basis,
      readings: { bare: count(bare) },
    } as const;
    if (bare === null) {
      return { ...shape, severity: 'unknown', left: null, reason: 'Positions are not known.' };
    }
    if (bare === 0) {
      return { ...shape, severity: 'ok', left: 0, reason: 'Every position has its stop.' };
    }
    const isLate = book.at - (bareSince ?? book.at) >= rule.grace;
    const reason = 'A position has no stop for all of its contracts.';
    return { ...shape, severity: isLate ? 'breach' : 'warning', left: 0, reason };
  },
};

function bareOf(positions: readonly HeldPosition[]): number {
  return positions.reduce(
    (sum, { quantity, stopped }) => sum + Math.max(0, Math.abs(quantity) - stopped),
    0,
  );
}
