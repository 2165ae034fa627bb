import type { EpochMs } from '../../kernel/clock.ts';

/** A rule of the trader's own as it is written down: its code with parameters in the format of the vectors. */
export interface OwnRule {
  /** Begins with `own.`. */
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  readonly effect: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** All of the trader's own rules for an account, from an instant on. */
export interface OwnRulesChoice {
  /** What is stricter than before counts from its record on. */
  readonly from: EpochMs;
  readonly rules: readonly OwnRule[];
  readonly reason: string;
}
