import { money } from '../../money/money.ts';
import type { RuleSummary } from '../protection/account-reading.ts';
import type { Verdict } from '../verdict.ts';

/** What protection needs of the verdicts. */
export function summariesOf(verdicts: readonly Verdict[]): readonly RuleSummary[] {
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
      excess: [],
    };
  });
}
