/** When a fault begins: at a time after the start, or some time after each flatten command. */
export interface FaultTiming {
  /** Virtual milliseconds after the start; ignored with `on`. */
  readonly atMs: number;
  readonly on: 'start' | 'flatten';
  /** How long it lasts; null is for good. */
  readonly forMs: number | null;
}

/** Which way frames go: `out` is to the app. */
export type Direction = 'out' | 'in' | 'both';

interface FrameFaultTerms extends FaultTiming {
  readonly direction: Direction;
  readonly probability: number;
  /** Only these message types; empty means all. */
  readonly types: readonly string[];
}

interface PlainFrameFault extends FrameFaultTerms {
  readonly kind: 'drop' | 'duplicate' | 'garbage';
}

interface TimedFrameFault extends FrameFaultTerms {
  readonly kind: 'reorder' | 'delay';
  readonly minMs: number;
  readonly maxMs: number;
}

/** Faults of the line, between sequence numbering and socket. */
export type FrameFault =
  | PlainFrameFault
  | TimedFrameFault
  /** Neither side hears the other, and the connection stays up. */
  | (FaultTiming & { readonly kind: 'halfOpen' });

interface AccountFaultTerms extends FaultTiming {
  /** Accounts concerned; empty means all. */
  readonly accounts: readonly string[];
}

/** Faults of broker, market and NinjaTrader. */
export type PlatformFault =
  | (AccountFaultTerms & {
      readonly kind: 'rejectOrders';
      readonly probability: number;
      readonly only: 'any' | 'closing';
      readonly comment: string;
    })
  | (AccountFaultTerms & { readonly kind: 'partialFills'; readonly contracts: number })
  | (AccountFaultTerms & { readonly kind: 'fillInFlight'; readonly probability: number })
  | (AccountFaultTerms & { readonly kind: 'cancelNeverConfirmed' | 'ocoRace' | 'zerosBurst' })
  | (AccountFaultTerms & { readonly kind: 'lateBracket'; readonly delayMs: number })
  | (AccountFaultTerms & {
      readonly kind: 'reenteringStrategy';
      readonly quantity: number;
      readonly everyMs: number;
    })
  | (AccountFaultTerms & {
      readonly kind: 'lyingPosition';
      /** `flat` hides the position, a number shows one of that many contracts. */
      readonly shows: 'flat' | number;
    })
  | (AccountFaultTerms & { readonly kind: 'accountDisconnected'; readonly zeros: boolean })
  /** Null pauses every market. */
  | (FaultTiming & { readonly kind: 'pausedMarket'; readonly instrument: string | null })
  | (FaultTiming & { readonly kind: 'clockSkew'; readonly skewMs: number })
  | (FaultTiming & { readonly kind: 'shuffledEvents' })
  /** The AddOn's process dies; it comes back after `forMs` as a new instance, or never. */
  | (FaultTiming & { readonly kind: 'crash' })
  /** The connection breaks and is made again by the same instance. */
  | (FaultTiming & { readonly kind: 'linkDrop' });

export type Fault = FrameFault | PlatformFault;

export interface FaultScript {
  readonly faults: readonly Fault[];
}

export const NO_FAULTS: FaultScript = { faults: [] };

const FRAME_KINDS: readonly string[] = [
  'drop',
  'duplicate',
  'garbage',
  'reorder',
  'delay',
  'halfOpen',
];

export function isFrameFault(fault: Fault): fault is FrameFault {
  return FRAME_KINDS.includes(fault.kind);
}
