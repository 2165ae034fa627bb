/** How the broker treats one account's orders; a fault changes it for a time. */
export interface Behaviour {
  readonly rejectProbability: number;
  /** Which orders a rejection can hit. */
  readonly rejectOnly: 'any' | 'closing';
  readonly rejectComment: string;
  /** Most contracts that one tick fills of one order; null for what the book shows. */
  readonly fillCap: number | null;
  readonly confirmsCancels: boolean;
  /** Chance that an order fills while its cancel is under way. */
  readonly fillInFlight: number;
  /** The OCO link is kept on the PC only: the other leg can still fill until its own cancel is confirmed. */
  readonly ocoRace: boolean;
  /** Replaces the usual delay of brackets, in milliseconds. */
  readonly bracketDelayMs: number | null;
}

export const USUAL_BEHAVIOUR: Behaviour = {
  rejectProbability: 0,
  rejectOnly: 'any',
  rejectComment: '',
  fillCap: null,
  confirmsCancels: true,
  fillInFlight: 0,
  ocoRace: false,
  bracketDelayMs: null,
};

/** Name of the orders that close a position on a flatten, as NinjaTrader gives it. */
export const CLOSE_NAME = 'Close';
