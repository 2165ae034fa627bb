import { addLock, newLock, type LockTerms } from './lock.ts';
import { latestTime } from './time-trust.ts';
import type { Turn } from './turn.ts';

/** Locks entries as far as the level permits. An end that has passed locks nothing. */
export function lockEntries(turn: Turn, terms: LockTerms): void {
  const { state, at, permission } = turn;
  const now = latestTime(state.time, at);
  if (terms.end.kind === 'instant' && terms.end.at <= now) return;
  if (!permission.lockEntries) return turn.withhold('lock-entries', terms.id);
  turn.set({ book: addLock(state.book, newLock(state.account, now, terms)) });
}
