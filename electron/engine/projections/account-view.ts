import type { AccountIdentity } from '../../../shared/domain/account/account.ts';
import { remainingQuantity, type Order } from '../../../shared/domain/account/order.ts';
import type { Position } from '../../../shared/domain/account/position.ts';
import type { Stamp } from '../../../shared/domain/desk/fact.ts';
import { hasAllFills, standingOf } from '../../../shared/domain/desk/standing.ts';
import type { AccountDesk, DeskState } from '../../../shared/domain/desk/state.ts';
import type { GuardVerdict } from '../../../shared/domain/guard/verdict.ts';
import { tradingDayOf } from '../../../shared/domain/session/trading-day.ts';
import type {
  AccountView,
  DeskView,
  FigureView,
  OrderView,
  PositionView,
  RiskView,
} from '../../../shared/protocol/ipc/views.ts';
import { describeContradiction, standingContradictions } from '../observation.ts';
import {
  brokerFigure,
  fillsProfit,
  netLiquidationFigure,
  openFigure,
  openFigures,
} from './figures.ts';
import { guardView } from './guard-view.ts';
import type { RealizedWatch } from './realized-watch.ts';

export interface AccountContext {
  readonly state: DeskState;
  readonly mode: DeskView['mode'];
  /** Whether the link has been silent for too long, though it is not given up. */
  readonly isStale: boolean;
  readonly now: Stamp;
  readonly guard: GuardVerdict;
  readonly risk: RiskView;
  readonly realizedWatch: RealizedWatch;
}

/** Lost messages are asked for again at once; only a doubt that outlasts this is shown. */
const DOUBT_SHOWN_AFTER_MS = 2_000;

/** What the window shows of an account. */
export function accountView(account: AccountDesk, context: AccountContext): AccountView {
  const { identity } = account;
  const doubts = doubtsOf(account, context);
  const open = openFigure(context.state, account);
  return {
    name: identity.name,
    displayName: identity.displayName,
    badge: badgeOf(identity, context.mode),
    connection: identity.connectionName ?? '',
    connectionStatus: identity.connectionStatus,
    currency: identity.currency,
    freshness: freshnessOf(account, context),
    heardAt: account.heardAt,
    netLiquidation: netLiquidationFigure(account, open),
    cashValue: brokerFigure(account, 'cashValue'),
    realizedToday: realizedFigure(account, context),
    openProfit: open,
    positions: positionViews(context.state, account),
    orders: orderViews(account),
    fillsToday: fillsToday(account, context),
    guard: guardView(context.guard),
    risk: context.risk,
    doubts,
  };
}

function freshnessOf(account: AccountDesk, context: AccountContext): AccountView['freshness'] {
  const standing = standingOf(context.state, account);
  if (standing === 'offline' || standing === 'disconnected') return standing;
  if (context.isStale) return 'stale';
  if (standing === 'confirmed') return 'live';
  const { doubt, confirmedIn } = account;
  const isYoung =
    account.identity.connectionStatus === 'connected' &&
    confirmedIn === context.state.link.epoch &&
    doubt !== null &&
    context.now.mono - doubt.since < DOUBT_SHOWN_AFTER_MS;
  return isYoung ? 'live' : 'unconfirmed';
}

/** Realized today is always ours, from the fills, while they are whole; else the broker's word, or nothing. */
function realizedFigure(account: AccountDesk, context: AccountContext): FigureView {
  const today = tradingDayOf(context.now.wall);
  const profit = fillsProfit(context.state, account, today);
  if (profit !== null && explainsToday(account, context)) {
    return { value: profit.net, source: 'fills', asOf: account.heardAt };
  }
  return brokerFigure(account, 'realizedProfitLoss');
}

/** Whether the known fills are all there is to today's result. */
function explainsToday(account: AccountDesk, context: AccountContext): boolean {
  if (account.fillsConfirmedIn === 0 && account.books.size === 0) return false;
  if (hasLostFills(account, context)) return false;
  if (standingContradictions(account, context.now.mono).length > 0) return false;
  const today = tradingDayOf(context.now.wall);
  for (const instrument of account.carried.keys()) {
    // What was closed today was opened at a price that nobody here knows.
    const book = account.books.get(instrument);
    if (book?.ledger.days.some((totals) => totals.day === today) === true) return false;
  }
  return true;
}

function hasLostFills(account: AccountDesk, { state, now }: AccountContext): boolean {
  if (!state.link.isOpen || hasAllFills(state, account)) return false;
  const since = account.fillsDoubt?.since ?? state.link.changedAt;
  return now.mono - since >= DOUBT_SHOWN_AFTER_MS;
}

function doubtsOf(account: AccountDesk, context: AccountContext): string[] {
  const { now, state } = context;
  const doubts = standingContradictions(account, now.mono).map(describeContradiction);
  if (hasLostFills(account, context)) {
    doubts.push('Fills may be missing: the list of executions has not been confirmed.');
  }
  const today = tradingDayOf(now.wall);
  for (const [instrument, quantity] of account.carried) {
    const book = account.books.get(instrument);
    if (book?.ledger.days.some((totals) => totals.day === today) !== true) continue;
    doubts.push(
      `${instrument}: ${Math.abs(quantity)} contracts were opened before the known fills, so today's result cannot be computed from them.`,
    );
  }
  const moved = context.realizedWatch.check(state, account, now);
  return moved === null ? doubts : [...doubts, moved];
}

export function fillsToday(account: AccountDesk, { now }: Pick<AccountContext, 'now'>): number {
  const today = tradingDayOf(now.wall);
  let fills = 0;
  for (const { ledger } of account.books.values()) {
    fills += ledger.days.find(({ day }) => day === today)?.fills ?? 0;
  }
  return fills;
}

function positionViews(state: DeskState, account: AccountDesk): PositionView[] {
  const views: PositionView[] = [];
  for (const { position } of account.positions.values()) {
    if (position !== null) views.push(positionView(state, position));
  }
  return views.sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
}

function positionView(state: DeskState, position: Position): PositionView {
  const { instrument, quantity, averageTicksE4 } = position;
  return { instrument, quantity, averageTicksE4, ...openFigures(state, position) };
}

export function orderViews(account: AccountDesk): OrderView[] {
  return [...account.liveOrders.values()]
    .map(({ order }) => order)
    .sort((a, b) => a.updatedAt - b.updatedAt || (a.id < b.id ? -1 : 1))
    .map((order) => orderView(account, order));
}

function orderView(account: AccountDesk, order: Order): OrderView {
  const { id, instrument, side, type, state, quantity, filled, limit, stop, label } = order;
  const held = account.positions.get(instrument)?.position?.quantity ?? 0;
  const signed = remainingQuantity(order) * (side === 'buy' ? 1 : -1);
  const reducing = held * signed < 0 && Math.abs(signed) <= Math.abs(held);
  return { id, instrument, side, type, state, quantity, filled, limit, stop, label, reducing };
}

export function badgeOf({ kind }: AccountIdentity, mode: DeskView['mode']): AccountView['badge'] {
  if (mode === 'demo') return 'DEMO';
  switch (kind) {
    case 'simulation':
      return 'SIM';
    case 'playback':
      return 'PLAYBACK';
    case 'live':
      return 'LIVE';
    case 'unknown':
      return 'UNKNOWN';
  }
}
