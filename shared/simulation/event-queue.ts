import type { Cancel } from '../kernel/clock.ts';

interface Entry {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

/**
 * Virtual time in milliseconds from 0: callbacks run in order of time, then of creation, when the owner
 * moves it on. Nothing happens between two advances.
 */
export class EventQueue {
  #now = 0;
  #nextOrder = 0;
  readonly #heap: Entry[] = [];

  get now(): number {
    return this.#now;
  }

  /** Time of the next callback; null when nothing is due ever. */
  get nextAt(): number | null {
    this.#dropCancelled();
    return this.#heap[0]?.at ?? null;
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.at(this.#now + Math.max(0, delayMs), run);
  }

  /** A time in the past means now. */
  at(time: number, run: () => void): Cancel {
    const entry: Entry = { at: Math.max(time, this.#now), order: this.#nextOrder++, run };
    this.#push(entry);
    return () => {
      entry.run = null;
    };
  }

  every(periodMs: number, run: () => void): Cancel {
    let ended = false;
    const step = (): void => {
      if (ended) return;
      run();
      this.after(periodMs, step);
    };
    this.after(periodMs, step);
    return () => {
      ended = true;
    };
  }

  /** Runs everything due up to `time`, including what those callbacks add. */
  advanceTo(time: number): void {
    for (let next = this.nextAt; next !== null && next <= time; next = this.nextAt) {
      const entry = this.#pop();
      this.#now = Math.max(this.#now, next);
      entry?.run?.();
    }
    this.#now = Math.max(this.#now, time);
  }

  #dropCancelled(): void {
    while (this.#heap[0]?.run === null) this.#pop();
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || isBefore(parent, entry)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(entry: Entry): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const left = heap[index * 2 + 1];
      const right = heap[index * 2 + 2];
      const useRight = right !== undefined && left !== undefined && isBefore(right, left);
      const child = useRight ? right : left;
      if (child === undefined || isBefore(entry, child)) break;
      heap[index] = child;
      index = index * 2 + (useRight ? 2 : 1);
    }
    heap[index] = entry;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
