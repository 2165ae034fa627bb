import type { ChangeSet } from '../../shared/domain/desk/reduction.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';
import type { Publisher } from './publisher.ts';

/** Marks what must be shown anew after something changed, and how soon. */
export class DeskMarks {
  readonly #publisher: Publisher;
  readonly #state: () => DeskState;

  constructor(publisher: Publisher, state: () => DeskState) {
    this.#publisher = publisher;
    this.#state = state;
  }

  /** An account is marked with the prices of what it holds. */
  changed(changed: ChangeSet): void {
    if (changed.touchesAll) this.all();
    for (const name of changed.accounts) this.#publisher.markAccount(name);
    for (const instrument of changed.instruments) {
      this.#publisher.markInstrument(instrument);
      for (const [name, account] of this.#state().accounts) {
        if (account.positions.get(instrument)?.position) this.#publisher.markAccount(name);
      }
    }
    this.#publisher.schedule(changed.isUrgent ? 'urgent' : 'calm');
  }

  accounts(): void {
    for (const name of this.#state().accounts.keys()) this.#publisher.markAccount(name);
  }

  all(): void {
    this.accounts();
    for (const name of this.#state().instruments.keys()) this.#publisher.markInstrument(name);
  }
}
