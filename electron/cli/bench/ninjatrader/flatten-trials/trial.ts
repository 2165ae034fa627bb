import type { ScopeView } from '../../../../../shared/protocol/ipc/views.ts';
import type { StepArguments } from '../ninjatrader-host.ts';

/** A step of the host, at a time after the press. */
export interface Happening {
  readonly afterMs: number;
  readonly step: string;
  readonly given: StepArguments;
}

/** What the broker must hold before the press. */
export interface Held {
  /** Signed contracts. */
  readonly quantity: number;
  readonly liveOrders: number;
}

/** One flatten of one account; everything in it follows from its seed. */
export interface Trial {
  /** Draws it again. */
  readonly seed: string;
  readonly kind: string;
  readonly account: string;
  readonly connection: string;
  readonly instruments: readonly [string, ...string[]];
  readonly scope: ScopeView;
  /** Orders of the trader before the press, in this order. */
  readonly entries: readonly StepArguments[];
  /** Null: the press does not wait for anything. */
  readonly held: Held | null;
  /** What goes wrong; from the first entry on, or from the press on. */
  readonly faults: StepArguments;
  readonly faultsFrom: 'entry' | 'press';
  /** After the batch is ready for presses. */
  readonly pressAtMs: number;
  readonly happenings: readonly Happening[];
  /** Further presses, after the first. */
  readonly presses: readonly number[];
}

/** What happens to a whole batch in the midst of its flattens. */
export const DISRUPTIONS = ['none', 'appRestart', 'lineCut', 'hotReload', 'platformCrash'] as const;
export type Disruption = (typeof DISRUPTIONS)[number];

/** Trials that share one NinjaTrader and one desk. */
export interface BatchPlan {
  /** One press for every account, or each account its own. */
  readonly press: 'each' | 'everything';
  readonly disruption: Disruption;
  /** After the batch is ready for presses; each time it happens once. */
  readonly disruptedAtMs: readonly number[];
  /** How long the side that left stays away. */
  readonly awayMs: number;
  readonly trials: readonly Trial[];
}
