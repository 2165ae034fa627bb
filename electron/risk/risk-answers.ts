import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { RiskAnswerView } from '../../shared/protocol/ipc/risk-calls.ts';

/** A wish that is not followed, with one sentence. */
export function refused(message: string): RiskAnswerView {
  return { outcome: 'refused', from: null, message };
}

/** A wish that waits. */
export function later(from: EpochMs): RiskAnswerView {
  return { outcome: 'later', from, message: 'It counts from the next session on.' };
}

/** A wish that is followed. */
export function now(message: string, { wall }: Stamp): RiskAnswerView {
  return { outcome: 'now', from: wall, message };
}
