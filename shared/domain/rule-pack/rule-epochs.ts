import type { EpochMs } from '../../kernel/clock.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

/** From an instant on, one account is judged by one content of one template. */
export interface RuleEpoch {
  readonly from: EpochMs;
  readonly template: string;
  /** SHA-256 in hex of the template as it was then, overrides included; its text is kept under this name. */
  readonly content: string;
  /** The pack's edition, for people. */
  readonly edition: string;
  readonly reason: EpochReason;
}

/** `chosen`: the trader picked the template. `pack`: a newer pack. `override`: the trader changed a value. */
export type EpochReason = 'chosen' | 'pack' | 'override';

/** An account's epochs from the oldest on, each beginning after the one before. */
export type RuleHistory = readonly RuleEpoch[];

export type EpochError =
  /** It would begin before or with the last one, and so change what was judged already. */
  | { readonly code: 'WOULD_REWRITE_HISTORY'; readonly last: EpochMs }
  /** Nothing would change. */
  | { readonly code: 'SAME_RULES' };

/** Adds an epoch at the end; there is no way to change or to remove an earlier one. */
export function begin(history: RuleHistory, epoch: RuleEpoch): Result<RuleHistory, EpochError> {
  const last = history.at(-1);
  if (last === undefined) return ok([epoch]);
  if (epoch.from <= last.from) return err({ code: 'WOULD_REWRITE_HISTORY', last: last.from });
  const isSame = last.template === epoch.template && last.content === epoch.content;
  return isSame ? err({ code: 'SAME_RULES' }) : ok([...history, epoch]);
}
