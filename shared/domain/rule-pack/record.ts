import type { AccountName } from '../account/account.ts';
import type { Money } from '../money/money.ts';
import type { RuleEpoch } from './rule-epochs.ts';

/** What the trader says of the account when choosing its rules. */
export interface RuleTerms {
  /** The account has the daily loss limit that the firm offers as an option. */
  readonly hasDailyLimit: boolean;
  /** Nothing was traded yet: peaks and references are the start balance. */
  readonly isFresh: boolean;
  /** The highest equity or balance so far, where the trader knows it. */
  readonly peak: Money | null;
}

/** The journal's record of the rules of an account from an instant on. */
export interface RulesAssigned {
  readonly kind: 'rules.assigned';
  readonly account: AccountName;
  readonly epoch: RuleEpoch;
  readonly terms: RuleTerms;
}
