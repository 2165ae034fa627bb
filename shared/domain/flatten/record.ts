import type { EpochMs, MonoMs } from '../../kernel/clock.ts';
import type { AccountName } from '../account/account.ts';
import type { InstrumentName } from '../instrument/instrument.ts';
import type { FlattenScope } from './scope.ts';

/** The door through which a flatten was asked for. */
export type FlattenDoor =
  'dashboard' | 'accountCard' | 'tray' | 'shortcut' | 'quit' | 'headless' | 'guard' | 'recovery';

/** What is not flat in a scope: a position, live orders, or both. */
export interface Exposure {
  readonly account: AccountName;
  readonly instrument: InstrumentName;
  /** Signed contracts. */
  readonly quantity: number;
  readonly liveOrders: number;
}

/** One thing that happened to a flatten, with both clocks; the proof is the list of them. */
export interface FlattenStep {
  readonly wall: EpochMs;
  readonly mono: MonoMs;
  readonly code: FlattenStepCode;
  readonly detail: string;
}

export type FlattenStepCode =
  | 'requested'
  | 'requestedAgain'
  | 'commandSent'
  | 'commandNotSent'
  | 'commandAccepted'
  | 'commandRefused'
  | 'commandFinished'
  | 'platformStep'
  | 'exposureSeen'
  | 'snapshotRequested'
  | 'flatReported'
  | 'watchStarted'
  | 'watchBroken'
  /** The run stopped sending by itself, as something kept opening positions; a press starts it again. */
  | 'stoodDown'
  | 'escalated'
  | 'linkLost'
  | 'linkRestored'
  | 'alarmed'
  | 'resumed'
  | 'disarmed'
  | 'confirmed';

/** Why a flatten could not be confirmed; each has its wording for the trader in one place. */
export type UnresolvedCode =
  | 'LINK_DOWN'
  | 'NO_ACK'
  | 'NOT_FLAT_IN_TIME'
  | 'NO_REPORT'
  | 'KEEPS_REOPENING'
  | 'ACCOUNT_DISCONNECTED'
  | 'DATA_IN_DOUBT'
  | 'RESTARTED_TOO_LATE'
  | 'NOT_RECORDED';

/** Evidence that a scope was flat: two complete reports after the request and a quiet watch between them. */
export interface ProofOfFlat {
  readonly flattenId: string;
  readonly scope: FlattenScope;
  readonly door: FlattenDoor;
  readonly requestedAt: EpochMs;
  readonly firstFlatAt: EpochMs;
  readonly confirmedAt: EpochMs;
  readonly watchMs: number;
  /** Accounts the final report covered, each without position and live order. */
  readonly accounts: readonly AccountName[];
  /** Disconnected accounts of an `all` scope with nothing known open; the proof does not speak for them. */
  readonly notCovered: readonly AccountName[];
  /** The snapshot requests that were answered with nothing open, at both ends of the watch. */
  readonly firstReadId: string;
  readonly finalReadId: string;
  readonly presses: number;
  readonly steps: readonly FlattenStep[];
}

/** What the journal keeps of a flatten; folding these gives the run back after a crash. */
export type FlattenRecord =
  | {
      readonly kind: 'flatten.requested';
      readonly flattenId: string;
      readonly scope: FlattenScope;
      readonly door: FlattenDoor;
      readonly wall: EpochMs;
    }
  | { readonly kind: 'flatten.stepped'; readonly flattenId: string; readonly step: FlattenStep }
  | {
      readonly kind: 'flatten.unresolved';
      readonly flattenId: string;
      readonly code: UnresolvedCode;
      readonly remaining: readonly Exposure[];
      readonly wall: EpochMs;
    }
  | {
      readonly kind: 'flatten.refused';
      readonly flattenId: string;
      readonly code: string;
      readonly wall: EpochMs;
    }
  | { readonly kind: 'flatten.disarmed'; readonly flattenId: string; readonly wall: EpochMs }
  | { readonly kind: 'flatten.confirmed'; readonly flattenId: string; readonly proof: ProofOfFlat };
