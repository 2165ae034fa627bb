import type { MonoMs } from '../../../kernel/clock.ts';
import type { AccountDesk, DeskState } from '../../desk/state.ts';
import type { Money } from '../../money/money.ts';
import { money } from '../../money/money.ts';
import type {
  AccountReading,
  LiveOrder,
  OpenPosition,
  SecondFigure,
} from '../protection/account-reading.ts';
import { signedRemaining } from './exposure.ts';
import { itemOf, openAtExit } from './figures.ts';

/** The figures that the rules are judged by, with the time at which they were last said. */
export interface JudgedFigures {
  readonly equity: Money | null;
  readonly balance: Money | null;
  readonly heardAt: MonoMs;
  /** The equity was moved on by a price, and not said by the broker. */
  readonly isMoved: boolean;
}

export interface ReadingWorld {
  readonly state: DeskState;
  readonly account: AccountDesk;
  /** Whether the link is heard now. */
  readonly isHeard: boolean;
  /** When a price of the account's positions was last heard. */
  readonly pricedAt: MonoMs;
}

/** What protection reads of an account. */
export function readingOf(
  { state, account, isHeard, pricedAt }: ReadingWorld,
  { equity, balance, heardAt, isMoved }: JudgedFigures,
): AccountReading {
  const isConnected = isHeard && account.identity.connectionStatus === 'connected';
  const open = equity === null || balance === null ? null : money(equity - balance);
  return {
    isConnected,
    equity: { value: equity, heardAt },
    balance: { value: balance, heardAt },
    open: { value: open, heardAt },
    second: secondFigure(state, account, { balance, heardAt, isMoved, pricedAt }),
    brokerRoom: { value: itemOf(account, 'trailingMaxDrawdown'), heardAt },
    positions: openPositions(state, account),
    orders: liveOrders(account),
  };
}

/** The broker's cash with the open result at the sides at which it could be closed. */
function secondFigure(
  state: DeskState,
  account: AccountDesk,
  {
    balance,
    heardAt,
    isMoved,
    pricedAt,
  }: Omit<JudgedFigures, 'equity'> & { readonly pricedAt: MonoMs },
): SecondFigure {
  const open = balance === null ? null : openAtExit(state, account);
  const value = balance === null || open === null ? null : money(balance + open);
  const isFlat = open === 0;
  return { value, heardAt: isFlat ? heardAt : pricedAt, isIndependent: !isMoved };
}

/** Null: no complete report of this session has told what is open, or a contract's terms are missing. */
function openPositions(state: DeskState, account: AccountDesk): readonly OpenPosition[] | null {
  if (!state.link.isOpen || account.confirmedIn !== state.link.epoch) return null;
  const open: OpenPosition[] = [];
  for (const { position } of account.positions.values()) {
    if (position === null) continue;
    const { instrument, quantity } = position;
    const terms = state.instruments.get(instrument);
    if (terms === undefined) return null;
    const { tickValue } = terms;
    open.push({ instrument, quantity, tickValue, adverseTicks: null, plausibleTicks: null });
  }
  return open;
}

function liveOrders(account: AccountDesk): readonly LiveOrder[] {
  return [...account.liveOrders.values()].map(({ order }) => ({
    id: order.id,
    instrument: order.instrument,
    quantity: signedRemaining(order),
  }));
}
