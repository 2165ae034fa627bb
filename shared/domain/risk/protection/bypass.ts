import type { InstrumentName } from '../../instrument/instrument.ts';
import type { Excess, LiveOrder, OpenPosition } from './account-reading.ts';

/**
 * What an order would do to the position. `mixed` closes it and opens the other side; only its fill can tell
 * what is too much. Without a known position nothing is an entry for sure.
 */
export type OrderClass = 'entry' | 'reducing' | 'mixed' | 'unknown';

/** Contracts held by instrument, signed; flat instruments are absent. */
export type Holding = Readonly<Record<string, number>>;

export interface SeenFill {
  readonly id: string;
  readonly orderId: string;
  readonly instrument: InstrumentName;
  /** Signed contracts. */
  readonly quantity: number;
  /** Signed position just before it; null when it is not known. */
  readonly before: number | null;
}

/** Classes an order against the position of its instrument, 0 for flat. */
export function classOf(
  { quantity }: Pick<LiveOrder, 'quantity'>,
  position: number | null,
): OrderClass {
  if (position === null) return 'unknown';
  if (position === 0 || Math.sign(quantity) === Math.sign(position)) return 'entry';
  return Math.abs(quantity) <= Math.abs(position) ? 'reducing' : 'mixed';
}

/** Contracts of a fill that opened or added; the rest of it reduced. */
export function enteredBy({ quantity, before }: Pick<SeenFill, 'quantity' | 'before'>): number {
  if (before === null) return 0;
  if (before === 0 || Math.sign(quantity) === Math.sign(before)) return Math.abs(quantity);
  return Math.max(0, Math.abs(quantity) - Math.abs(before));
}

export function holdingOf(positions: readonly OpenPosition[]): Holding {
  const holding: Record<string, number> = {};
  for (const { instrument, quantity } of sorted(positions)) {
    holding[instrument] = (holding[instrument] ?? 0) + quantity;
  }
  return holding;
}

/** The most that may stay of a lock's holding after the positions were seen: it only ever shrinks. */
export function shrunkHolding(allowed: Holding, seen: Holding): Holding {
  const next: Record<string, number> = {};
  for (const [instrument, quantity] of Object.entries(allowed)) {
    const kept = smaller(quantity, seen[instrument] ?? 0);
    if (kept !== 0) next[instrument] = kept;
  }
  return next;
}

/** What of the positions is over a lock's holding. */
export function excessOver(allowed: Holding, seen: Holding): readonly Excess[] {
  return Object.entries(seen).flatMap(([instrument, quantity]) => {
    const keep = smaller(allowed[instrument] ?? 0, quantity);
    return keep === quantity ? [] : [{ instrument: instrument as InstrumentName, keep }];
  });
}

/** One list of what may stay, the smaller of every instrument. A side that is not held cannot stay. */
export function tightestExcess(excesses: readonly Excess[], seen: Holding): readonly Excess[] {
  const keeps = new Map<InstrumentName, number>();
  for (const { instrument, keep } of excesses) {
    keeps.set(instrument, smaller(keep, keeps.get(instrument) ?? seen[instrument] ?? 0));
  }
  return [...keeps]
    .filter(([instrument, keep]) => keep !== (seen[instrument] ?? 0))
    .map(([instrument, keep]) => ({ instrument, keep }))
    .toSorted((a, b) => (a.instrument < b.instrument ? -1 : 1));
}

/** Of two positions the one nearer to flat; flat when they are on different sides. */
function smaller(a: number, b: number): number {
  if (Math.sign(a) !== Math.sign(b)) return 0;
  return Math.abs(a) <= Math.abs(b) ? a : b;
}

function sorted(positions: readonly OpenPosition[]): readonly OpenPosition[] {
  return positions.toSorted((a, b) =>
    a.instrument < b.instrument ? -1 : a.instrument > b.instrument ? 1 : 0,
  );
}
