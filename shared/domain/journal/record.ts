import type { EpochMs, MonoMs } from '../../kernel/clock.ts';
import type { AccountName } from '../account/account.ts';
import type { Command } from '../desk/command.ts';
import type { Fact } from '../desk/fact.ts';
import type { FlattenRecord } from '../flatten/record.ts';
import type { GuardWanted } from '../guard/record.ts';
import type { InstrumentName } from '../instrument/instrument.ts';
import type { RiskRecord } from '../risk/feed/record.ts';
import type { RulesAssigned } from '../rule-pack/record.ts';
import type { TradingDay } from '../session/trading-day.ts';

/**
 * Facts that are kept for good; quotes and bars are not, whole snapshots are kept as the changes they made, gaps as
 * the sum of some of them.
 */
export type JournaledFact = Exclude<
  Fact,
  { kind: 'quote.reported' | 'bar.reported' | 'snapshot.received' | 'link.gap' }
>;

/** Gaps of one session that came so soon after one another that one row keeps them. */
export interface GapEntry {
  readonly kind: 'link.gap';
  /** First and last number that did not arrive; between them others may have. */
  readonly from: number;
  readonly to: number;
  readonly gaps: number;
  /** Messages that did not arrive, over all of the gaps. */
  readonly missing: number;
}

/** The payload of one journal row; `kind` is stored beside it. */
export type JournalEntry =
  | JournaledFact
  | GapEntry
  | FlattenRecord
  /** The guard from now on; one that permits more than before is written durably before it is sent. */
  | GuardWanted
  | RulesAssigned
  | RiskRecord
  | {
      readonly kind: 'engine.started';
      readonly version: string;
      readonly mode: 'demo' | 'test' | 'live';
    }
  | { readonly kind: 'engine.stopped'; readonly reason: string }
  /** A command that can raise risk; written durably before it is sent. */
  | { readonly kind: 'intent.recorded'; readonly command: Command }
  /** A command that only reduces risk; it goes out first, whatever the store's health, and is written after. */
  | { readonly kind: 'command.sent'; readonly command: Command; readonly outcome: string }
  /** A reconcile that changed something: the broker's word replaced ours. */
  | {
      readonly kind: 'reconcile.corrected';
      readonly subject: string;
      readonly was: string;
      readonly is: string;
    }
  /**
   * Positions that the known fills do not explain, taken from a full snapshot; empty when there are none.
   * Kept because a restart must not take a contradiction of later for what was carried.
   */
  | {
      readonly kind: 'position.carried';
      readonly account: AccountName;
      readonly day: TradingDay;
      readonly carried: readonly {
        readonly instrument: InstrumentName;
        readonly quantity: number;
      }[];
    }
  /** The order is no longer known to the platform. */
  | { readonly kind: 'order.vanished'; readonly account: string; readonly orderId: string }
  | {
      readonly kind: 'setting.changed';
      readonly key: string;
      readonly from: string;
      readonly to: string;
    };

export type JournalKind = JournalEntry['kind'];

/** One journal row as read back. `seq` orders; the times explain. */
export interface JournalRecord {
  readonly seq: number;
  readonly v: number;
  readonly entry: JournalEntry;
  readonly wall: EpochMs;
  readonly mono: MonoMs;
  /** Run of the engine that wrote it; `mono` compares within one run only. */
  readonly runId: string;
  readonly correlationId: string | null;
  readonly causationId: string | null;
}
