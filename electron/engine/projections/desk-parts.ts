import type { DeskState } from '../../../shared/domain/desk/state.ts';
import type { Instrument } from '../../../shared/domain/instrument/instrument.ts';
import { isExposed } from '../../../shared/domain/desk/standing.ts';
import type {
  AccountView,
  BridgeView,
  ChartView,
  DeskView,
  FlattenView,
  InstrumentView,
  StoreView,
} from '../../../shared/protocol/ipc/views.ts';
import type { BarStore, LinkStatus } from '../ports.ts';

/** What the window shows of the bridge. */
export function bridgeView(status: LinkStatus): BridgeView {
  const { sessionId: _sessionId, ...shown } = status;
  return shown;
}

/** What the window shows of a contract and its price. */
export function instrumentView(state: DeskState, instrument: Instrument): InstrumentView {
  const { name, tickSizeE8, tickValue, currency } = instrument;
  const quote = state.quotes.get(name);
  return {
    name,
    tickSizeE8,
    tickValue,
    currency,
    bid: quote?.bid ?? null,
    ask: quote?.ask ?? null,
    last: quote?.last ?? null,
    quotedAt: quote?.quotedAt ?? null,
  };
}

/** The desk in one word; of several that apply, the one that asks most of the trader. */
export function deskStatus(
  state: DeskState,
  parts: {
    readonly accounts: Iterable<AccountView>;
    readonly flattens: readonly FlattenView[];
    readonly store: StoreView;
    readonly bridge: BridgeView;
  },
): DeskView['status'] {
  if (!state.link.isOpen) return 'offline';
  const isTroubled =
    parts.store.state !== 'ok' ||
    parts.bridge.state === 'stale' ||
    parts.flattens.some(({ state: stage }) => stage === 'unresolved' || stage === 'refused') ||
    [...parts.accounts].some(isTroubledAccount);
  if (isTroubled) return 'warning';
  // Until a flatten is proven, what it closes counts as open.
  const isUnproven = parts.flattens.some(({ state: stage }) => !ENDED.has(stage));
  return isUnproven || [...state.accounts.values()].some(isExposed) ? 'exposed' : 'ok';
}

const ENDED: ReadonlySet<FlattenView['state']> = new Set(['confirmed', 'refused', 'disarmed']);

/** What does not pass with the AddOn's next answer. */
const GUARD_TROUBLES: ReadonlySet<AccountView['guard']['code']> = new Set([
  'REFUSED',
  'NO_ANSWER',
  'NOT_ENFORCING',
]);

function isTroubledAccount(account: AccountView): boolean {
  if (account.doubts.length > 0 || account.freshness === 'unconfirmed') return true;
  if (GUARD_TROUBLES.has(account.guard.code)) return true;
  const isExposedAccount = account.positions.length > 0 || account.orders.length > 0;
  return account.freshness === 'disconnected' && isExposedAccount;
}

const CHART_BARS = 1_500;
const CHART_FILLS = 1_000;

/** Bars of an instrument with the fills of all accounts in it, oldest first. */
export function chartView(state: DeskState, bars: BarStore, instrument: Instrument): ChartView {
  const shown = bars.latest(instrument.name, CHART_BARS);
  const from = shown[0]?.startsAt ?? Number.NEGATIVE_INFINITY;
  const fills: ChartView['fills'] = [];
  for (const [account, desk] of state.accounts) {
    for (const { execution } of desk.books.get(instrument.name)?.fills.values() ?? []) {
      const { id, executedAt, side, quantity, price } = execution;
      if (execution.isStartOfDay || executedAt < from) continue;
      fills.push({ id, account, at: executedAt, side, quantity, price });
    }
  }
  fills.sort((a, b) => a.at - b.at);
  return {
    instrument: instrument.name,
    bars: shown.map(({ startsAt, open, high, low, close, volume }) => ({
      startsAt,
      open,
      high,
      low,
      close,
      volume,
    })),
    fills: fills.slice(-CHART_FILLS),
  };
}
