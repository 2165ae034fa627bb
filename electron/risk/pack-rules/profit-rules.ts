import { money, type Money } from '../../../shared/domain/money/money.ts';
import type { ConsistencyFormula, DayPredicate } from '../../../shared/domain/risk/rule.ts';
import { isPart } from '../../../shared/protocol/rule-pack/values.ts';
import type { DayTest } from '../../../shared/protocol/rule-pack/profit-sections.ts';
import type { z } from 'zod';
import {
  amountOf,
  gapOf,
  headOf,
  joined,
  moneyOf,
  NOTHING,
  rulesOf,
  shareOf,
  unknownOf,
  type Terms,
  type Translated,
} from './terms.ts';

/** What a profit must look like, and what of it may be taken out. */
export function profitRules(terms: Terms): Translated {
  return joined(
    target(terms),
    consistency(terms),
    days(terms, 'toPass'),
    days(terms, 'toPayout'),
    tradedDays(terms),
    excursion(terms),
    payout(terms),
  );
}

function target(terms: Terms): Translated {
  const amount = targetOf(terms);
  if (amount === 'unknown') return unknownOf('profitTarget');
  if (amount === 'none') return NOTHING;
  const head = headOf(terms, 'profitTarget', 'delay');
  const { start } = terms;
  return rulesOf({ ...head, kind: 'profit-target', start, target: amount, basis: 'balance' });
}

function targetOf({ rules: { profitTarget }, start }: Terms): Money | 'none' | 'unknown' {
  if (typeof profitTarget === 'string') return profitTarget;
  return amountOf(profitTarget, start) ?? 'unknown';
}

function consistency(terms: Terms): Translated {
  const { consistency: rule } = terms.rules;
  if (rule === 'unknown') return unknownOf('consistency');
  if (!isPart(rule)) return NOTHING;
  const formula = formulaOf(rule.formula, targetOf(terms));
  const [percent, ...later] = rule.percentByPayout ?? [rule.percent];
  if (formula === null || percent === undefined) return unknownOf('consistency');
  return rulesOf({
    ...headOf(terms, 'consistency', 'delay'),
    kind: 'consistency',
    formula,
    share: shareOf(percent),
    byPayout: later.flatMap((one) => (one === undefined ? [] : [shareOf(one)])),
    operator: rule.operator,
    window: rule.window === 'sinceStart' ? 'since-start' : 'since-payout',
  });
}

function formulaOf(
  name: 'shareOfNet' | 'shareOfWinningDays' | 'shareOfTarget' | 'raisesTarget',
  amount: Money | 'none' | 'unknown',
): ConsistencyFormula | null {
  if (name === 'shareOfNet') return { kind: 'share-of-total' };
  if (name === 'shareOfWinningDays') return { kind: 'share-of-winning-days' };
  if (typeof amount === 'string') return null;
  const kind = name === 'shareOfTarget' ? 'share-of-target' : 'raises-target';
  return { kind, target: amount };
}

function days(terms: Terms, which: 'toPass' | 'toPayout'): Translated {
  const needed = terms.rules.days[which];
  const path = `days.${which}`;
  if (needed === 'unknown') return unknownOf(path);
  if (needed === 'none') return NOTHING;
  return counted(terms, path, predicateOf(needed.test, terms.start), needed.count);
}

function tradedDays(terms: Terms): Translated {
  const { tradedToPayout: required } = terms.rules.days;
  if (required === undefined) return NOTHING;
  return counted(terms, 'days.tradedToPayout', { kind: 'any-fill' }, required);
}

function counted(
  terms: Terms,
  path: string,
  predicate: DayPredicate,
  required: number,
): Translated {
  return rulesOf({
    ...headOf(terms, path, 'delay'),
    kind: 'trading-days',
    predicate,
    required,
    window: path === 'days.toPass' ? 'since-start' : 'since-payout',
    halfDays: terms.rules.days.halfDays === 'foldIntoNextDay' ? 'fold' : 'count',
  });
}

function predicateOf(test: z.infer<typeof DayTest>, start: Money): DayPredicate {
  switch (test.kind) {
    case 'anyFill':
      return { kind: 'any-fill' };
    case 'positionOpened':
      return { kind: 'trade-opened' };
    case 'netAtLeast':
      return { kind: 'net', amount: moneyOf(test.amount), operator: '>=' };
    case 'netAbove':
      return { kind: 'net', amount: moneyOf(test.amount), operator: '>' };
    case 'closedProfitAtLeast': {
      // Rounded up: a day short of the share by less than the smallest unit does not count.
      const amount = money(Math.ceil((start * test.percentOfStart) / 100));
      return { kind: 'closed-profit', amount };
    }
    case 'activeTradingDay':
      return {
        kind: 'share-of-best',
        amount: moneyOf(test.realizedAtLeast),
        share: shareOf(test.percentOfBest),
      };
  }
}

/** A violation costs payouts and not the account. */
function excursion(terms: Terms): Translated {
  const { mae } = terms.rules;
  if (mae === 'unknown') return unknownOf('mae');
  if (!isPart(mae)) return NOTHING;
  const raisedFrom = moneyOf(mae.raisedFrom);
  // The share is raised at twice the safety net's profit; below it older pages count otherwise.
  const below = money(Math.round(raisedFrom / 2));
  const { belowSafetyNet } = mae;
  const early = belowSafetyNet === 'unknown' ? null : { below, limit: moneyOf(belowSafetyNet) };
  return rulesOf({
    ...headOf(terms, 'mae', 'delay'),
    kind: 'adverse-excursion',
    start: terms.start,
    share: shareOf(mae.percent),
    raised: { from: raisedFrom, share: shareOf(mae.raisedPercent) },
    early,
    reset: terms.roll,
  });
}

function payout(terms: Terms): Translated {
  const { payout: rule, drawdown } = terms.rules;
  if (rule === 'unknown') return unknownOf('payout');
  if (!isPart(rule)) return NOTHING;
  const floor = isPart(drawdown.lock) ? moneyOf(drawdown.lock.floor) : null;
  const keeps = typeof rule.safetyNet === 'number' ? moneyOf(rule.safetyNet) : floor;
  if (keeps === null || rule.minimumRequest === 'unknown' || rule.caps === 'unknown')
    return unknownOf('payout');
  const { minimumBalance: balance, minimumRequest: request, maximumCount: most, caps } = rule;
  const { percentOfBalance: percent } = rule;
  const numbers = caps === 'none' ? [] : caps.filter((cap) => cap !== 'none');
  const unknown = PAYOUT_PARTS.filter(([, path]) => rule[path] === 'unknown');
  const translated = rulesOf({
    ...headOf(terms, 'payout', 'delay'),
    kind: 'payout',
    keeps,
    share: typeof percent === 'number' ? shareOf(percent) : null,
    minBalance: typeof balance === 'number' ? moneyOf(balance) : null,
    minRequest: moneyOf(request === 'none' ? 0 : request),
    caps: numbers.map(moneyOf),
    maxCount: typeof most === 'number' ? most : null,
    unknown: unknown.map(([part]) => part),
  });
  const isCapped = caps === 'none' || numbers.length === caps.length;
  const sentence = 'Later payouts have no cap; the last cap is kept for them.';
  return joined(
    translated,
    isCapped ? NOTHING : gapOf('assumed', 'payout.caps', sentence),
    ...unknown.map(([, path]) => unknownOf(`payout.${path}`)),
  );
}

/** The parts of a payout that a pack may not know, by the pack's name. */
const PAYOUT_PARTS = [
  ['keeps', 'safetyNet'],
  ['share', 'percentOfBalance'],
  ['minBalance', 'minimumBalance'],
  ['maxCount', 'maximumCount'],
] as const;
