import type { Fact } from '../../shared/domain/desk/fact.ts';
import type { JournalPort } from './ports.ts';

/** How far the facts of the present session are on disk. */
export class DurableMark {
  readonly #journal: Pick<JournalPort, 'flush'>;
  #sessionId = '';
  #taken = 0;
  #durable = 0;

  constructor(journal: Pick<JournalPort, 'flush'>) {
    this.#journal = journal;
  }

  /** Takes note of a fact that was taken in. */
  note(fact: Fact): void {
    if (fact.kind === 'link.opened') {
      this.#sessionId = fact.sessionId;
      this.#taken = 0;
      this.#durable = 0;
    } else if ('seq' in fact && typeof fact.seq === 'number') {
      this.#taken = Math.max(this.#taken, fact.seq);
    }
  }

  /** Has the journal write, and tells the last sequence number on disk; 0 of another session. */
  of(sessionId: string): number {
    if (sessionId !== this.#sessionId) return 0;
    if (this.#journal.flush().ok) this.#durable = this.#taken;
    return this.#durable;
  }
}
