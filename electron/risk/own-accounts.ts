import type { DeskState } from '../../shared/domain/desk/state.ts';
import { ownPositions } from '../../shared/domain/risk/feed/exposure.ts';
import type { AccountGuard } from './account-guard.ts';

/** Tells rules that look at all of the trader's accounts together what these hold. */
export class OwnAccounts {
  #accounts: DeskState['accounts'] | null = null;
  /** What each account was told last; an account with new rules was told nothing. */
  #told = new WeakMap<AccountGuard, string>();

  /** A new run of an account knows nothing any more; all are told again. */
  forget(): void {
    this.#accounts = null;
    this.#told = new WeakMap();
  }

  tell(state: DeskState, guards: Iterable<AccountGuard>): void {
    const concerned = [...guards].filter(looksAtAll);
    if (concerned.length === 0 || state.accounts === this.#accounts) return;
    this.#accounts = state.accounts;
    const positions = ownPositions(state);
    const text = JSON.stringify(positions);
    for (const guard of concerned) {
      if (this.#told.get(guard) === text) continue;
      this.#told.set(guard, text);
      guard.feed({ kind: 'own-accounts', positions });
    }
  }
}

function looksAtAll({ engine }: AccountGuard): boolean {
  return engine.rules.engine.rulebook.rules.some(
    ({ kind }) => kind === 'hedging' || kind === 'correlated-exposure',
  );
}
