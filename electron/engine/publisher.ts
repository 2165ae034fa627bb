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
import { Attempts, Shown } from './shown.ts';

/** Makes views of what is now; asked only for what changed. */
export interface ViewSource {
  account(name: string): AccountView | null;
  /** Shown while `account` throws. */
  unclearAccount(name: string): AccountView | null;
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
  readonly #attempts: Attempts;
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
    const attempts = new Attempts((part, cause) => deps.onBug(`projection of ${part}`, cause));
    this.#attempts = attempts;
    this.#accounts = new Shown('account', attempts);
    this.#instruments = new Shown('instrument', attempts);
    this.#flattens = new Shown('flatten', attempts);
    this.#bridge = new Shown('bridge', attempts);
    this.#store = new Shown('store', attempts);
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
      flattens: this.#projectFlattens() ?? this.#flattens.all(),
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
    const accounts = this.#accounts.update(this.#dirtyAccounts, {
      view: (name) => source.account(name),
      unclear: (name) => source.unclearAccount(name),
    });
    if (accounts.changed.length > 0) changes.accounts = accounts.changed;
    if (accounts.removed.length > 0) changes.removedAccounts = accounts.removed;
    const instruments = this.#instruments.update(this.#dirtyInstruments, {
      view: (name) => source.instrument(name),
    });
    if (instruments.changed.length > 0) changes.instruments = instruments.changed;
    this.#collectParts(changes);
    const feed = source.freshFeed();
    if (feed.length > 0) changes.feed = feed;
    const status = this.#projectStatus();
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
      const [bridge] = this.#bridge.update(new Set(['bridge']), {
        view: () => source.bridge(),
      }).changed;
      if (bridge !== undefined) changes.bridge = bridge;
    }
    if (this.#dirty.has('store')) {
      const [store] = this.#store.update(new Set(['store']), {
        view: () => source.store(),
      }).changed;
      if (store !== undefined) changes.store = store;
    }
    const areFlattensDue = this.#dirty.has('flattens') && !this.#collectFlattens(changes);
    this.#dirty.clear();
    if (areFlattensDue) this.#dirty.add('flattens');
  }

  /** False when they could not be made and are still due. */
  #collectFlattens(changes: Partial<Changes>): boolean {
    const flattens = this.#projectFlattens();
    if (flattens === undefined) return false;
    const byId = new Map(flattens.map((flatten) => [flatten.id, flatten]));
    const ids = new Set([...this.#flattenOrder, ...byId.keys()]);
    const view = (id: string): FlattenView | null => byId.get(id) ?? null;
    const { changed, removed } = this.#flattens.update(ids, { view });
    if (changed.length > 0) changes.flattens = changed;
    if (removed.length > 0) changes.removedFlattens = removed;
    this.#flattenOrder = [...byId.keys()];
    return true;
  }

  #projectFlattens(): FlattenView[] | undefined {
    return this.#attempts.of('flattens', '', () => this.#deps.source.flattens());
  }

  /** A desk that cannot say how it stands asks for the trader's eyes. */
  #projectStatus(): DeskView['status'] {
    const accounts = this.#accounts.all();
    return this.#attempts.of('status', '', () => this.#deps.source.status(accounts)) ?? 'warning';
  }
}
