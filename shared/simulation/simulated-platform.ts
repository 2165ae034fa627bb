import type { Cancel, EpochMs } from '../kernel/clock.ts';
import type { Bar, Quote } from '../domain/market/quote.ts';
import { booksOf, goOnFrom } from './broker/broker-books.ts';
import { USUAL_LATENCY } from './broker/latency.ts';
import { SimAccount } from './broker/sim-account.ts';
import { SimBroker } from './broker/sim-broker.ts';
import type { SimFill } from './broker/sim-fill.ts';
import { contractFromName, type Contract } from './contracts.ts';
import { EventQueue } from './event-queue.ts';
import { MarketBoard } from './exchange/market-board.ts';
import { FaultDirector, type LinkAction } from './faults/fault-director.ts';
import { isFrameFault } from './faults/fault-script.ts';
import { FrameFaults } from './faults/frame-faults.ts';
import { MarketClock } from './market-clock.ts';
import { MarketFeed } from './market/market-feed.ts';
import { scopeHas, type PlatformCommand } from './platform-command.ts';
import type { PlatformEvent } from './platform-event.ts';
import type { AccountTerms, PlatformBooks, PlatformOptions } from './platform-options.ts';
import { randomFrom, type Random } from './random.ts';
import { SimulatedAddon } from './addon/simulated-addon.ts';
import { Terminal } from './terminal/terminal.ts';
import { startTrader, TRADER_KINDS, type TraderKind } from './traders/scripted-trader.ts';

/** How often account items that changed with the market are told, in virtual milliseconds. */
const ITEM_FLUSH_MS = 250;

/** After a flatten the scripted traders keep their hands off for the hold and this much longer. */
const HANDS_OFF_MS = 20_000;

/**
 * NinjaTrader with broker, exchange and AddOn, without clock, socket or randomness of its own: it moves only
 * when told to, and the same seed, script and commands give the same events.
 */
export class SimulatedPlatform {
  readonly queue = new EventQueue();
  readonly clock: MarketClock;
  readonly broker: SimBroker;
  readonly terminal: Terminal;
  readonly addon: SimulatedAddon;
  readonly line: FrameFaults;
  readonly connectionName = 'Simulation';
  readonly provider = 'Simulator';
  readonly #options: PlatformOptions;
  readonly #random: Random;
  readonly #board = new MarketBoard();
  readonly #feeds = new Map<string, MarketFeed>();
  readonly #director: FaultDirector;
  readonly #listeners = new Set<(event: PlatformEvent) => void>();
  readonly #linkListeners: ((action: LinkAction) => void)[] = [];
  readonly #quotesOn = new Set<string>();
  readonly #barsOn = new Set<string>();
  readonly #handsOff = new Map<string, number>();
  #keep: () => void = () => undefined;

  constructor(options: PlatformOptions) {
    this.#options = options;
    this.#random = randomFrom(options.seed);
    this.clock = new MarketClock(options.startsAt, options.speed);
    const latency = options.latency ?? USUAL_LATENCY;
    this.broker = new SimBroker({
      queue: this.queue,
      random: this.#random.fork('broker'),
      latency,
      board: this.#board,
      stopsStayAccepted: options.stopsStayAccepted ?? true,
      contractOf: (name) => this.#contractOf(name),
      onChange: () => this.#keep(),
    });
    for (const terms of options.accounts)
      this.broker.accounts.set(terms.name, new SimAccount(terms));
    this.terminal = new Terminal({
      queue: this.queue,
      clock: this.clock,
      random: this.#random.fork('terminal'),
      latency,
      broker: this.broker,
      connectionName: this.connectionName,
      provider: this.provider,
      emit: (event) => this.#emit(event),
    });
    this.addon = this.#createAddon();
    const { faults } = options.faults;
    this.line = new FrameFaults(this.queue, this.#random.fork('line'), faults.filter(isFrameFault));
    for (const name of options.instruments) this.#open(name);
    if (options.books !== undefined && options.books !== null) this.#goOn(options.books);
    this.#director = this.#createDirector();
    this.queue.every(ITEM_FLUSH_MS, () => {
      this.terminal.flushItems();
      this.addon.watchFloors();
    });
    options.accounts.forEach((terms, index) => this.#employ(terms, index));
  }

  /** Hears everything that NinjaTrader would tell an AddOn; ends with the returned function. */
  listen(listener: (event: PlatformEvent) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onLink(listener: (action: LinkAction) => void): void {
    this.#linkListeners.push(listener);
  }

  /** Hears every fill at the broker, whatever NinjaTrader sees of it. */
  onFill(listener: (fill: SimFill) => void): void {
    this.broker.listen({ onOrder: () => undefined, onFill: listener });
  }

  /** The books as they are now. */
  get books(): PlatformBooks {
    const lastPrices: Record<string, number> = {};
    for (const name of this.#feeds.keys()) {
      const price = this.#board.tick(name)?.last ?? this.#options.books?.lastPrices[name];
      if (price !== undefined) lastPrices[name] = price;
    }
    return { startsAt: this.#options.startsAt, broker: booksOf(this.broker), lastPrices };
  }

  /** Calls after every change of the books, before NinjaTrader or anybody else hears of it. */
  onBooks(keep: () => void): void {
    this.#keep = keep;
  }

  handle(command: PlatformCommand): void {
    if (command.kind === 'flatten') {
      this.#director.onFlatten();
      this.line.onFlatten();
      const until = this.queue.now + command.holdEntriesMs + HANDS_OFF_MS;
      for (const name of this.terminal.accounts.keys()) {
        const instrument = command.scope.kind === 'instrument' ? command.scope.instrument : '';
        if (scopeHas(command.scope, name, instrument)) this.#handsOff.set(name, until);
      }
    }
    this.addon.handle(command);
  }

  advanceTo(virtualMs: number): void {
    this.queue.advanceTo(virtualMs);
  }

  /** The platform's own time, which a skewed clock falsifies. */
  now(): EpochMs {
    return this.clock.stamp(this.queue.now);
  }

  contracts(): readonly Contract[] {
    return [...this.#feeds.values()].map((feed) => feed.contract);
  }

  contract(name: string): Contract | undefined {
    return this.#feeds.get(name)?.contract;
  }

  /** Present quotes of the subscribed instruments. */
  quotes(): readonly Quote[] {
    return [...this.#feeds].flatMap(([name, feed]) =>
      feed.quote === null || !this.#quotesOn.has(name) ? [] : [feed.quote],
    );
  }

  /** Minute bars of the subscribed instruments, oldest first, the running ones last. */
  bars(): readonly Bar[] {
    return [...this.#feeds].flatMap(([name, feed]) => (this.#barsOn.has(name) ? feed.bars : []));
  }

  /** Opens a contract's market if it can be simulated. */
  knows(name: string): boolean {
    return this.#feeds.has(name) || contractFromName(name).ok;
  }

  #goOn({ startsAt, broker: books }: PlatformBooks): void {
    const shiftMs = this.clock.virtualOf(startsAt);
    goOnFrom(this.broker, { books, shiftMs, contractOf: (name) => this.#contractOf(name) });
    this.terminal.recall();
  }

  #createAddon(): SimulatedAddon {
    return new SimulatedAddon({
      queue: this.queue,
      clock: this.clock,
      board: this.#board,
      broker: this.broker,
      terminal: this.terminal,
      emit: (event) => this.#emit(event),
      knows: (name) => this.knows(name),
      onSubscribe: (names, bars) => this.#subscribe(names, bars),
      onUnsubscribe: (names) => {
        for (const name of names) {
          this.#quotesOn.delete(name);
          this.#barsOn.delete(name);
        }
      },
    });
  }

  #createDirector(): FaultDirector {
    const { faults } = this.#options.faults;
    return new FaultDirector(
      {
        queue: this.queue,
        clock: this.clock,
        random: this.#random.fork('faults'),
        broker: this.broker,
        terminal: this.terminal,
        instruments: () => [...this.#feeds.keys()],
        setPaused: (instrument, paused) => this.#setPaused(instrument, paused),
        link: (action) => this.#onLink(action),
      },
      faults.filter((fault) => !isFrameFault(fault)),
    );
  }

  #onLink(action: LinkAction): void {
    if (action === 'crash') this.addon.restart();
    for (const listener of this.#linkListeners) listener(action);
  }

  #setPaused(instrument: string | null, paused: boolean): void {
    this.#board.setPaused(instrument, paused);
    for (const [name, feed] of this.#feeds) {
      if (instrument !== null && instrument !== name) continue;
      feed.setPaused(paused);
      if (!paused) this.broker.match(name);
    }
  }

  #subscribe(names: readonly string[], bars: boolean): void {
    for (const name of names) {
      const feed = this.#open(name);
      if (feed === undefined) continue;
      this.#emit({ kind: 'instrument', contract: feed.contract });
      if (feed.quote !== null) this.#emit({ kind: 'quote', quote: feed.quote });
      if (!bars) continue;
      this.#barsOn.add(name);
      for (const bar of feed.bars) this.#emit({ kind: 'bar', bar });
    }
  }

  #open(name: string): MarketFeed | undefined {
    this.#quotesOn.add(name);
    const present = this.#feeds.get(name);
    const contract = contractFromName(name);
    if (present !== undefined || !contract.ok) return present;
    this.#barsOn.add(name);
    const feed = new MarketFeed({
      contract: contract.value,
      source: this.#options.openMarket(contract.value, this.#random.fork(`market ${name}`)),
      queue: this.queue,
      clock: this.clock,
      onTick: (instrument, tick) => {
        this.broker.onTick(instrument, tick);
        this.terminal.markDirty(instrument);
        const { quote } = feed;
        if (quote !== null && this.#quotesOn.has(instrument)) this.#emit({ kind: 'quote', quote });
      },
      onBar: (bar) => {
        if (this.#barsOn.has(bar.instrument)) this.#emit({ kind: 'bar', bar });
      },
    });
    this.#feeds.set(name, feed);
    return feed;
  }

  #employ(terms: AccountTerms, index: number): void {
    const names = this.#options.instruments;
    const instrument = names[index % Math.max(1, names.length)];
    if (terms.trader === null || instrument === undefined) return;
    startTrader(terms.trader, {
      account: terms.name,
      instrument,
      broker: this.broker,
      board: this.#board,
      queue: this.queue,
      random: this.#random.fork(`trader ${terms.name}`),
      size: terms.size,
      isHandsOff: () => (this.#handsOff.get(terms.name) ?? 0) > this.queue.now,
    });
  }

  #contractOf(name: string): Contract {
    const contract = this.#feeds.get(name)?.contract ?? this.#open(name)?.contract;
    if (contract === undefined) throw new Error(`No contract "${name}" in the simulation.`);
    return contract;
  }

  #emit(event: PlatformEvent): void {
    if (event.kind === 'order') this.addon.gate.onOrder(event.order);
    for (const listener of this.#listeners) listener(event);
  }
}

/** A personality for each account in turn. */
export function traderKindFor(index: number): TraderKind {
  return TRADER_KINDS[index % TRADER_KINDS.length] ?? 'scalper';
}
