import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountDesk, Rank } from '../../shared/domain/desk/state.ts';
import { NO_RANK } from '../../shared/domain/desk/state.ts';
import type { Money } from '../../shared/domain/money/money.ts';
import { itemOf } from '../../shared/domain/risk/feed/figures.ts';
import type { AccountEngine, TimelessEvent } from './account-engine.ts';

/** What the broker said of the account's money, and with which message. */
interface Word {
  readonly realized: Money | null;
  readonly rank: Rank;
}

/** Finds out whether a flat account was traded while its figures were lost. */
export class AbsenceWatch {
  readonly #engine: Pick<AccountEngine, 'state'>;
  /** The last word while the figures were known. */
  #known: Word;
  /** The last word before the figures were lost. */
  #before: (Word & { readonly at: EpochMs }) | null = null;

  constructor(engine: Pick<AccountEngine, 'state'>, account: AccountDesk | undefined) {
    this.#engine = engine;
    this.#known = account === undefined ? { realized: null, rank: NO_RANK } : wordOf(account);
  }

  /**
   * Told of an account that is heard: that nothing was traded, when it is flat, has the cash of before and has realized
   * nothing since; null while that is not so.
   */
  look(account: AccountDesk, isFlat: boolean): TimelessEvent | null {
    const { lapse, figures } = this.#engine.state().book;
    if (lapse === undefined) {
      this.#known = wordOf(account);
      return null;
    }
    if (this.#before?.at !== lapse.at) this.#before = { ...this.#known, at: lapse.at };
    const now = wordOf(account);
    if (figures.quality === 'fresh') this.#known = now;
    if (!isFlat || now.rank <= this.#before.rank || !isIdle(now, this.#before)) return null;
    const balance = itemOf(account, 'cashValue');
    return balance === lapse.balance ? { kind: 'nothing-traded', balance } : null;
  }
}

/** A broker may count from 0 again when a session begins. */
function isIdle({ realized }: Word, before: Word): boolean {
  return realized === null || realized === 0 || realized === before.realized;
}

function wordOf(account: AccountDesk): Word {
  return {
    realized: itemOf(account, 'realizedProfitLoss'),
    rank: account.items.get('cashValue')?.rank ?? NO_RANK,
  };
}
