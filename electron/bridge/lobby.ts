import type { Timers } from '../../shared/kernel/clock.ts';

export type DismissReason = 'timeout' | 'crowded' | 'stopping';

/** A connection without a session. */
export interface Guest {
  /** How far it got: 0 bare TCP, 1 WebSocket, 2 challenged. Decides who leaves a full lobby first. */
  stage: 0 | 1 | 2;
  dismiss(reason: DismissReason): void;
}

export interface LobbyLimits {
  readonly guests: number;
  readonly handshakeMs: number;
}

/**
 * Keeps the number and the age of unauthenticated connections bounded. A full lobby sends away the
 * least advanced guest, and of those the oldest, so that strangers who only connect crowd out each other.
 */
export class Lobby {
  readonly #limits: LobbyLimits;
  readonly #timers: Timers;
  readonly #guests = new Map<Guest, () => void>();

  constructor(limits: LobbyLimits, timers: Timers) {
    this.#limits = limits;
    this.#timers = timers;
  }

  get size(): number {
    return this.#guests.size;
  }

  enter(guest: Guest): void {
    if (this.#guests.size >= this.#limits.guests) this.#evictOne();
    const cancel = this.#timers.after(this.#limits.handshakeMs, () =>
      this.#dismiss(guest, 'timeout'),
    );
    this.#guests.set(guest, cancel);
  }

  /** Ends the guest's stay: it has a session, or is gone. */
  leave(guest: Guest): boolean {
    this.#guests.get(guest)?.();
    return this.#guests.delete(guest);
  }

  clear(): void {
    for (const guest of [...this.#guests.keys()]) this.#dismiss(guest, 'stopping');
  }

  #evictOne(): void {
    let first: Guest | undefined;
    for (const guest of this.#guests.keys()) {
      if (first === undefined || guest.stage < first.stage) first = guest;
    }
    if (first !== undefined) this.#dismiss(first, 'crowded');
  }

  #dismiss(guest: Guest, reason: DismissReason): void {
    if (this.leave(guest)) guest.dismiss(reason);
  }
}
