import type { Cancel, Clock, EpochMs, MonoMs, Timers } from '../../../../shared/kernel/clock.ts';
import type { IdKind, Ids } from '../../../../shared/kernel/ids.ts';
import type { EventQueue } from '../../../../shared/simulation/event-queue.ts';

/** Clock and timers of the desk on the simulation's virtual time: a minute passes as fast as it can be computed. */
export class VirtualWorld implements Clock, Timers {
  readonly #queue: EventQueue;
  readonly #startsAt: number;
  #isOver = false;

  constructor(queue: EventQueue, startsAt: number) {
    this.#queue = queue;
    this.#startsAt = startsAt;
  }

  wall(): EpochMs {
    return Math.floor(this.#startsAt + this.#queue.now) as EpochMs;
  }

  mono(): MonoMs {
    return this.#queue.now as MonoMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.#queue.after(delayMs, () => this.#runUnlessOver(run));
  }

  every(periodMs: number, run: () => void): Cancel {
    return this.#queue.every(periodMs, () => this.#runUnlessOver(run));
  }

  /** The process of this clock was killed: none of its timers fires again. */
  kill(): void {
    this.#isOver = true;
  }

  #runUnlessOver(run: () => void): void {
    if (!this.#isOver) run();
  }
}

/** Countable ids; `owner` keeps those of a restarted process apart from those it used before. */
export class CountedIds implements Ids {
  readonly #owner: string;
  #count = 0;

  constructor(owner: string) {
    this.#owner = owner;
  }

  next(kind: IdKind): string {
    this.#count += 1;
    return `${kind}-${this.#owner}-${this.#count}`;
  }
}
