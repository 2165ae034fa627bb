import type { GuardVerdict } from '../../../shared/domain/guard/verdict.ts';
import { notSyncedText } from '../../../shared/domain/guard/wording.ts';
import type { GuardView } from '../../../shared/protocol/ipc/views.ts';

/** What the window shows of an account's guard. */
export function guardView(verdict: GuardVerdict): GuardView {
  const limits = verdict.state === 'off' ? null : verdict.limits;
  const held = {
    entriesLocked: limits?.entriesLocked ?? false,
    lockedUntil: limits?.lockedUntil ?? null,
    reason: limits?.reason ?? '',
    maxContracts: limits?.maxContracts ?? null,
    hardFloor: limits?.hardFloor ?? null,
    flattenAtFloor: limits?.flattenAtFloor ?? false,
  };
  if (verdict.state !== 'notSynced') {
    return { state: verdict.state, ...held, code: null, problem: '', since: null };
  }
  const { state, code, detail, since } = verdict;
  return { state, ...held, code, problem: notSyncedText(code, detail), since };
}
