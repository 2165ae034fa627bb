import { money } from '../domain/money/money.ts';
import { NO_LATENCY } from '../simulation/broker/latency.ts';
import { marketEntry } from '../simulation/exchange/market-entry.ts';
import type { SimOrder, OrderRequest } from '../simulation/exchange/sim-order.ts';
import { NO_FAULTS, type PlatformFault } from '../simulation/faults/fault-script.ts';
import type { MarketTick } from '../simulation/market/market-tick.ts';
import type { PlatformCommand } from '../simulation/platform-command.ts';
import type { PlatformEvent } from '../simulation/platform-event.ts';
import type { PlatformOptions } from '../simulation/platform-options.ts';
import { SimulatedPlatform } from '../simulation/simulated-platform.ts';

export const ES = 'ES 12-26';
export const ACCOUNT = 'Sim101';

/** A simulated platform whose market moves only when the test says so; prices in ticks. */
export class SimulatedDesk {
  readonly platform: SimulatedPlatform;
  readonly events: PlatformEvent[] = [];
  #commands = 0;

  constructor(options: Partial<PlatformOptions> = {}) {
    this.platform = new SimulatedPlatform({
      seed: 1,
      startsAt: Date.UTC(2026, 0, 5, 15),
      speed: 1,
      accounts: [accountTerms(ACCOUNT)],
      instruments: [ES],
      openMarket: ({ instrument }) => ({ instrument, history: [], next: () => null }),
      faults: NO_FAULTS,
      latency: NO_LATENCY,
      ...options,
    });
    this.platform.listen((event) => this.events.push(event));
  }

  /** Moves the market to a bid, with the ask one tick above and the last trade at `last` or the bid. */
  tick(bid: number, more: Partial<MarketTick> = {}, instrument = ES): void {
    const { queue, broker, terminal } = this.platform;
    const sizes = { bidSize: 100, askSize: 100, lastSize: 1 };
    broker.onTick(instrument, { at: queue.now, bid, ask: bid + 1, last: bid, ...sizes, ...more });
    terminal.markDirty(instrument);
    this.run(0);
  }

  run(ms: number): void {
    this.platform.advanceTo(this.platform.queue.now + ms);
  }

  submit(order: Partial<OrderRequest>): SimOrder {
    const placed = this.platform.broker.submit({ ...marketEntry(ACCOUNT, ES, 1), ...order });
    this.run(0);
    return placed;
  }

  /** Gives a command an id of its own and hands it in; returns the id. */
  command(command: CommandWithoutId): string {
    this.#commands += 1;
    const commandId = `c${this.#commands}`;
    this.platform.handle({ ...command, commandId });
    return commandId;
  }

  flatten(): string {
    return this.command({
      kind: 'flatten',
      scope: { kind: 'all' },
      attempt: 1,
      method: 'market',
      holdEntriesMs: 20_000,
    });
  }

  position(account = ACCOUNT, instrument = ES): number {
    return this.platform.broker.account(account).position(instrument);
  }

  of<K extends PlatformEvent['kind']>(kind: K): Extract<PlatformEvent, { kind: K }>[] {
    return this.events.filter((event) => event.kind === kind) as Extract<
      PlatformEvent,
      { kind: K }
    >[];
  }

  result(commandId: string) {
    return this.of('result').find(({ result }) => result.commandId === commandId)?.result;
  }

  steps(commandId: string): string[] {
    return this.of('progress')
      .filter(({ progress }) => progress.commandId === commandId)
      .map(({ progress }) => progress.step);
  }

  states(order: SimOrder): string[] {
    return this.of('order')
      .filter((event) => event.order.id === order.id)
      .map((event) => event.order.state);
  }
}

type CommandWithoutId = PlatformCommand extends infer C
  ? C extends { commandId: string }
    ? Omit<C, 'commandId'>
    : never
  : never;

/** An account with enough cash for any test and nobody trading it. */
export function accountTerms(name: string) {
  const startCash = money(1_000_000 * 10_000);
  return { name, profile: 'sim' as const, startCash, trader: null, size: 2 };
}

/** One fault that lasts for good from the start, unless told otherwise. */
export function withFault<F extends PlatformFault>(
  fault: Omit<F, 'atMs' | 'on' | 'forMs' | 'accounts'> & Partial<F>,
): Pick<PlatformOptions, 'faults'> {
  const timing = { atMs: 0, on: 'start' as const, forMs: null, accounts: [] };
  return { faults: { faults: [{ ...timing, ...fault } as unknown as PlatformFault] } };
}
