import { err, ok, type Result } from '../../../kernel/result.ts';
import type { OwnLimit } from './own-limit.ts';

/** In rising order. At critical only exits are free; at act the account is locked and flattened. */
export const STEPS = ['calm', 'notice', 'warning', 'critical', 'act'] as const;
export type Step = (typeof STEPS)[number];

/** Parts per thousand of the own limit at which the steps begin. */
export interface OwnLadder {
  readonly notice: number;
  readonly warning: number;
  readonly critical: number;
  readonly act: number;
  /** A step is left only when the share used is at or below its beginning less this. */
  readonly hysteresis: number;
}

export const OWN_LADDER: OwnLadder = {
  notice: 500,
  warning: 700,
  critical: 850,
  act: 1_000,
  hysteresis: 20,
};

export type LadderError = { readonly code: 'NOT_PER_THOUSAND' | 'NOT_RISING' | 'BAD_HYSTERESIS' };

const THOUSAND = 1_000;

/** Accepts a ladder whose steps rise, and whose hysteresis is smaller than the lowest step. */
export function ladderOf(ladder: OwnLadder): Result<OwnLadder, LadderError> {
  const { notice, warning, critical, act, hysteresis } = ladder;
  const begins = [notice, warning, critical, act];
  if (!begins.every((begin) => Number.isInteger(begin) && begin > 0 && begin <= THOUSAND)) {
    return err({ code: 'NOT_PER_THOUSAND' });
  }
  if (!(notice < warning && warning < critical && critical < act)) {
    return err({ code: 'NOT_RISING' });
  }
  if (!Number.isInteger(hysteresis) || hysteresis < 0 || hysteresis >= notice) {
    return err({ code: 'BAD_HYSTERESIS' });
  }
  return ok(ladder);
}

/** The step after a new figure. It rises at once and falls only out of the hysteresis. */
export function nextStep(
  before: Step,
  { used, limit }: Pick<Extract<OwnLimit, { kind: 'known' }>, 'used' | 'limit'>,
  ladder: OwnLadder,
): Step {
  const isAtLeast = (share: number) => limit === 0 || used * THOUSAND >= limit * share;
  const isOver = (share: number) => limit === 0 || used * THOUSAND > limit * share;
  const held = STEPS.filter((step) => {
    if (step === 'calm') return true;
    const begin = ladder[step];
    return (
      isAtLeast(begin) || (stepRank(step) <= stepRank(before) && isOver(begin - ladder.hysteresis))
    );
  });
  return held.at(-1) ?? 'calm';
}

export function stepRank(step: Step): number {
  return STEPS.indexOf(step);
}
