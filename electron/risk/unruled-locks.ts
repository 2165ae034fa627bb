import type { AccountName } from '../../shared/domain/account/account.ts';
import { endInstant, type LockBook } from '../../shared/domain/risk/protection/lock.ts';
import type { RiskView } from '../../shared/protocol/ipc/risk-view.ts';
import type { RiskDesk } from '../engine/ports.ts';
import type { GuardMirror } from './guard-mirror.ts';
import type { LockFinder } from './lock-finder.ts';
import type { LockKeeper } from './lock-keeper.ts';
import { locksView } from './risk-view.ts';

export interface UnruledLocksParts {
  readonly desk: Pick<RiskDesk, 'clock'>;
  readonly locks: LockKeeper;
  readonly finder: LockFinder;
  readonly mirror: GuardMirror;
}

/**
 * Locks of accounts that nobody judges, as after the journal with their rules was deleted. The AddOn is to hold them
 * until they end, and rules that are chosen meanwhile begin under them.
 */
export class UnruledLocks {
  readonly #parts: UnruledLocksParts;
  readonly #books = new Map<AccountName, LockBook>();

  constructor(parts: UnruledLocksParts) {
    this.#parts = parts;
  }

  /** Finds the locks of an account and has the AddOn hold them. */
  find(account: AccountName): void {
    const { desk, locks, finder, mirror } = this.#parts;
    const { book, isKept } = finder.atStart(account);
    this.#books.set(account, book);
    mirror.show(account, book);
    if (isKept) return;
    const stamp = { wall: desk.clock.wall(), mono: desk.clock.mono() };
    const provenAt = locks.provenAt(account) ?? stamp.wall;
    // What cannot be written is found anew at the next start, and is as tight then.
    locks.keep(account, { book, provenAt, isLooser: false }, stamp);
  }

  view(account: AccountName): Pick<RiskView, 'lock' | 'otherLocks'> {
    const now = this.#parts.desk.clock.wall();
    const standing = (this.#books.get(account)?.locks ?? []).filter(({ end }) => {
      const ends = endInstant(end);
      return ends === null || now < ends;
    });
    return locksView(standing);
  }
}
