import type { Money } from '../domain/money/money.ts';
import type { BrokerBooks } from './broker/broker-books.ts';
import type { Latency } from './broker/latency.ts';
import type { ItemProfile } from './broker/sim-account.ts';
import type { Contract } from './contracts.ts';
import type { FaultScript } from './faults/fault-script.ts';
import type { MarketSource } from './market/market-tick.ts';
import type { Random } from './random.ts';
import type { TraderKind } from './traders/scripted-trader.ts';

export interface AccountTerms {
  readonly name: string;
  readonly profile: ItemProfile;
  readonly startCash: Money;
  /** Null: nobody trades it. */
  readonly trader: TraderKind | null;
  /** Contracts of a usual entry. */
  readonly size: number;
}

export interface PlatformOptions {
  readonly seed: number | string;
  /** Time of the market at virtual time 0, UTC epoch milliseconds. */
  readonly startsAt: number;
  /** Market milliseconds per virtual millisecond. */
  readonly speed: number;
  readonly accounts: readonly AccountTerms[];
  /** Contracts open from the start; the first is the one that is traded most. */
  readonly instruments: readonly string[];
  /** Makes the market of a contract; `random` is the contract's own stream. */
  readonly openMarket: (contract: Contract, random: Random) => MarketSource;
  readonly faults: FaultScript;
  readonly latency?: Latency;
  readonly stopsStayAccepted?: boolean;
  /** Books of an earlier run to go on from; without them everything begins anew. */
  readonly books?: PlatformBooks | null;
}

/** What the platform remembers over the end of its process. */
export interface PlatformBooks {
  /** Time of the market at virtual time 0 of the books, UTC epoch milliseconds. */
  readonly startsAt: number;
  readonly broker: BrokerBooks;
  /** Last price of every open market, in ticks. */
  readonly lastPrices: Readonly<Record<string, number>>;
}
