import type { SimFill } from './sim-fill.ts';

/** Fills that stay known of each account, at least. */
const KEPT = 200;

/** The last fills of every account: what a platform that starts again can still list. */
export class RecentFills {
  readonly #fills = new Map<string, SimFill[]>();

  add(fill: SimFill): void {
    const fills = this.#fills.get(fill.account) ?? [];
    this.#fills.set(fill.account, fills);
    fills.push(fill);
    if (fills.length >= 2 * KEPT) fills.splice(0, fills.length - KEPT);
  }

  /** Oldest first in each account. */
  all(): readonly SimFill[] {
    return [...this.#fills.values()].flatMap((fills) => fills.slice(-KEPT));
  }
}
