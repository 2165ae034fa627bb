import type { EpochMs, MonoMs } from '../../kernel/clock.ts';
import type {
  AccountIdentity,
  AccountItemName,
  AccountName,
  ConnectionStatus,
} from '../account/account.ts';
import type { Execution } from '../account/execution.ts';
import type { Order } from '../account/order.ts';
import type { AverageTicksE4 } from '../account/position.ts';
import type { Exposure } from '../flatten/record.ts';
import type { GuardReported } from '../guard/record.ts';
import type { Instrument, InstrumentName } from '../instrument/instrument.ts';
import type { Bar, Quote } from '../market/quote.ts';
import type { Money } from '../money/money.ts';

/**
 * What the outside world told the desk, in the desk's own vocabulary. `seq` is the link's sequence number
 * of the message within its session: an older message never overwrites what a newer one said.
 */
export type Fact =
  | LinkFact
  | { readonly kind: 'instrument.reported'; readonly seq: number; readonly instrument: Instrument }
  | AccountReported
  | ItemReported
  | { readonly kind: 'order.reported'; readonly seq: number; readonly order: Order }
  | { readonly kind: 'execution.reported'; readonly seq: number; readonly execution: Execution }
  | PositionReported
  | ConnectionReported
  | { readonly kind: 'quote.reported'; readonly quote: Quote }
  | { readonly kind: 'bar.reported'; readonly bar: Bar }
  | SnapshotReceived
  | CommandAcked
  | CommandFinished
  | FlattenProgressed
  | GuardReported;

export type FactKind = Fact['kind'];

export type LinkFact =
  | {
      readonly kind: 'link.opened';
      readonly sessionId: string;
      /** Changes when the AddOn restarted; the same across reconnects of one start. */
      readonly instanceId: string;
      readonly addonVersion: string;
      readonly platform: string;
      readonly platformVersion: string;
    }
  | {
      readonly kind: 'link.lost';
      readonly sessionId: string;
      readonly reason: LinkLossReason;
      readonly detail: string;
    }
  /** Messages `from`..`to` of the session did not arrive; a full snapshot was asked for. */
  | { readonly kind: 'link.gap'; readonly from: number; readonly to: number }
  /** A message was refused at the edge; what it was about is now in doubt until the next snapshot. */
  | {
      readonly kind: 'link.refused';
      /** Sequence number of the refused message; absent when it could not be read, and then a gap follows. */
      readonly seq?: number;
      readonly type: string;
      readonly code: string;
      readonly detail: string;
    };

export type LinkLossReason =
  'closed' | 'silent' | 'replaced' | 'slowPeer' | 'goodbye' | 'badMessages' | 'stopped';

export interface AccountReported {
  readonly kind: 'account.reported';
  readonly seq: number;
  readonly account: AccountIdentity;
  /** Items the connection says it reports; null when it does not tell. */
  readonly reportedItems: readonly string[] | null;
}

export interface ItemReported {
  readonly kind: 'item.reported';
  readonly seq: number;
  readonly account: AccountName;
  readonly item: AccountItemName;
  /** Null: listed and not reported. */
  readonly value: Money | null;
  readonly reportedAt: EpochMs;
}

export interface PositionReported {
  readonly kind: 'position.reported';
  readonly seq: number;
  readonly account: AccountName;
  readonly instrument: InstrumentName;
  /** Signed; 0 is a report of flat. */
  readonly quantity: number;
  readonly averageTicksE4: AverageTicksE4 | null;
  readonly reportedAt: EpochMs;
}

export interface ConnectionReported {
  readonly kind: 'connection.reported';
  readonly seq: number;
  readonly name: string;
  readonly status: ConnectionStatus;
  readonly priceStatus: ConnectionStatus;
  readonly detail: string;
}

/** A whole snapshot, put together from its parts; a torn one never gets here. */
export interface SnapshotReceived {
  readonly kind: 'snapshot.received';
  /** Sequence number of its last part. */
  readonly seq: number;
  /** Entities changed by a message after this number keep that message's value. */
  readonly asOfSeq: number;
  /** `state` says nothing of executions. */
  readonly scope: 'full' | 'state';
  /** The command that asked for it; null when the AddOn sent it of itself. */
  readonly commandId: string | null;
  readonly accounts: readonly AccountReported[];
  readonly items: readonly ItemReported[];
  readonly connections: readonly ConnectionReported[];
  readonly orders: readonly Order[];
  readonly executions: readonly Execution[];
  readonly positions: readonly PositionReported[];
  readonly commands: readonly {
    readonly commandId: string;
    readonly state: CommandState;
    readonly code: string;
  }[];
  /**
   * Entries that could not be read. While there is one for an account, absence from the snapshot proves
   * nothing about that account; one with an empty account says so of all of them.
   */
  readonly refused: readonly {
    readonly type: string;
    readonly account: string;
    readonly instrument: string;
    readonly code: string;
  }[];
}

export type CommandState = 'accepted' | 'running' | 'done' | 'failed' | 'refused';

export interface CommandAcked {
  readonly kind: 'command.acked';
  readonly commandId: string;
  readonly status: 'accepted' | 'duplicate' | 'refused';
  readonly code: string | null;
  readonly detail: string;
}

export interface CommandFinished {
  readonly kind: 'command.finished';
  readonly commandId: string;
  readonly outcome: 'done' | 'partial' | 'failed';
  readonly code: string;
  readonly detail: string;
  /** What the AddOn saw open in the command's scope, never a proof; null in records that did not keep it. */
  readonly remaining: readonly Exposure[] | null;
}

export interface FlattenProgressed {
  readonly kind: 'flatten.progressed';
  readonly commandId: string;
  readonly account: AccountName;
  readonly instrument: InstrumentName;
  readonly step: string;
  readonly detail: string;
}

/** When the desk learned of a fact, on both clocks. */
export interface Stamp {
  readonly wall: EpochMs;
  readonly mono: MonoMs;
}
