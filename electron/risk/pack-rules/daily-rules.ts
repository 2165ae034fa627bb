import { money, type Money } from '../../../shared/domain/money/money.ts';
import { MAX_AMOUNT } from '../../../shared/domain/risk/exact.ts';
import type { LossLimit } from '../../../shared/domain/risk/rule.ts';
import { isPart } from '../../../shared/protocol/rule-pack/values.ts';
import {
  amountOf,
  clockOf,
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

/** A tier without a limit: a loss that no account can make. */
const NO_LIMIT = money(MAX_AMOUNT);

/** What may be lost in a day. */
export function dailyRules(terms: Terms): Translated {
  return joined(dailyLoss(terms), growthGuard(terms));
}

function dailyLoss(terms: Terms): Translated {
  const { dailyLoss: daily } = terms.rules;
  if (daily === 'unknown') return unknownOf('dailyLoss');
  if (!isPart(daily) || (daily.availability === 'optional' && !terms.hasDailyLimit)) return NOTHING;
  const limit = limitOf(terms);
  if (limit === null) return unknownOf('dailyLoss.amount');
  if (daily.basis === 'unknown') return unknownOf('dailyLoss.basis');
  const skips = daily.noResetOn.includes('halfDay') ? (['half-day'] as const) : [];
  const rule = rulesOf({
    ...headOf(terms, 'dailyLoss', daily.effect === 'soft' ? 'soft' : 'hard'),
    kind: 'daily-loss',
    start: terms.start,
    reference:
      daily.basis === 'higherOfBalanceAndEquity' ? 'higher-of-balance-and-equity' : 'balance',
    limit,
    includesOpen: true,
    reset: clockOf(daily.resetsAt, terms.rules.contracts !== 'none', skips),
    operator: daily.operator,
  });
  return joined(rule, doubtsOf(terms));
}

function doubtsOf({ rules: { dailyLoss: daily } }: Terms): Translated {
  if (!isPart(daily)) return NOTHING;
  const ends =
    'The firm lifts the limit once the floor has risen; it is kept until you override it.';
  const hard = 'Whether the account is lost is not known; it is taken to be.';
  return joined(
    daily.endsWhen === 'never' ? NOTHING : gapOf('assumed', 'dailyLoss.endsWhen', ends),
    daily.effect === 'unknown' ? gapOf('assumed', 'dailyLoss.effect', hard) : NOTHING,
  );
}

function limitOf({ rules: { dailyLoss: daily }, start }: Terms): LossLimit | null {
  if (!isPart(daily)) return null;
  if (daily.tiers !== undefined) {
    const steps = daily.tiers.map(({ from, amount }) => ({
      profit: moneyOf(from),
      value: amount === 'none' ? NO_LIMIT : moneyOf(amount),
    }));
    return { kind: 'tiered', tiers: { steps, operator: '>=', moves: 'both' } };
  }
  const { amount } = daily;
  if (amount === undefined || amount === 'unknown') return null;
  if (typeof amount === 'object' && amount.of === 'dayReference')
    return { kind: 'share-of-reference', share: shareOf(amount.percent) };
  const fixed: Money | null = amountOf(amount, start);
  return fixed === null ? null : { kind: 'fixed', amount: fixed };
}

/** Losing more than a share of the growth in one day ends the account, once it has grown enough. */
function growthGuard(terms: Terms): Translated {
  const { growthGuard: guard } = terms.rules;
  if (guard === 'unknown') return unknownOf('growthGuard');
  if (guard === 'none') return NOTHING;
  const from = money(Math.round((terms.start * guard.afterGrowthPercent) / 100));
  return rulesOf({
    ...headOf(terms, 'growthGuard', 'hard'),
    kind: 'daily-loss',
    start: terms.start,
    reference: 'balance',
    limit: { kind: 'share-of-profit', share: shareOf(guard.mayLosePercent), from },
    includesOpen: true,
    reset: terms.roll,
    operator: '<',
  });
}
