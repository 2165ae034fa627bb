import type { EpochMs } from '../../kernel/clock.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

/** The rules that somebody chose for an account, pinned to their exact words. */
export interface ChosenRules {
  /** Id of the pack's template. */
  readonly template: string;
  /** The pack's edition, `YYYY-MM-DD`. */
  readonly edition: string;
  /** SHA-256 in hex of the rules as they hold, the trader's overrides included. */
  readonly content: string;
  /** Paths of the values that the trader has put in place of the pack's. */
  readonly overridden: readonly string[];
}

export type EpochCause = 'chosen' | 'pack-update' | 'override' | 'removed';

/** From when an account is judged by which rules; it ends where the next one begins. */
export interface RuleEpoch {
  readonly from: EpochMs;
  /** Null: no rules are chosen, and the account is unknown. */
  readonly rules: ChosenRules | null;
  readonly cause: EpochCause;
}

/** A stretch of one epoch within a period. */
export interface EpochStretch {
  readonly from: EpochMs;
  /** The first instant after it. */
  readonly until: EpochMs;
  readonly rules: ChosenRules | null;
}

/** History is written forwards alone: an epoch cannot begin before one that is already kept. */
export interface EpochError {
  readonly code: 'BEFORE_LAST_EPOCH';
  readonly last: EpochMs;
}

/**
 * The account's epochs with a further one, oldest first. One that changes nothing is left out, and one of the last
 * epoch's own instant takes its place, because the replaced one covers no time.
 */
export function withEpoch(
  epochs: readonly RuleEpoch[],
  next: RuleEpoch,
): Result<readonly RuleEpoch[], EpochError> {
  const last = epochs.at(-1);
  if (last === undefined) return ok(next.rules === null ? [] : [next]);
  if (next.from < last.from) return err({ code: 'BEFORE_LAST_EPOCH', last: last.from });
  if (areSame(last.rules, next.rules)) return ok(epochs);
  if (next.from > last.from) return ok([...epochs, next]);
  return withEpoch(epochs.slice(0, -1), next);
}

/** The epoch in force at an instant; null before the first one. */
export function epochAt(epochs: readonly RuleEpoch[], at: EpochMs): RuleEpoch | null {
  return epochs.findLast(({ from }) => from <= at) ?? null;
}

/** The stretches of a period, `from` included and `until` not, so that each is judged by the rules of its time. */
export function epochsWithin(
  epochs: readonly RuleEpoch[],
  from: EpochMs,
  until: EpochMs,
): readonly EpochStretch[] {
  const begun = epochAt(epochs, from)?.rules ?? null;
  const changes = epochs.filter((epoch) => epoch.from > from && epoch.from < until);
  const starts = [{ from, rules: begun }, ...changes];
  return starts.map(({ from: start, rules }, index) => {
    return { from: start, until: starts[index + 1]?.from ?? until, rules };
  });
}

/** Whether two choices judge alike: the same template and the same words, whatever edition carries them. */
function areSame(one: ChosenRules | null, other: ChosenRules | null): boolean {
  if (one === null || other === null) return one === other;
  return one.template === other.template && one.content === other.content;
}
