import { latestTime } from './time-trust.ts';
import { addLock, type Lock } from './lock.ts';
import type { Turn } from './turn.ts';

export type NewLock = Pick<Lock, 'id' | 'origin' | 'reason' | 'end' | 'keepsFlat' | 'mayLoosen'>;

/** Locks entries as far as the level permits. An end that has passed locks nothing. */
export function lockEntries(turn: Turn, lock: NewLock): void {
  const { state, at, permission } = turn;
  const now = latestTime(state.time, at);
  if (lock.end.kind === 'instant' && lock.end.at <= now) return;
  if (!permission.lockEntries) return turn.withhold('lock-entries', lock.id);
  const whole: Lock = {
    ...lock,
    account: state.account,
    kind: 'entries',
    since: now,
    loosening: null,
  };
  turn.set({ book: addLock(state.book, whole) });
}
