import type { EpochMs } from '../../shared/kernel/clock.ts';
import {
  sessionFacts,
  type SessionFacts,
} from '../../shared/domain/risk/protection/session-facts.ts';
import { CALENDAR_ROOT } from './rules-in-force.ts';

/** The calendar is asked again after this time; a session is also left exactly when the next one opens. */
const FRESH_MS = 60_000;

/** Where the present instant lies in the calendar; a calendar is too slow to be asked at every price. */
export class SessionMemory {
  #facts: SessionFacts | null = null;
  #from = 0;
  #until = 0;

  at(now: EpochMs): SessionFacts {
    if (this.#facts === null || now < this.#from || now >= this.#until) {
      this.#facts = sessionFacts(CALENDAR_ROOT, now);
      this.#from = now;
      const { opensNext } = this.#facts;
      const isAhead = opensNext !== null && opensNext > now;
      this.#until = isAhead ? Math.min(now + FRESH_MS, opensNext) : now + FRESH_MS;
    }
    return this.#facts;
  }
}
