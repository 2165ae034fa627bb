import type { Lock } from './lock.ts';
import { provenTime } from './time-trust.ts';
import type { Turn } from './turn.ts';

/** Locks to compare with; what nobody was told of yet is told whole. */
export interface LockBaseline {
  readonly locks: readonly Lock[];
  readonly isTold: boolean;
}

/** What an instant has made of the locks. Tightening is acted on first; loosening follows everything else. */
export interface LockChanges {
  readonly tightened: readonly Lock[];
  readonly loosened: readonly Lock[];
  readonly released: readonly Lock[];
}

export function lockChanges(before: LockBaseline, after: readonly Lock[]): LockChanges {
  const known = new Map(before.locks.map((lock) => [lock.id, lock]));
  const left = new Set(after.map(({ id }) => id));
  const isLoosened = ({ id, loosening }: Lock) =>
    loosening !== null && known.has(id) && known.get(id)?.loosening === null;
  const isNew = (lock: Lock) =>
    !before.isTold || JSON.stringify(lock) !== JSON.stringify(known.get(lock.id));
  const changed = before.isTold && before.locks === after ? [] : after.filter(isNew);
  return {
    tightened: changed.filter((lock) => !isLoosened(lock)),
    loosened: changed.filter(isLoosened),
    released: before.locks.filter(({ id }) => !left.has(id)),
  };
}

/** Has the changed locks loosened, released and kept. */
export function settleLocks(turn: Turn, { loosened, released }: LockChanges): void {
  const { book, time, keptCounter } = turn.state;
  for (const lock of loosened) turn.act({ kind: 'loosen-lock', lock });
  for (const lock of released) turn.act({ kind: 'release-lock', lock });
  if (book.counter === keptCounter) return;
  turn.act({ kind: 'keep-locks', book, provenAt: provenTime(time, turn.at) });
  turn.set({ keptCounter: book.counter });
}
