import type { AccountDesk } from '../../../shared/domain/desk/state.ts';
import type {
  AccountView,
  GuardView,
  PositionView,
  RiskView,
} from '../../../shared/protocol/ipc/views.ts';
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

const UNKNOWN_RISK: RiskView = {
  state: 'unknown',
  severity: 'unknown',
  reason: UNCLEAR,
  rules: null,
  protection: null,
  evaluatedAt: null,
  day: null,
  midCycle: false,
  figureDoubt: '',
  equity: null,
  peak: null,
  floor: null,
  room: null,
  roomShare: null,
  roomTicks: null,
  contractsAtRisk: null,
  averageLoss: null,
  averageLossTrades: 0,
  averageLossesLeft: null,
  own: null,
  binding: null,
  lock: null,
  otherLocks: [],
  flatBy: null,
  brokerFloor: null,
  floorDisagreement: null,
  verdicts: [],
  gaps: [],
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
    risk: UNKNOWN_RISK,
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
