import type { EventQueue } from '../event-queue.ts';
import type { Fault, FaultTiming } from './fault-script.ts';

/** Runs each fault's begin and end at its times; one that waits for flattens begins after each of them. */
export class FaultTimer<F extends Fault> {
  readonly #queue: EventQueue;
  readonly #faults: readonly F[];
  readonly #begin: (fault: F) => () => void;

  constructor(queue: EventQueue, faults: readonly F[], begin: (fault: F) => () => void) {
    this.#queue = queue;
    this.#faults = faults;
    this.#begin = begin;
    for (const fault of faults) if (fault.on === 'start') this.#plan(fault);
  }

  onFlatten(): void {
    for (const fault of this.#faults) if (fault.on === 'flatten') this.#plan(fault);
  }

  #plan(fault: F): void {
    const { atMs, forMs }: FaultTiming = fault;
    this.#queue.after(atMs, () => {
      const end = this.#begin(fault);
      if (forMs !== null) this.#queue.after(forMs, end);
    });
  }
}
