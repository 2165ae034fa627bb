import { money } from '../../money/money.ts';
import type { RuleSummary, SizeCap } from '../protection/account-reading.ts';
import type { Rulebook } from '../rule.ts';
import type { Lots } from '../rule-parts.ts';
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
    const { excess, cap } = sizeOf(rules, verdict, held);
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
      excess,
      cap,
    };
  });
}

const NO_SIZE: Pick<RuleSummary, 'excess' | 'cap'> = { excess: [], cap: null };

function sizeOf(
  rules: Rulebook['rules'],
  verdict: Verdict,
  held: readonly Held[],
): Pick<RuleSummary, 'excess' | 'cap'> {
  const { kind, rule: id, severity, limit, left } = verdict;
  if (kind !== 'contract-cap' || limit === null || left === null || left >= 0) return NO_SIZE;
  const rule = rules.find((one) => one.id === id);
  if (rule?.kind !== 'contract-cap') return NO_SIZE;
  const cap: SizeCap = { most: limit as Lots, weights: rule.weights };
  // What is held is too much once the grace period is over; an order that waits can go before that.
  const excess = severity === 'breach' ? capExcess(held, cap.weights, cap.most) : [];
  return { excess, cap };
}
