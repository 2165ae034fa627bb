import type { Cancel, Clock, Timers } from '../../shared/kernel/clock.ts';
import type {
  AccountView,
  BridgeView,
  DeskPatch,
  DeskView,
  FeedEntryView,
  FlattenView,
  InstrumentView,
  StoreView,
} from '../../shared/protocol/ipc/views.ts';

/** Makes views of what is now; asked only for what changed. */
export interface ViewSource {
  account(name: string): AccountView | null;
  instrument(name: string): InstrumentView | null;
  bridge(): BridgeView;
  store(): StoreView;
  flattens(): FlattenView[];
  feed(): FeedEntryView[];
  freshFeed(): FeedEntryView[];
  status(accounts: Iterable<AccountView>): DeskView['status'];
}

export interface PublisherDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly mode: DeskView['mode'];
  readonly source: ViewSource;
  /** Told of a listener or a projection that threw; the others are not kept from their news. */
  readonly onBug: (part: string, cause: unknown) => void;
}

/** Prices and figures that follow them are shown at most this often. */
const CALM_MS = 100;
/** Positions, orders, flattens and the link go out at once; a burst of them shares one patch. */
const BURST_MS = 8;

type Changes = { -readonly [K in keyof DeskPatch]: DeskPatch[K] };

/** Keeps the published desk and sends the difference; projects only what was marked as changed. */
export class Publisher {
  readonly #deps: PublisherDeps;
  readonly #listeners = new Set<(patch: DeskPatch) => void>();
  readonly #accounts: Shown<AccountView>;
  readonly #instruments: Shown<InstrumentView>;
  readonly #flattens: Shown<FlattenView>;
  readonly #bridge: Shown<BridgeView>;
  readonly #store: Shown<StoreView>;
  readonly #dirtyAccounts = new Set<string>();
  readonly #dirtyInstruments = new Set<string>();
  readonly #dirty = new Set<'bridge' | 'store' | 'flattens'>(['bridge', 'store', 'flattens']);
  #status: DeskView['status'] = 'offline';
  #flattenOrder: readonly string[] = [];
  #rev = 0;
  #publishedAt = Number.NEGATIVE_INFINITY;
  #scheduled: { readonly due: number; readonly cancel: Cancel } | null = null;

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
    const onBug = (cause: unknown): void => deps.onBug('projection', cause);
    this.#accounts = new Shown(onBug);
    this.#instruments = new Shown(onBug);
    this.#flattens = new Shown(onBug);
    this.#bridge = new Shown(onBug);
    this.#store = new Shown(onBug);
  }

  markAccount(name: string): void {
    this.#dirtyAccounts.add(name);
  }

  markInstrument(name: string): void {
    this.#dirtyInstruments.add(name);
  }

  mark(part: 'bridge' | 'store' | 'flattens'): void {
    this.#dirty.add(part);
  }

  /** Publishes what is marked: at once, or with the next calm beat. */
  schedule(pace: 'urgent' | 'calm'): void {
    const now = this.#deps.clock.mono();
    const due = pace === 'urgent' ? Math.max(now, this.#publishedAt + BURST_MS) : now + CALM_MS;
    if (this.#scheduled !== null && this.#scheduled.due <= due) return;
    this.#scheduled?.cancel();
    const cancel = this.#deps.timers.after(due - now, () => this.#publish());
    this.#scheduled = { due, cancel };
  }

  onPatch(listener: (patch: DeskPatch) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The whole desk; what was pending goes out as a patch first, so that `rev` fits both. */
  view(): DeskView {
    this.#publish();
    const { clock, mode, source } = this.#deps;
    return {
      rev: this.#rev,
      at: clock.wall(),
      mode,
      status: this.#status,
      bridge: source.bridge(),
      store: source.store(),
      accounts: this.#accounts.all(),
      instruments: this.#instruments.all(),
      flattens: source.flattens(),
      feed: source.feed(),
    };
  }

  stop(): void {
    this.#scheduled?.cancel();
    this.#scheduled = null;
  }

  #publish(): void {
    this.stop();
    const { clock, source } = this.#deps;
    this.#publishedAt = clock.mono();
    const changes: Partial<Changes> = {};
    const accounts = this.#accounts.update(this.#dirtyAccounts, (name) => source.account(name));
    if (accounts.changed.length > 0) changes.accounts = accounts.changed;
    if (accounts.removed.length > 0) changes.removedAccounts = accounts.removed;
    const instruments = this.#instruments.update(this.#dirtyInstruments, (name) =>
      source.instrument(name),
    );
    if (instruments.changed.length > 0) changes.instruments = instruments.changed;
    this.#collectParts(changes);
    const feed = source.freshFeed();
    if (feed.length > 0) changes.feed = feed;
    const status = source.status(this.#accounts.all());
    if (status !== this.#status) changes.status = status;
    this.#status = status;
    if (Object.keys(changes).length === 0) return;
    this.#rev += 1;
    const patch: DeskPatch = { rev: this.#rev, at: clock.wall(), ...changes };
    for (const listener of this.#listeners) {
      try {
        listener(patch);
      } catch (cause) {
        this.#deps.onBug('patch listener', cause);
      }
    }
  }

  #collectParts(changes: Partial<Changes>): void {
    const { source } = this.#deps;
    if (this.#dirty.has('bridge')) {
      const [bridge] = this.#bridge.update(new Set(['bridge']), () => source.bridge()).changed;
      if (bridge !== undefined) changes.bridge = bridge;
    }
    if (this.#dirty.has('store')) {
      const [store] = this.#store.update(new Set(['store']), () => source.store()).changed;
      if (store !== undefined) changes.store = store;
    }
    if (this.#dirty.has('flattens')) this.#collectFlattens(changes);
    this.#dirty.clear();
  }

  #collectFlattens(changes: Partial<Changes>): void {
    const flattens = this.#deps.source.flattens();
    const byId = new Map(flattens.map((flatten) => [flatten.id, flatten]));
    const ids = new Set([...this.#flattenOrder, ...byId.keys()]);
    const { changed, removed } = this.#flattens.update(ids, (id) => byId.get(id) ?? null);
    if (changed.length > 0) changes.flattens = changed;
    if (removed.length > 0) changes.removedFlattens = removed;
    this.#flattenOrder = [...byId.keys()];
  }
}

/** Views as they were last shown, to tell what is new. */
class Shown<V> {
  readonly #views = new Map<string, { readonly view: V; readonly text: string }>();
  readonly #onBug: (cause: unknown) => void;

  constructor(onBug: (cause: unknown) => void) {
    this.#onBug = onBug;
  }

  /** Projects the marked ones anew and clears the marks. */
  update(
    marked: Set<string>,
    project: (name: string) => V | null,
  ): { readonly changed: V[]; readonly removed: string[] } {
    const changed: V[] = [];
    const removed: string[] = [];
    for (const name of marked) {
      const view = this.#attempt(() => project(name));
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

  /** Undefined when the projection threw: that one view is as old as it is, the others go on. */
  #attempt(project: () => V | null): V | null | undefined {
    try {
      return project();
    } catch (cause) {
      this.#onBug(cause);
      return undefined;
    }
  }

  /** All of them in order of their names. */
  all(): V[] {
    return [...this.#views].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { view }]) => view);
  }
}
