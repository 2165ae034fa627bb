import type { IdKind, Ids } from '../kernel/ids.ts';

/** Identifiers that count up per kind, so that a test can name them. */
export class SeqIds implements Ids {
  readonly #next = new Map<IdKind, number>();

  next(kind: IdKind): string {
    const n = (this.#next.get(kind) ?? 0) + 1;
    this.#next.set(kind, n);
    return `${kind}-${n}`;
  }
}
