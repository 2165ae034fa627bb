import type { AccountName } from '../../shared/domain/account/account.ts';
import type { AccountDesk, DeskState } from '../../shared/domain/desk/state.ts';
import { ownPositions } from '../../shared/domain/risk/feed/exposure.ts';
import type { AccountGuard } from './account-guard.ts';

/** Tells rules that look at all of the trader's accounts together what these hold. */
export class OwnAccounts {
  /** What every account held when it was looked at last; most facts change no position. */
  #held: ReadonlyMap<AccountName, AccountDesk['positions']> = new Map();
  /** What each account was told last; an account with new rules was told nothing. */
  #told = new WeakMap<AccountGuard, string>();

  /** A new run of an account knows nothing any more; all are told again. */
  forget(): void {
    this.#held = new Map();
    this.#told = new WeakMap();
  }

  tell(state: DeskState, guards: Iterable<AccountGuard>): void {
    if (this.#isAsBefore(state)) return;
    const concerned = [...guards].filter(looksAtAll);
    if (concerned.length === 0) return;
    this.#held = new Map([...state.accounts].map(([name, { positions }]) => [name, positions]));
    const positions = ownPositions(state);
    const text = JSON.stringify(positions);
    for (const guard of concerned) {
      if (this.#told.get(guard) === text) continue;
      this.#told.set(guard, text);
      guard.feed({ kind: 'own-accounts', positions });
    }
  }

  #isAsBefore({ accounts }: DeskState): boolean {
    if (accounts.size !== this.#held.size) return false;
    for (const [name, { positions }] of accounts) {
      if (this.#held.get(name) !== positions) return false;
    }
    return true;
  }
}

function looksAtAll({ engine }: AccountGuard): boolean {
  return engine.rules.engine.rulebook.rules.some(
    ({ kind }) => kind === 'hedging' || kind === 'correlated-exposure',
  );
}
