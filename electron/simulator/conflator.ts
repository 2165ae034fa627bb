import type { PlatformEvent } from '../../shared/simulation/platform-event.ts';

type Conflated = Extract<PlatformEvent, { kind: 'quote' | 'item' }>;

/** Keeps the newest quote per instrument and the newest figure per account item while the line is full. */
export class Conflator {
  readonly #held = new Map<string, Conflated>();

  get size(): number {
    return this.#held.size;
  }

  /** Whether the event has to wait; one that replaces a waiting one waits too, or it would be overtaken. */
  mustHold(event: Conflated, isBackedUp: boolean): boolean {
    const key =
      event.kind === 'quote' ? event.quote.instrument : `${event.item.account}\n${event.item.item}`;
    if (!isBackedUp && !this.#held.has(key)) return false;
    this.#held.set(key, event);
    return true;
  }

  /** Takes out up to `count` waiting events, oldest key first. */
  take(count: number): readonly Conflated[] {
    const taken: Conflated[] = [];
    for (const [key, event] of this.#held) {
      if (taken.length >= count) break;
      this.#held.delete(key);
      taken.push(event);
    }
    return taken;
  }
}
