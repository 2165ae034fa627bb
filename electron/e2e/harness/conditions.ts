import type { DeskView, FlattenView } from '../../../shared/protocol/ipc/views.ts';

/** Every account is live and at least one holds a position. */
export function isExposed({ accounts }: DeskView): boolean {
  return (
    accounts.length > 0 &&
    accounts.every(({ freshness }) => freshness === 'live') &&
    accounts.some(({ positions }) => positions.length > 0)
  );
}

export function isLive({ accounts }: DeskView): boolean {
  return accounts.length > 0 && accounts.every(({ freshness }) => freshness === 'live');
}

/** Whether the newest flatten is in one of the states. */
export function flattenIs(...states: readonly FlattenView['state'][]): (view: DeskView) => boolean {
  return ({ flattens }) => flattens[0] !== undefined && states.includes(flattens[0].state);
}

/** Trades often enough that something is open after a second or two. */
export const BUSY_MARKET = ['--speed', '60', '--seed', '7'] as const;
