import { money, type Money } from '../../money/money.ts';
import { CENT, compareProducts, MAX_AMOUNT, mulDivCeil, mulDivFloor, shareOf } from '../exact.ts';
import { WHOLE, type Share } from '../rule-parts.ts';
import type { ConsistencyRule } from '../rule.ts';
import { cash, flag, type Judgement, type Readings } from '../verdict.ts';
import { noMemory, type NoMemory, type RuleModule } from './module.ts';
import { areDaysKnown, daysIn, netsOf, todayIn } from './window.ts';

interface DaySums {
  readonly best: Money;
  readonly total: Money;
  readonly positives: Money;
}

const BASIS = 'best day against the profit of the window';

/** The best day's part of the profit. It never passes while there is no profit to measure. */
export const consistency: RuleModule<ConsistencyRule, NoMemory> = {
  start: noMemory,
  judge(given, _memory, { book }) {
    const rule = { ...given, share: shareAfter(given, book.payouts) };
    if (!areDaysKnown(book, rule.window)) {
      return shaped('unknown', 'The days before the desk watched are not known.', {});
    }
    const today = todayIn(book, rule.window);
    const closed = netsOf(daysIn(book, rule.window));
    const running = today === null ? money(0) : today.net;
    if (closed === null || running === null) {
      return shaped('unknown', 'The result of a day is not known.', {});
    }
    const others = sumsOf(closed);
    const all = sumsOf([...closed, running]);
    const readings = readingsOf(rule, all, others);
    const passes = passing(rule, all);
    if (passes === null) {
      return shaped('notice', 'There is no profit to measure yet: not evaluable.', readings);
    }
    const told = { ...readings, passes: flag(passes) };
    return passes
      ? shaped('ok', 'The best day is within its share.', told)
      : shaped('warning', 'The best day is too large a part of the profit.', told);
  },
};

function shareAfter({ share, byPayout }: ConsistencyRule, payouts: number): Share {
  if (payouts === 0) return share;
  return byPayout.at(Math.min(payouts, byPayout.length) - 1) ?? share;
}

function sumsOf(nets: readonly Money[]): DaySums {
  const positives = nets.filter((net) => net > 0);
  return {
    best: money(Math.max(0, ...nets)),
    total: money(nets.reduce((sum, net) => sum + net, 0)),
    positives: money(positives.reduce((sum, net) => sum + net, 0)),
  };
}

/** What the best day is measured against. */
function baseOf({ formula }: ConsistencyRule, { total, positives }: DaySums): Money {
  switch (formula.kind) {
    case 'share-of-total':
      return total;
    case 'share-of-winning-days':
      return positives;
    case 'share-of-target':
    case 'raises-target':
      return total > formula.target ? total : formula.target;
  }
}

function passing(rule: ConsistencyRule, sums: DaySums): boolean | null {
  if (sums.best <= 0 || sums.total <= 0) return null;
  const sign = compareProducts(sums.best, WHOLE, rule.share, baseOf(rule, sums));
  return rule.operator === '<=' ? sign <= 0 : sign < 0;
}

function readingsOf(rule: ConsistencyRule, all: DaySums, others: DaySums): Readings {
  const isEvaluable = all.best > 0 && all.total > 0;
  const required = isEvaluable && rule.share > 0 ? requiredTotal(rule, all.best) : null;
  const base = rule.formula.kind === 'share-of-winning-days' ? all.positives : all.total;
  const ratio = isEvaluable ? mulDivCeil(all.best, WHOLE, base) : null;
  return {
    best: cash(all.best),
    T: cash(all.total),
    ratio: { unit: 'share', value: ratio },
    required: cash(required),
    extra: cash(required === null ? null : money(Math.max(0, required - base))),
    allowedToday: cash(largestToday(rule, others)),
    passes: flag(null),
  };
}

/** The smallest whole-cent profit at which this best day passes, never below a target. */
function requiredTotal({ formula, share, operator }: ConsistencyRule, best: Money): Money {
  const cents =
    operator === '<='
      ? mulDivCeil(best, WHOLE, share * CENT)
      : mulDivFloor(best, WHOLE, share * CENT) + 1;
  const target = 'target' in formula ? formula.target : 0;
  return money(Math.min(MAX_AMOUNT, Math.max(cents * CENT, target)));
}

/**
 * The largest whole-cent profit of today with which today passes as the best day: x ≤ p · T / (1 − p) with T the
 * profit of the other days, or the share of the target where that is more. It may be below another day's best. Null is
 * no bound: all of the profit may be today's.
 */
function largestToday(rule: ConsistencyRule, others: DaySums): Money | null {
  const { formula, share, operator } = rule;
  const base = formula.kind === 'share-of-winning-days' ? others.positives : others.total;
  const strict = operator === '<' ? 1 : 0;
  const part = WHOLE - share;
  if (part <= 0) return null;
  const byTotal =
    base <= 0
      ? 0
      : centsBelow(
          mulDivFloor(base, share, part),
          strict,
          () => compareProducts(mulDivFloor(base, share, part), part, base, share) === 0,
        );
  const byTarget = 'target' in formula ? targetPart(formula.target, rule) : 0;
  return money(Math.min(MAX_AMOUNT, Math.max(0, byTotal, byTarget)));
}

function targetPart(target: Money, { share, operator }: ConsistencyRule): number {
  const bound = shareOf(target, share);
  const isExact = () => compareProducts(bound, WHOLE, target, share) === 0;
  return centsBelow(bound, operator === '<' ? 1 : 0, isExact);
}

/** Whole cents below a bound; one less where the bound itself is a whole cent and must not be reached. */
function centsBelow(bound: number, strict: number, isExact: () => boolean): number {
  const cents = Math.floor(bound / CENT);
  return (cents - (strict === 1 && cents * CENT === bound && isExact() ? 1 : 0)) * CENT;
}

function shaped(severity: Judgement['severity'], reason: string, readings: Readings): Judgement {
  const plain = { unit: 'share', limit: null, used: null, left: null, basis: BASIS } as const;
  return { severity, reason, readings, ...plain };
}
