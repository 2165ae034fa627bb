import type { InstrumentName } from '../../instrument/instrument.ts';
import type { Excess } from './account-reading.ts';
import { excessOver, holdingOf, shrunkHolding, tightestExcess, type Holding } from './bypass.ts';
import type { AskedReduction } from './protection-state.ts';
import { rulesInForce } from './rule-judging.ts';
import type { Turn } from './turn.ts';

/**
 * Asks for a flatten of the account once, and again only when it ended without proof or a position came back.
 * While it is not known what is open, only what has just begun is reason enough.
 */
export function flattenAccount(turn: Turn, isNew: boolean): void {
  const { state, settings, at, permission } = turn;
  const cause = causeOf(turn);
  if (cause === null) return;
  const isOpen = state.positions === null ? isNew : state.positions.length > 0;
  if (!isOpen || state.flatten.kind === 'asked') return;
  if (!permission.flatten) return turn.withhold('flatten', cause);
  if (state.flatten.kind === 'failed' && at.mono < state.flatten.at + settings.retryMs) return;
  turn.act({ kind: 'flatten', instruments: null, cause });
  turn.set({ flatten: { kind: 'asked', at: at.mono } });
}

/** Keeps what may stay under the locks: what was held when they began, and never more than since. */
export function followHolding(turn: Turn): void {
  const { book, positions, allowed } = turn.state;
  if (book.locks.length === 0) {
    if (allowed !== null) turn.set({ allowed: null });
    return;
  }
  if (positions === null) return;
  const seen = holdingOf(positions);
  turn.set({ allowed: allowed === null ? seen : shrunkHolding(allowed, seen) });
}

/** Asks for the closing of what is over a cap, over the holding of a lock, or open past a deadline. */
export function reduceExcess(turn: Turn, late: readonly InstrumentName[]): void {
  const { state, permission } = turn;
  const { positions } = state;
  if (positions === null || state.flatten.kind === 'asked') return;
  const seen = holdingOf(positions);
  const excesses = tightestExcess(
    [...lateExcess(late, seen), ...lockExcess(turn, seen), ...ruleExcess(turn)],
    seen,
  );
  if (!permission.reduceExcess) {
    for (const { instrument } of excesses) turn.withhold('reduce-excess', instrument);
    return;
  }
  const reductions: Record<string, AskedReduction> = {};
  for (const excess of excesses) {
    const held = seen[excess.instrument] ?? 0;
    reductions[excess.instrument] = askReduction(turn, excess, {
      held,
      isLate: late.includes(excess.instrument),
    });
  }
  turn.set({ reductions });
}

/** The first lock that keeps the account flat speaks for those that only stand. */
function causeOf({ causes, state }: Turn): string | null {
  return causes[0] ?? state.book.locks.find(({ keepsFlat }) => keepsFlat)?.id ?? null;
}

function lateExcess(late: readonly InstrumentName[], seen: Holding): readonly Excess[] {
  return late
    .filter((instrument) => (seen[instrument] ?? 0) !== 0)
    .map((instrument) => ({ instrument, keep: 0 }));
}

function lockExcess({ state }: Turn, seen: Holding): readonly Excess[] {
  return state.allowed === null ? [] : excessOver(state.allowed, seen);
}

function ruleExcess({ state }: Turn): readonly Excess[] {
  return (rulesInForce(state) ?? [])
    .filter(({ effect }) => effect === 'hard' || effect === 'soft' || effect === 'refuse')
    .flatMap(({ excess }) => excess);
}

function askReduction(
  turn: Turn,
  { instrument, keep }: Excess,
  { held, isLate }: { readonly held: number; readonly isLate: boolean },
): AskedReduction {
  const { state, settings, at } = turn;
  const before = state.reductions[instrument];
  const isRunning =
    before?.keep === keep &&
    Math.abs(held) <= Math.abs(before.held) &&
    at.mono < before.at + settings.retryMs;
  if (isRunning) return before;
  // Past a deadline the orders of the instrument have to go too.
  if (isLate) turn.act({ kind: 'flatten', instruments: [instrument], cause: 'deadline' });
  else turn.act({ kind: 'reduce-excess', instrument, keep });
  return { keep, held, at: at.mono };
}
