import type { AccountDesk } from '../../../shared/domain/desk/state.ts';
import { NO_RULES_CHOSEN } from '../../../shared/protocol/ipc/risk-view.ts';
import type { AccountView, GuardView, PositionView } from '../../../shared/protocol/ipc/views.ts';
import { badgeOf, fillsToday, orderViews, type AccountContext } from './account-view.ts';
import { NO_FIGURE } from './figures.ts';

const UNCLEAR = 'The desk could not work this account out. Look at it in NinjaTrader.';

const UNKNOWN_GUARD: GuardView = {
  state: 'notSynced',
  entriesLocked: false,
  lockedUntil: null,
  reason: '',
  maxContracts: null,
  hardFloor: null,
  flattenAtFloor: false,
  code: null,
  problem: 'the desk could not work out what the AddOn holds.',
  since: null,
};

/**
 * An account whose view could not be made: what was reported as open, every figure unknown, and all of it in doubt.
 * Made of reports alone, so that it stands when arithmetic, guard or rules fail.
 */
export function unclearAccountView(
  account: AccountDesk,
  context: Pick<AccountContext, 'mode' | 'now'>,
): AccountView {
  const { identity } = account;
  return {
    name: identity.name,
    displayName: identity.displayName,
    badge: badgeOf(identity, context.mode),
    connection: identity.connectionName ?? '',
    connectionStatus: identity.connectionStatus,
    currency: identity.currency,
    freshness: 'unconfirmed',
    heardAt: account.heardAt,
    netLiquidation: NO_FIGURE,
    cashValue: NO_FIGURE,
    realizedToday: NO_FIGURE,
    openProfit: NO_FIGURE,
    positions: reportedPositions(account),
    orders: orderViews(account),
    fillsToday: fillsToday(account, context),
    guard: UNKNOWN_GUARD,
    risk: { ...NO_RULES_CHOSEN, reason: UNCLEAR },
    doubts: [UNCLEAR],
  };
}

function reportedPositions(account: AccountDesk): PositionView[] {
  return [...account.positions.values()]
    .flatMap(({ position }) => position ?? [])
    .map(({ instrument, quantity, averageTicksE4 }) => ({
      instrument,
      quantity,
      averageTicksE4,
      openProfit: null,
      openTicksE4: null,
      markedAt: null,
    }))
    .sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
}
