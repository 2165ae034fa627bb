import { money } from '../../money/money.ts';
import type { Excess, RuleSummary } from '../protection/account-reading.ts';
import type { Rulebook } from '../rule.ts';
import type { Verdict } from '../verdict.ts';
import { capExcess, type Held } from './cap-excess.ts';

/** What protection needs of the verdicts, with what of the positions is over a cap. */
export function summariesOf(
  { rules }: Rulebook,
  verdicts: readonly Verdict[],
  held: readonly Held[],
): readonly RuleSummary[] {
  return verdicts.map((verdict): RuleSummary => {
    const { rule, kind, effect, severity, isRoom, limit, left, closesEntries, until } = verdict;
    return {
      rule,
      effect,
      severity,
      isRoom,
      isBrokerFloor: kind === 'intraday-trailing' || kind === 'end-of-day-trailing',
      limit: isRoom && limit !== null ? money(limit) : null,
      left: isRoom && left !== null ? money(left) : null,
      closesEntries,
      until,
      excess: excessOf(rules, verdict, held),
    };
  });
}

/** A cap says what is too much once it is broken; until then its grace period runs. */
function excessOf(
  rules: Rulebook['rules'],
  { rule: id, severity, limit }: Verdict,
  held: readonly Held[],
): readonly Excess[] {
  if (severity !== 'breach' || limit === null) return [];
  const rule = rules.find((one) => one.id === id);
  return rule?.kind === 'contract-cap' ? capExcess(held, rule.weights, limit) : [];
}
