import type { RuleKind } from '../../shared/domain/risk/rule.ts';

/** What a person calls a rule: the trader's own word for a rule of their own. */
export function ruleTitle({
  title,
  kind,
}: {
  readonly title?: string;
  readonly kind: RuleKind;
}): string {
  return title ?? RULE_TITLES[kind];
}

/** The rules' names for a person. */
const RULE_TITLES: Readonly<Record<RuleKind, string>> = {
  'intraday-trailing': 'Trailing floor, intraday',
  'end-of-day-trailing': 'Trailing floor, end of day',
  'static-floor': 'Static floor',
  'daily-loss': 'Daily loss',
  'period-loss': 'Loss of the week or month',
  consistency: 'Consistency',
  'trading-days': 'Trading days',
  'contract-cap': 'Contracts',
  'adverse-excursion': 'Open loss of a trade',
  'profit-target': 'Profit target',
  payout: 'Payout',
  'give-back': 'Profit given back',
  'day-profit-lock': 'Profit of the day',
  'trade-count': 'Trades of the day',
  'loss-streak': 'Losses in a row',
  'stop-required': 'Stop required',
  'trading-window': 'Trading hours',
  'flat-by': 'Flat by',
  'news-window': 'News',
  hedging: 'Hedging between accounts',
  'correlated-exposure': 'Correlated exposure',
  'circuit-breaker': 'Circuit breaker',
  inactivity: 'Inactivity',
};
