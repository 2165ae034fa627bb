import type { EpochMs, MonoMs } from '../../kernel/clock.ts';
import type { AccountIdentity, AccountItemName, AccountName } from '../account/account.ts';
import type { Execution, ExecutionId } from '../account/execution.ts';
import type { Order, OrderId } from '../account/order.ts';
import type { Position } from '../account/position.ts';
import type { ProfitLedger } from '../account/profit-ledger.ts';
import type { Instrument, InstrumentName } from '../instrument/instrument.ts';
import type { Quote } from '../market/quote.ts';
import type { Money } from '../money/money.ts';
import type { TradingDay } from '../session/trading-day.ts';
import type { ConnectionReported } from './fact.ts';
import { VersionedMap } from './versioned-map.ts';

/**
 * The age of a piece of knowledge: link sessions count first, then the sequence number within the session.
 * A message changes an entity only if its rank is higher than the entity's.
 */
export type Rank = number;

/** Knowledge from before the first message, or read back from the journal. */
export const NO_RANK: Rank = -1;

const RANKS_PER_SESSION = 2 ** 32;

/** Rank of sequence number `seq` in the `epoch`th link session. */
export function rankOf(epoch: number, seq: number): Rank {
  return epoch * RANKS_PER_SESSION + seq;
}

/**
 * Rank of a snapshot begun after message `asOfSeq`: above that message and below the next one. Half a step
 * does it because sequence numbers are whole.
 */
export function snapshotRankOf(epoch: number, asOfSeq: number): Rank {
  return rankOf(epoch, asOfSeq) + 0.5;
}

/** The sequence number within its session that a rank stands for. */
export function seqOf(rank: Rank): number {
  return Math.floor(rank % RANKS_PER_SESSION);
}

/** Something may be missing or wrong until a snapshot made after `untilRank` says how things stand. */
export interface Doubt {
  readonly since: MonoMs;
  readonly untilRank: Rank;
}

export interface ItemCell {
  /** Null: the platform lists the item and did not report it. */
  readonly value: Money | null;
  readonly reportedAt: EpochMs;
  readonly rank: Rank;
  /** When the journal last got this item in this run; null when it has not. */
  readonly journaledAt: MonoMs | null;
}

export interface PositionCell {
  /** Null: reported flat. */
  readonly position: Position | null;
  readonly rank: Rank;
  readonly changedAt: MonoMs;
}

export interface OrderCell {
  readonly order: Order;
  readonly rank: Rank;
  /** The platform no longer knows the order; its last known state stays for the record. */
  readonly vanished: boolean;
}

export interface FillCell {
  readonly execution: Execution;
  readonly day: TradingDay;
  /** The trading day on which the desk heard of it, by its own clock. */
  readonly heardOn: TradingDay;
  /** Place in the order of arrival within the instrument. */
  readonly arrival: number;
}

/** Fills that are no longer kept one by one, as what they came to. */
export interface RetiredFills {
  readonly ledger: ProfitLedger;
  /** Trading day of the last of them. */
  readonly through: TradingDay;
}

/** The fills of one account in one instrument and what they come to. */
export interface FillBook {
  /** Null until fills were retired. */
  readonly retired: RetiredFills | null;
  /** In order of arrival. */
  readonly fills: VersionedMap<ExecutionId, FillCell>;
  /** What the retired and the kept fills come to together. */
  readonly ledger: ProfitLedger;
  /** How many fills arrived, whether kept or retired. */
  readonly arrivals: number;
  /** The fill that the ledger booked last; a fill before it means booking anew. */
  readonly latest: FillCell | null;
  readonly changedAt: MonoMs;
}

export interface AccountDesk {
  readonly identity: AccountIdentity;
  readonly identityRank: Rank;
  readonly reportedItems: readonly string[] | null;
  readonly items: ReadonlyMap<AccountItemName, ItemCell>;
  readonly positions: ReadonlyMap<InstrumentName, PositionCell>;
  /** Orders that can still fill. */
  readonly liveOrders: ReadonlyMap<OrderId, OrderCell>;
  /** Ended orders of `ordersDay`; older ones are let go. */
  readonly settledOrders: VersionedMap<OrderId, OrderCell>;
  readonly ordersDay: TradingDay | null;
  readonly books: ReadonlyMap<InstrumentName, FillBook>;
  /**
   * Signed contracts that the platform reports beyond what the known fills come to: opened before the
   * journal began or while nobody listened. Only what is not zero is listed.
   */
  readonly carried: ReadonlyMap<InstrumentName, number>;
  /** The trading day on which `carried` was last taken from a full snapshot. */
  readonly carriedDay: TradingDay | null;
  readonly heardAt: EpochMs | null;
  /** Rank up to which a snapshot told everything; an older message about the account tells nothing. */
  readonly toldUntil: Rank;
  /** Link session whose snapshot last covered the account completely; 0 for none of this run. */
  readonly confirmedIn: number;
  readonly fillsConfirmedIn: number;
  readonly doubt: Doubt | null;
  readonly fillsDoubt: Doubt | null;
}

export interface LinkSession {
  /** Counts the sessions of the journal; 0 before the first. */
  readonly epoch: number;
  readonly isOpen: boolean;
  readonly sessionId: string | null;
  readonly instanceId: string | null;
  /** The youngest snapshot taken in. */
  readonly snapshotRank: Rank;
  readonly changedAt: MonoMs;
}

export interface ConnectionCell {
  readonly report: Omit<ConnectionReported, 'kind' | 'seq'>;
  readonly rank: Rank;
}

/** Everything the desk knows, each entity with the rank of the message that said so. Never changed in place. */
export interface DeskState {
  readonly link: LinkSession;
  readonly accounts: ReadonlyMap<AccountName, AccountDesk>;
  readonly connections: ReadonlyMap<string, ConnectionCell>;
  readonly instruments: ReadonlyMap<InstrumentName, Instrument>;
  readonly quotes: ReadonlyMap<InstrumentName, Quote>;
  /** Fills that were executed and heard of before this date are retired; null before the first fill. */
  readonly fillsKeptFrom: TradingDay | null;
}

export const EMPTY_DESK: DeskState = {
  link: {
    epoch: 0,
    isOpen: false,
    sessionId: null,
    instanceId: null,
    snapshotRank: NO_RANK,
    changedAt: 0 as MonoMs,
  },
  accounts: new Map(),
  connections: new Map(),
  instruments: new Map(),
  quotes: new Map(),
  fillsKeptFrom: null,
};

/** An account before its own report: everything about it is unknown. */
export function unreportedAccount(name: AccountName): AccountDesk {
  return {
    identity: {
      name,
      displayName: name,
      kind: 'unknown',
      provider: '',
      connectionName: null,
      connectionStatus: 'unknown',
      currency: '',
    },
    identityRank: NO_RANK,
    reportedItems: null,
    items: new Map(),
    positions: new Map(),
    liveOrders: new Map(),
    settledOrders: VersionedMap.empty(),
    ordersDay: null,
    books: new Map(),
    carried: new Map(),
    carriedDay: null,
    heardAt: null,
    toldUntil: NO_RANK,
    confirmedIn: 0,
    fillsConfirmedIn: 0,
    doubt: null,
    fillsDoubt: null,
  };
}

/** A copy of the map with one entry set. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

/** A copy of the map without an entry; the map itself when there is none. */
export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
