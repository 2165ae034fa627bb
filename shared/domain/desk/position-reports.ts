import type { Position } from '../account/position.ts';
import type { PositionReported } from './fact.ts';
import type { Reduction } from './reduction.ts';
import { withEntry, type AccountDesk, type PositionCell, type Rank } from './state.ts';

/** Takes in a position; a report of zero is a report of flat. */
export function positionReported(r: Reduction, fact: PositionReported, rank: Rank): void {
  const account = r.account(fact.account);
  const known = account.positions.get(fact.instrument);
  if (!r.accepts(rank, account, known?.rank)) return;
  if (r.mode === 'live' && isForgottenOnDisconnect(account, fact)) {
    r.hear(fact.account);
    return;
  }
  const isNews = known === undefined || !samePosition(known.position, fact);
  const cell: PositionCell = isNews
    ? { position: positionFrom(fact), rank, changedAt: r.stamp.mono }
    : { ...known, rank };
  r.putAccount(fact.account, {
    positions: withEntry(account.positions, fact.instrument, cell),
    heardAt: r.stamp.wall,
  });
  if (!isNews) return;
  r.isUrgent = true;
  r.keep(fact);
}

/** Whether a report says the same as what is known; its time alone is no news. */
export function samePosition(known: Position | null, fact: PositionReported): boolean {
  if (known === null) return fact.quantity === 0;
  return known.quantity === fact.quantity && known.averageTicksE4 === fact.averageTicksE4;
}

/**
 * A platform that loses its broker empties its list of positions. That is no proof of flat: the last known
 * position stands, unconfirmed, until the connection is back.
 */
function isForgottenOnDisconnect(account: AccountDesk, fact: PositionReported): boolean {
  const { connectionStatus } = account.identity;
  return fact.quantity === 0 && connectionStatus !== 'connected' && connectionStatus !== 'unknown';
}

function positionFrom(fact: PositionReported): Position | null {
  if (fact.quantity === 0) return null;
  return {
    account: fact.account,
    instrument: fact.instrument,
    quantity: fact.quantity,
    averageTicksE4: fact.averageTicksE4,
    updatedAt: fact.reportedAt,
  };
}
