import { money, type Money } from '../../money/money.ts';
import type { AccountBook } from '../book.ts';
import { higher, minus, mulDivCeil, plus, shareOf } from '../exact.ts';
import { WHOLE, type Share } from '../rule-parts.ts';
import type { CircuitBreakerRule } from '../rule.ts';
import { cash, count, type Judgement, type Ladder } from '../verdict.ts';
import { withCash } from './loss.ts';
import { balanceAt, type RuleModule } from './module.ts';
import { judgeRoom } from './room.ts';

export interface BreakerMemory {
  readonly reference: Money | null;
  readonly peak: Money | null;
  /** Trades and signals seen since the last trip: a trip is not repeated on the same sample. */
  readonly seen: number;
  readonly isPoor: boolean;
}

/** The trader's own fuse. It trips on a loss, a fall, a poor rate of wins or poor signals. */
export const circuitBreaker: RuleModule<CircuitBreakerRule, BreakerMemory> = {
  start(rule, { isFresh, isUnderway, references, peaks }, { figures }) {
    const reference = references[rule.id] ?? (isFresh ? figures.balance : null);
    return {
      reference,
      peak: peaks[rule.id] ?? (isFresh && isUnderway !== true ? figures.equity : null),
      seen: 0,
      isPoor: false,
    };
  },
  renew: (_rule, memory, book, strike) => ({ ...memory, reference: balanceAt(book, strike) }),
  renewsFrom: 'balance',
  follow(rule, before, book, event) {
    const paid = withCash(before, event);
    const { high } = book.figures;
    const moved =
      event.kind === 'cash' && paid.peak !== null
        ? { ...paid, peak: plus(paid.peak, event.amount) }
        : paid;
    const peak = moved.peak === null || high === null ? moved.peak : higher(moved.peak, high);
    const counts =
      (rule.measure.kind === 'win-rate' && event.kind === 'trade') ||
      (rule.measure.kind === 'signal-quality' && event.kind === 'signal');
    const seen = (before.isPoor ? 0 : before.seen) + (counts ? 1 : 0);
    const next = { ...moved, peak, seen };
    return { ...next, isPoor: isPoor(rule, next, book) };
  },
  judge(rule, memory, { book, ladder }) {
    const { measure } = rule;
    switch (measure.kind) {
      case 'day-loss':
        return ofLoss(rule, book, memory.reference, ladder);
      case 'drawdown':
        return ofLoss(rule, book, memory.peak, ladder);
      case 'win-rate':
      case 'signal-quality':
        return ofRate(rule, measure, rateOf(measure, memory, book));
    }
  },
};

type RateMeasure = Extract<CircuitBreakerRule['measure'], { sample: number }>;

interface Rate {
  readonly sample: number;
  /** Parts per million; null without a sample. */
  readonly value: number | null;
}

function isPoor(rule: CircuitBreakerRule, memory: BreakerMemory, book: AccountBook): boolean {
  const { measure } = rule;
  if (measure.kind !== 'win-rate' && measure.kind !== 'signal-quality') return false;
  const { sample, value } = rateOf(measure, memory, book);
  return value !== null && sample >= measure.sample && value < measure.share;
}

function rateOf(measure: RateMeasure, { seen }: BreakerMemory, book: AccountBook): Rate {
  const size = Math.min(measure.window, seen);
  if (size === 0) return { sample: 0, value: null };
  if (measure.kind === 'win-rate') {
    const last = book.trades.slice(-size);
    const wins = last.filter((net) => net > 0).length;
    return { sample: last.length, value: Math.floor((wins * WHOLE) / last.length) };
  }
  const last = book.signals.slice(-size);
  const sum = last.reduce((total, quality) => total + quality, 0);
  return { sample: last.length, value: Math.floor(sum / last.length) };
}

function ofLoss(
  rule: CircuitBreakerRule,
  { figures }: AccountBook,
  from: Money | null,
  ladder: Ladder,
): Judgement {
  const limit = from === null ? null : shareOf(from, rule.measure.share);
  const floor = from === null || limit === null ? null : minus(from, limit);
  const fall = from === null || figures.equity === null ? null : minus(figures.equity, from);
  const ratio =
    from === null || fall === null || from <= 0
      ? null
      : mulDivCeil(from - (figures.equity ?? from), WHOLE, from);
  const readings = {
    PnL: cash(fall),
    F: cash(floor),
    ratio: { unit: 'share', value: ratio },
  } as const;
  const isDay = rule.measure.kind === 'day-loss';
  const basis = isDay
    ? 'loss of the day as a share of its first balance'
    : 'fall from the highest equity';
  if (from !== null && from <= 0) {
    const reason = 'A share of a balance that is not above zero says nothing.';
    const shape = { unit: 'money', limit: null, used: null, left: null } as const;
    return { ...shape, severity: 'unknown', basis, reason, readings };
  }
  const judged = judgeRoom(
    { level: figures.low, floor, amount: limit ?? money(0), operator: '<=' },
    {
      basis,
      name: isDay ? "The breaker's day loss" : "The breaker's drawdown",
      readings,
      doubt: from === null ? 'What the loss is counted from is not known.' : '',
    },
    ladder,
  );
  return { ...judged, pause: rule.pause };
}

function ofRate({ pause }: CircuitBreakerRule, measure: RateMeasure, rate: Rate): Judgement {
  const share: Share = measure.share;
  const isWin = measure.kind === 'win-rate';
  const shape = {
    unit: 'share',
    limit: share,
    used: rate.value,
    left: rate.value === null ? null : rate.value - share,
    basis: isWin ? 'winning part of the latest trades' : 'mean quality of the latest signals',
    readings: { rate: { unit: 'share', value: rate.value }, sample: count(rate.sample) },
    pause,
  } as const;
  if (rate.value === null || rate.sample < measure.sample) {
    return { ...shape, severity: 'notice', reason: 'The sample is still too small to judge.' };
  }
  return rate.value < share
    ? {
        ...shape,
        severity: 'breach',
        reason: `${isWin ? 'The win rate' : 'Signal quality'} is too low.`,
      }
    : {
        ...shape,
        severity: 'ok',
        reason: `${isWin ? 'The win rate' : 'Signal quality'} is good enough.`,
      };
}
