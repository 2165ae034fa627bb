import type { MonoMs } from '../../shared/kernel/clock.ts';
import { contradictionsOf, type Contradiction } from '../../shared/domain/desk/contradictions.ts';
import {
  coverage,
  exposuresIn,
  hasAllFills,
  standingOf,
} from '../../shared/domain/desk/standing.ts';
import type { AccountDesk, DeskState } from '../../shared/domain/desk/state.ts';
import type { Observation } from '../../shared/domain/flatten/run.ts';
import { inScope, type FlattenScope } from '../../shared/domain/flatten/scope.ts';

/** A fill and the position it makes are reported apart; within this time they may disagree. */
const SETTLES_WITHIN_MS = 500;

/** What the desk can say of a scope now. */
export function observe(state: DeskState, scope: FlattenScope): Observation {
  const exposures = exposuresIn(state, scope);
  const { confirmed, inDoubt, disconnected, missing } = coverage(state, scope);
  const exposed = new Set(exposures.map((exposure) => exposure.account));
  const isIdle = (name: (typeof disconnected)[number]): boolean =>
    scope.kind === 'all' && confirmed.length > 0 && !exposed.has(name);
  return {
    exposures,
    covered: confirmed,
    // Platforms list accounts that were never connected; they do not keep others from being proven flat.
    notCovered: disconnected.filter(isIdle),
    unreadable: [...inDoubt, ...disconnected.filter((name) => !isIdle(name)), ...missing],
    doubts: doubtsIn(state, scope),
  };
}

/** Contradictions of an account that have had time to settle and did not. */
export function standingContradictions(account: AccountDesk, now: MonoMs): Contradiction[] {
  // While fills may be missing, that the known ones do not add up proves nothing.
  if (account.fillsDoubt !== null) return [];
  return contradictionsOf(account).filter(({ since }) => now - since >= SETTLES_WITHIN_MS);
}

/** A contradiction in plain words. */
export function describeContradiction({ instrument, reported, expected }: Contradiction): string {
  return `${instrument}: NinjaTrader reports ${side(reported)}, the fills come to ${side(expected)}.`;
}

function doubtsIn(state: DeskState, scope: FlattenScope): string[] {
  const doubts: string[] = [];
  for (const [name, account] of state.accounts) {
    if (scope.kind !== 'all' && scope.account !== name) continue;
    if (standingOf(state, account) === 'confirmed' && !hasAllFills(state, account)) {
      doubts.push(`${name}: fills may be missing until the next complete report.`);
    }
    // A contradiction that may yet settle holds a proof back as well; only the window waits before it tells of it.
    for (const found of contradictionsOf(account)) {
      if (!inScope(scope, name, found.instrument)) continue;
      doubts.push(`${name} ${describeContradiction(found)}`);
    }
  }
  return doubts;
}

function side(quantity: number): string {
  if (quantity === 0) return 'flat';
  return quantity > 0 ? `long ${quantity}` : `short ${-quantity}`;
}
