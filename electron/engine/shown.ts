/** Runs what may throw, and tells of each part once when it begins to fail, not with every beat. */
export class Attempts {
  readonly #failing = new Set<string>();
  readonly #onBug: (part: string, cause: unknown) => void;

  constructor(onBug: (part: string, cause: unknown) => void) {
    this.#onBug = onBug;
  }

  /** Undefined when it threw. */
  of<T>(part: string, name: string, run: () => T): T | undefined {
    const key = `${part} ${name}`;
    try {
      const value = run();
      this.#failing.delete(key);
      return value;
    } catch (cause) {
      if (!this.#failing.has(key)) this.#onBug(part, cause);
      this.#failing.add(key);
      return undefined;
    }
  }
}

export interface Projection<V> {
  /** Null: there is no such thing any more. */
  readonly view: (name: string) => V | null;
  /** What is shown while `view` throws; without it that one view stays as old as it is. */
  readonly unclear?: (name: string) => V | null;
}

/** Views of one kind as they were last shown, to tell what is new. */
export class Shown<V> {
  readonly #part: string;
  readonly #attempts: Attempts;
  readonly #views = new Map<string, { readonly view: V; readonly text: string }>();

  constructor(part: string, attempts: Attempts) {
    this.#part = part;
    this.#attempts = attempts;
  }

  /** Projects the marked ones anew and clears the marks. */
  update(
    marked: Set<string>,
    projection: Projection<V>,
  ): { readonly changed: V[]; readonly removed: string[] } {
    const changed: V[] = [];
    const removed: string[] = [];
    for (const name of marked) {
      const view = this.#project(name, projection);
      if (view === undefined) continue;
      if (view === null) {
        if (this.#views.delete(name)) removed.push(name);
        continue;
      }
      const text = JSON.stringify(view);
      if (this.#views.get(name)?.text === text) continue;
      this.#views.set(name, { view, text });
      changed.push(view);
    }
    marked.clear();
    return { changed, removed };
  }

  /** All of them in order of their names. */
  all(): V[] {
    return [...this.#views].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { view }]) => view);
  }

  /** Undefined when nothing can be said; the others go on. */
  #project(name: string, { view, unclear }: Projection<V>): V | null | undefined {
    const clear = this.#attempts.of(this.#part, name, () => view(name));
    if (clear !== undefined || unclear === undefined) return clear;
    return this.#attempts.of(`unclear ${this.#part}`, name, () => unclear(name));
  }
}
