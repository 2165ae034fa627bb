import type { AppendItem } from '../engine/ports.ts';

/** Some minutes of a busy day; beyond it the platform, which replays what it knows, must fill the hole. */
const MAX_ITEMS = 100_000;
/** Room beyond that for what nobody can replay. */
const MAX_OWN_ITEMS = 120_000;

/** Items waiting for the store, in order and bounded. */
export class AppendQueue {
  #items: AppendItem[] = [];
  #lost = 0;

  get size(): number {
    return this.#items.length;
  }

  /** How many items found no room. */
  get lost(): number {
    return this.#lost;
  }

  push(item: AppendItem): void {
    const limit = isOurOwn(item) ? MAX_OWN_ITEMS : MAX_ITEMS;
    if (this.#items.length >= limit) this.#lost += 1;
    else this.#items.push(item);
  }

  all(): readonly AppendItem[] {
    return this.#items;
  }

  /** Forgets the oldest `count` items, which are written. */
  drop(count: number): void {
    this.#items = count === this.#items.length ? [] : this.#items.slice(count);
  }
}

/** Decisions and proofs exist nowhere but here. */
function isOurOwn({ entry: { kind } }: AppendItem): boolean {
  return kind.startsWith('flatten.') || kind === 'command.sent' || kind.startsWith('engine.');
}
