import { money, type Money } from '../../../shared/domain/money/money.ts';
import type { LockTrigger, SnapshotClock } from '../../../shared/domain/risk/rule-parts.ts';
import { placeTimeOf } from '../../../shared/protocol/rule-pack/clock-time.ts';
import type { Zone } from '../../../shared/domain/session/zone.ts';
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
  unknownOf,
  type Terms,
  type Translated,
} from './terms.ts';

/** The floor of the account. */
export function floorRules(terms: Terms): Translated {
  const { drawdown } = terms.rules;
  const { type, operator } = drawdown;
  if (type === 'none') return NOTHING;
  if (type === 'unknown' || typeof drawdown.amount === 'string') return unknownOf('drawdown');
  const amount = amountOf(drawdown.amount, terms.start);
  if (amount === null) return unknownOf('drawdown.amount');
  const head = headOf(terms, 'drawdown', drawdown.effect === 'soft' ? 'soft' : 'hard');
  const { start } = terms;
  if (type === 'static') {
    return rulesOf({
      ...head,
      kind: 'static-floor',
      floor: minus(start, amount),
      amount,
      operator,
    });
  }
  const trailing = { ...head, start, amount, operator, ...lockOf(terms) };
  const doubts = lockDoubts(terms);
  if (type === 'intraday')
    return joined(rulesOf({ ...trailing, kind: 'intraday-trailing', peakBasis: 'equity' }), doubts);
  const snapshot = snapshotOf(terms);
  if (snapshot === null) return unknownOf('drawdown.recalculatedAt');
  return joined(rulesOf({ ...trailing, kind: 'end-of-day-trailing', snapshot }), doubts);
}

interface Lock {
  readonly cap: Money | null;
  readonly lockOn: readonly LockTrigger[];
}

function lockOf({ rules, start }: Terms): Lock {
  const { lock } = rules.drawdown;
  if (!isPart(lock)) return { cap: null, lockOn: [] };
  const lockOn = lock.on.map((event): LockTrigger => {
    switch (event) {
      case 'peak':
        return { on: 'peak' };
      case 'realizedProfit':
        return { on: 'realized', profit: minus(moneyOf(lock.trigger ?? lock.floor), start) };
      case 'payoutRequest':
        return { on: 'payout-request' };
      case 'firstPayout':
        return { on: 'first-payout' };
    }
  });
  return { cap: moneyOf(lock.floor), lockOn };
}

function lockDoubts({ rules: { drawdown } }: Terms): Translated {
  const { lock } = drawdown;
  const path = 'drawdown.lock';
  if (lock === 'unknown') {
    const sentence = 'Whether the floor ever stops is not known; it is taken to trail for ever.';
    return gapOf('assumed', path, sentence);
  }
  if (!isPart(lock) || lock.on.includes('peak') || lock.on.includes('realizedProfit'))
    return NOTHING;
  const sentence =
    'How the floor moves before the lock is not stated; it is taken to trail up to it.';
  return gapOf('assumed', path, sentence);
}

/** A midnight is a daily instant; the end of a futures day moves with an early close. */
function snapshotOf({ rules: { drawdown } }: Terms): SnapshotClock | null {
  const { type, recalculatedAt: at } = drawdown;
  if (at === undefined || at === 'unknown') return null;
  if (type === 'midnightBalance') return { kind: 'daily', clock: clockOf(at, false) };
  const { seconds, zone } = placeTimeOf(at);
  const deadline = { kind: 'wall-time', zone: zone as Zone, time: seconds, earlyLead: 0 } as const;
  return { kind: 'deadline', deadline };
}

function minus(a: Money, b: Money): Money {
  return money(a - b);
}
