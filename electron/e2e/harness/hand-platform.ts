import type { OrderRequest, SimOrder } from '../../../shared/simulation/exchange/sim-order.ts';
import type { GuardEntry } from '../../../shared/simulation/platform-event.ts';
import { SystemClock } from '../../platform/system-clock.ts';
import { UuidIds } from '../../platform/uuid-ids.ts';
import { parseOptions } from '../../simulator/simulator-options.ts';
import { runSimulator, type Simulator } from '../../simulator/simulator.ts';

/** How far the broker's own books were from the firm's floor. */
export interface BrokerFloor {
  /** Highest net liquidation so far, in ten-thousandths. */
  readonly peak: number;
  /** Least distance to the floor that trails the peak so far, in ten-thousandths. */
  readonly leastRoom: number;
}

/**
 * A simulated NinjaTrader in this process, which trades by the test's hand alone. It reaches the app over the real
 * bridge and nothing else.
 */
export class HandPlatform {
  readonly #simulator: Simulator;
  readonly #floors = new Map<string, BrokerFloor>();

  private constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  static start(pairingFile: string, words: readonly string[]): HandPlatform {
    const options = parseOptions(['--pairing', pairingFile, '--trader', 'off', ...words]);
    if (!options.ok) throw new Error(options.error);
    const world = new SystemClock();
    const started = runSimulator(options.value, {
      world,
      ids: new UuidIds(),
      say: () => undefined,
    });
    if (!started.ok) throw new Error(started.error);
    return new HandPlatform(started.value);
  }

  /**
   * Watches an account's true books at every step of the market.
   * @param trail how far the floor trails the peak, in ten-thousandths
   */
  watchFloor(name: string, trail: number): void {
    const { broker } = this.#simulator.platform;
    const account = broker.account(name);
    this.#floors.set(name, { peak: account.netLiquidation, leastRoom: trail });
    this.#simulator.platform.listen(() => {
      const before = this.#floors.get(name);
      const now = account.netLiquidation;
      const peak = Math.max(before?.peak ?? now, now);
      const leastRoom = Math.min(before?.leastRoom ?? trail, now - (peak - trail));
      this.#floors.set(name, { peak, leastRoom });
    });
  }

  floor(name: string): BrokerFloor {
    const found = this.#floors.get(name);
    if (found === undefined) throw new Error(`The floor of ${name} is not watched.`);
    return found;
  }

  /** A market order by hand, of signed contracts. */
  trade(account: string, quantity: number): SimOrder {
    return this.order(account, quantity, {});
  }

  /** An order by hand in the first instrument, of signed contracts. */
  order(account: string, quantity: number, terms: Partial<OrderRequest>): SimOrder {
    return this.#simulator.platform.broker.submit({
      account,
      instrument: this.instrument,
      action: quantity > 0 ? 'buy' : 'sell',
      type: 'market',
      quantity: Math.abs(quantity),
      limit: null,
      stop: null,
      oco: '',
      name: 'By hand',
      tif: 'gtc',
      entry: 'manual',
      bracket: null,
      ...terms,
    });
  }

  get instrument(): string {
    const [contract] = this.#simulator.platform.contracts();
    if (contract === undefined) throw new Error('No market is open.');
    return contract.instrument.name;
  }

  /** Signed contracts by the broker's own books. */
  position(account: string): number {
    return this.#simulator.platform.broker.account(account).position(this.instrument);
  }

  /** What the AddOn enforces of itself, whether or not the app is there; undefined for nothing. */
  guard(account: string): GuardEntry | undefined {
    return this.#simulator.platform.addon.gate.guardOf(account);
  }

  stop(): void {
    this.#simulator.stop('test');
  }
}
