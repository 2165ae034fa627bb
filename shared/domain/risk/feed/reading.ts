import type { MonoMs } from '../../../kernel/clock.ts';
import type { AccountDesk, DeskState } from '../../desk/state.ts';
import type { InstrumentName } from '../../instrument/instrument.ts';
import type { Money } from '../../money/money.ts';
import { money } from '../../money/money.ts';
import type { AccountReading, LiveOrder, OpenPosition } from '../protection/account-reading.ts';
import { rootOf, signedRemaining } from './exposure.ts';
import { itemOf } from './figures.ts';

/** The figures that the rules are judged by, with the time at which they were last said. */
export interface JudgedFigures {
  readonly equity: Money | null;
  readonly balance: Money | null;
  readonly heardAt: MonoMs;
  /** The broker and the prices came to it together, or one of them stood for long enough. */
  readonly isSeconded: boolean;
}

export interface ReadingWorld {
  readonly state: DeskState;
  readonly account: AccountDesk;
  /** Whether the link is heard now. */
  readonly isHeard: boolean;
  /** The adverse move of an instrument that is likely while an exit fills; null is unknown. */
  readonly adverseTicks: (instrument: InstrumentName) => number | null;
}

/** What protection reads of an account. */
export function readingOf(
  { state, account, isHeard, adverseTicks }: ReadingWorld,
  { equity, balance, heardAt, isSeconded }: JudgedFigures,
): AccountReading {
  const isConnected = isHeard && account.identity.connectionStatus === 'connected';
  const open = equity === null || balance === null ? null : money(equity - balance);
  return {
    isConnected,
    equity: { value: equity, heardAt },
    balance: { value: balance, heardAt },
    open: { value: open, heardAt },
    second: { value: isSeconded ? equity : null, heardAt, isIndependent: true },
    brokerRoom: { value: itemOf(account, 'trailingMaxDrawdown'), heardAt },
    positions: openPositions({ state, account, adverseTicks }),
    orders: liveOrders(state, account),
  };
}

/** Null: no complete report of this session has told what is open, or a contract's terms are missing. */
function openPositions({
  state,
  account,
  adverseTicks,
}: Omit<ReadingWorld, 'isHeard'>): readonly OpenPosition[] | null {
  if (!state.link.isOpen || account.confirmedIn !== state.link.epoch) return null;
  const open: OpenPosition[] = [];
  for (const { position } of account.positions.values()) {
    if (position === null) continue;
    const { instrument, quantity } = position;
    const terms = state.instruments.get(instrument);
    if (terms === undefined) return null;
    const { root, tickValue } = terms;
    open.push({ instrument, root, quantity, tickValue, adverseTicks: adverseTicks(instrument) });
  }
  return open;
}

function liveOrders(state: DeskState, account: AccountDesk): readonly LiveOrder[] {
  return [...account.liveOrders.values()].map(({ order }) => ({
    id: order.id,
    instrument: order.instrument,
    root: rootOf(state, order.instrument),
    quantity: signedRemaining(order),
    oco: order.oco,
  }));
}
