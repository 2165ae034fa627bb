import { contractWeights } from '../../../shared/domain/risk/lots.ts';
import { LOT, type ContractWeights, type Lots } from '../../../shared/domain/risk/rule-parts.ts';
import type { ContractLimit } from '../../../shared/domain/risk/rule.ts';
import { money } from '../../../shared/domain/money/money.ts';
import { isPart } from '../../../shared/protocol/rule-pack/values.ts';
import {
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

const SECOND_MS = 1_000;

/** How many contracts may be held. */
export function sizeRules(terms: Terms): Translated {
  const { contracts } = terms.rules;
  if (contracts === 'unknown') return unknownOf('contracts');
  if (!isPart(contracts)) return NOTHING;
  const limit = limitOf(terms);
  if (limit === null) return unknownOf('contracts.minis');
  const rule = rulesOf({
    ...headOf(terms, 'contracts', 'refuse'),
    kind: 'contract-cap',
    limit,
    weights: weightsOf(contracts),
    grace: (contracts.graceSeconds ?? 0) * SECOND_MS,
    reset: terms.roll,
  });
  const sentence = 'How many micros make a mini is not known; each counts as a mini.';
  const isKnown = contracts.microsPerMini !== 'unknown';
  return joined(rule, isKnown ? NOTHING : gapOf('assumed', 'contracts.microsPerMini', sentence));
}

function limitOf({ rules: { contracts }, start }: Terms): ContractLimit | null {
  if (!isPart(contracts)) return null;
  const { minis, micros, microsPerMini, tiers, tiersFall } = contracts;
  if (tiers !== undefined) {
    const steps = tiers.map((tier) => ({
      // Past a threshold is from the next ten-thousandth on.
      profit: 'from' in tier ? moneyOf(tier.from) : money(moneyOf(tier.above) + 1),
      value: lots(tier.minis),
    }));
    const moves = tiersFall === false ? 'up-only' : 'both';
    return { kind: 'tiered', start, tiers: { steps, operator: '>=', moves } };
  }
  if (minis === 'unknown') return null;
  if (minis > 0) return { kind: 'fixed', lots: lots(minis) };
  if (typeof micros !== 'number' || typeof microsPerMini !== 'number') return null;
  return { kind: 'fixed', lots: lots(micros / microsPerMini) };
}

function weightsOf(contracts: {
  readonly microsPerMini: number | 'unknown';
  readonly weights?: Readonly<Record<string, number>> | undefined;
}): ContractWeights {
  const { microsPerMini: ratio, weights = {} } = contracts;
  if (ratio === 'unknown') return { byRoot: {} };
  const special = Object.entries(weights).map(
    ([root, micros]) => [root, lots(micros / ratio)] as const,
  );
  return contractWeights(ratio, Object.fromEntries(special));
}

function lots(minis: number): Lots {
  return Math.round(minis * LOT) as Lots;
}
