import { createHash } from 'node:crypto';
import { err, type Result } from '../../shared/kernel/result.ts';
import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { LocksSealed } from '../../shared/domain/risk/feed/record.ts';
import type { LockBook, LockEnd } from '../../shared/domain/risk/protection/lock.ts';
import {
  holdOf,
  judgeRestored,
  sealText,
  type AddOnEvidence,
  type LockRecord,
  type Restored,
} from '../../shared/domain/risk/protection/lock-evidence.ts';
import type { RiskDesk } from '../engine/ports.ts';
import type { LockPlace, PlacedLocks } from './lock-place.ts';

/** Keeps the locks of all accounts in the journal and in a second place, and finds them again. */
export class LockKeeper {
  readonly #desk: Pick<RiskDesk, 'keep' | 'keepDurably'>;
  readonly #place: LockPlace;
  readonly #last = new Map<AccountName, LocksSealed>();

  constructor(
    desk: Pick<RiskDesk, 'keep' | 'keepDurably'>,
    place: LockPlace,
    kept: Iterable<LocksSealed>,
  ) {
    this.#desk = desk;
    this.#place = place;
    for (const sealed of kept) this.#last.set(sealed.account, sealed);
  }

  /** Every account whose locks some place knows of. */
  accounts(): ReadonlySet<AccountName> {
    return new Set([...this.#last.keys(), ...this.#place.accounts()]);
  }

  /** The proven time of the last change; null when there was none. */
  provenAt(account: AccountName): EpochMs | null {
    return this.#last.get(account)?.provenAt ?? null;
  }

  /** Which locks stand by all that is known. */
  restore(
    account: AccountName,
    addOn: AddOnEvidence | null,
    at: { readonly now: EpochMs; readonly lockUntil: LockEnd },
  ): Restored {
    const last = this.#last.get(account);
    const stored = last === undefined ? null : { ...last, isSealValid: sealOf(last) === last.seal };
    const secondPlace = this.#place.read(account);
    const restored = judgeRestored(account, { stored, addOn, secondPlace }, at);
    // A crash, or somebody, left it behind; without it an older journal could pass for the newest.
    const isBehind = last !== undefined && secondPlace?.seal !== last.seal;
    if (restored.verdict === 'intact' && isBehind) this.#place.write(account, placedOf(last));
    return restored;
  }

  /** Keeps a changed book; one that permits more than before is on disk before it counts. */
  keep(
    account: AccountName,
    change: { readonly book: LockBook; readonly provenAt: EpochMs; readonly isLooser: boolean },
    stamp: Stamp,
  ): Result<null, string> {
    const { book, provenAt, isLooser } = change;
    const previousSeal = this.#last.get(account)?.seal ?? '';
    const record: LockRecord = { account, book, provenAt, previousSeal };
    const sealed: LocksSealed = { ...record, seal: sealOf(record) };
    const entry = { kind: 'locks.kept', account, sealed } as const;
    if (isLooser) {
      const kept = this.#desk.keepDurably(entry, stamp);
      if (!kept.ok) return err(kept.error.detail);
    } else {
      this.#desk.keep(entry, stamp);
    }
    this.#last.set(account, sealed);
    return this.#place.write(account, placedOf(sealed));
  }
}

function placedOf({ book, seal }: LocksSealed): PlacedLocks {
  return { counter: book.counter, seal, hold: holdOf(book) };
}

function sealOf(record: LockRecord): string {
  return createHash('sha256').update(sealText(record)).digest('hex');
}
