import type { EpochMs } from '../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { ProtectionState } from '../../shared/domain/risk/protection/protection-state.ts';
import type { SessionFacts } from '../../shared/domain/risk/protection/session-facts.ts';
import { calendarTime, timeAt } from '../../shared/domain/risk/protection/time-trust.ts';
import { unlockRefusal } from './guard-wording.ts';

/** When the next session opens. A clock that is known to be wrong must not bring it nearer. */
export function nextSessionAfter(
  protection: ProtectionState | null,
  session: (at: EpochMs) => SessionFacts,
  stamp: Stamp,
): Result<EpochMs, string> {
  const time = protection === null ? null : timeAt(protection.time, stamp);
  if (time?.kind === 'suspect' && time.code !== 'NOT_CONFIRMED') {
    return err(unlockRefusal('CLOCK_SUSPECT'));
  }
  const at = protection === null ? stamp.wall : calendarTime(protection, stamp);
  const { opensNext } = session(at);
  return opensNext === null
    ? err('The calendar does not tell when the next session opens.')
    : ok(opensNext);
}
