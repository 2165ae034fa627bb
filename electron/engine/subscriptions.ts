import type { Cancel, Timers } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import type { Fact } from '../../shared/domain/desk/fact.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';

export interface SubscriptionsDeps {
  readonly timers: Timers;
  readonly ids: Ids;
  readonly send: (command: Command) => { readonly ok: boolean };
}

/** Time for the instruments of one snapshot to come together in one command. */
const GATHER_MS = 5;

/** Asks for prices and bars of every instrument that an account trades or the platform names. */
export class Subscriptions {
  readonly #deps: SubscriptionsDeps;
  readonly #asked = new Set<InstrumentName>();
  readonly #wanted = new Set<InstrumentName>();
  #scheduled: Cancel | null = null;

  constructor(deps: SubscriptionsDeps) {
    this.#deps = deps;
  }

  onFact(fact: Fact): void {
    switch (fact.kind) {
      case 'link.opened':
        // A new session of the platform knows of no subscription.
        this.#asked.clear();
        return;
      case 'instrument.reported':
        return this.#want(fact.instrument.name);
      case 'order.reported':
        return this.#want(fact.order.instrument);
      case 'execution.reported':
        return this.#want(fact.execution.instrument);
      case 'position.reported':
        return this.#want(fact.instrument);
      case 'snapshot.received':
        for (const { instrument } of fact.orders) this.#want(instrument);
        for (const { instrument } of fact.positions) this.#want(instrument);
        return;
      case 'link.lost':
      case 'link.gap':
      case 'link.refused':
      case 'account.reported':
      case 'item.reported':
      case 'connection.reported':
      case 'quote.reported':
      case 'bar.reported':
      case 'command.acked':
      case 'command.finished':
      case 'flatten.progressed':
      case 'guard.reported':
        return;
    }
  }

  stop(): void {
    this.#scheduled?.();
  }

  #want(instrument: InstrumentName): void {
    if (this.#asked.has(instrument)) return;
    this.#wanted.add(instrument);
    this.#scheduled ??= this.#deps.timers.after(GATHER_MS, () => this.#ask());
  }

  #ask(): void {
    this.#scheduled = null;
    const instruments = [...this.#wanted].filter((name) => !this.#asked.has(name));
    this.#wanted.clear();
    if (instruments.length === 0) return;
    const commandId = this.#deps.ids.next('cmd');
    const outcome = this.#deps.send({ kind: 'subscribe', commandId, instruments, bars: true });
    // What could not be asked for now is wanted again by the next fact about it.
    if (outcome.ok) for (const name of instruments) this.#asked.add(name);
  }
}
