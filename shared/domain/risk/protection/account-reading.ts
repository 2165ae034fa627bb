import type { EpochMs, MonoMs } from '../../../kernel/clock.ts';
import type { InstrumentName } from '../../instrument/instrument.ts';
import type { Money } from '../../money/money.ts';
import type { ContractWeights, Effect, Lots } from '../rule-parts.ts';
import type { Severity } from '../verdict.ts';

/** An amount with the time at which it was last said or said again; a live link says all of its figures again. */
export interface Figure {
  /** Null: not reported. */
  readonly value: Money | null;
  readonly heardAt: MonoMs;
}

/** The same amount computed by the desk from fills and prices. */
export interface SecondFigure extends Figure {
  /** False when it rests on the very print that moved the first: one bad print is then told twice. */
  readonly isIndependent: boolean;
}

export interface OpenPosition {
  readonly instrument: InstrumentName;
  /** Root symbol; caps weigh contracts by it. */
  readonly root: string;
  /** Signed contracts, never 0. */
  readonly quantity: number;
  /** Of one contract. */
  readonly tickValue: Money;
  /** Adverse move in ticks that the recent volatility makes likely while an exit fills; null is unknown. */
  readonly adverseTicks: number | null;
}

/** An order that can still fill. */
export interface LiveOrder {
  readonly id: string;
  readonly instrument: InstrumentName;
  readonly root: string;
  /** Signed contracts that can still fill. */
  readonly quantity: number;
  /** One fill of a group takes its other orders away; empty for none. */
  readonly oco: string;
}

/** Everything that is read of one account at one moment. */
export interface AccountReading {
  /** Whether the platform is heard and the account's own connection is up. */
  readonly isConnected: boolean;
  /** Net liquidation by the broker; the figure that the rules were judged by. */
  readonly equity: Figure;
  readonly balance: Figure;
  readonly open: Figure;
  readonly second: SecondFigure;
  /** Room to the trailing floor as the broker tells it. */
  readonly brokerRoom: Figure;
  /** Null: not known. */
  readonly positions: readonly OpenPosition[] | null;
  readonly orders: readonly LiveOrder[];
}

/** Contracts of one instrument over what a rule allows. */
export interface Excess {
  readonly instrument: InstrumentName;
  /** Signed contracts that may stay. */
  readonly keep: number;
}

/** A cap on contracts, working entries counted. */
export interface SizeCap {
  readonly most: Lots;
  readonly weights: ContractWeights;
}

/** What protection needs to know of one rule's verdict. */
export interface RuleSummary {
  readonly rule: string;
  readonly effect: Effect;
  readonly severity: Severity;
  /** `left` is money that may still be lost. */
  readonly isRoom: boolean;
  /** The broker's own remaining drawdown speaks of this rule. */
  readonly isBrokerFloor: boolean;
  /** Null is unknown. For room, from the reference of the day or cycle to the firm's floor. */
  readonly limit: Money | null;
  readonly left: Money | null;
  readonly closesEntries: boolean;
  /** When the closing of entries ends; null when that is open. */
  readonly until: EpochMs | null;
  readonly excess: readonly Excess[];
  /** The cap that the account is over, or would be with everything filled; null within it and for other rules. */
  readonly cap: SizeCap | null;
}
