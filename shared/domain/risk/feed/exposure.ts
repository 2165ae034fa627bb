import type { EpochMs } from '../../../kernel/clock.ts';
import { remainingQuantity, type Order } from '../../account/order.ts';
import type { AccountDesk, DeskState } from '../../desk/state.ts';
import type { InstrumentName } from '../../instrument/instrument.ts';
import type { HeldPosition, OwnPosition, RiskEvent, WorkingOrder } from '../event.ts';
import type { Held } from './cap-excess.ts';

type ExposureEvent = Extract<RiskEvent, { kind: 'exposure' }>;

/** What an account holds and has working, by root symbol. */
export function exposureOf(state: DeskState, account: AccountDesk, at: EpochMs): ExposureEvent {
  const orders = [...account.liveOrders.values()].map(({ order }) => order);
  const positions: HeldPosition[] = [];
  for (const { position } of account.positions.values()) {
    if (position === null) continue;
    const { instrument, quantity } = position;
    const stopped = stoppedOf(orders, instrument, quantity);
    positions.push({ root: rootOf(state, instrument), quantity, stopped });
  }
  const working = orders.flatMap((order): WorkingOrder[] => {
    const quantity = signedRemaining(order);
    if (quantity === 0) return [];
    const held = account.positions.get(order.instrument)?.position?.quantity ?? 0;
    const isExit = held * quantity < 0 && Math.abs(quantity) <= Math.abs(held);
    return [{ root: rootOf(state, order.instrument), quantity, isExit }];
  });
  return { kind: 'exposure', at, positions, orders: working };
}

/** What an account holds, by instrument. */
export function heldBy(state: DeskState, { positions }: AccountDesk): readonly Held[] {
  return [...positions.values()].flatMap(({ position }) => {
    if (position === null || position.quantity === 0) return [];
    const { instrument, quantity } = position;
    return [{ instrument, root: rootOf(state, instrument), quantity }];
  });
}

/** What all accounts of the desk hold, for rules that look at them together. */
export function ownPositions(state: DeskState): readonly OwnPosition[] {
  return [...state.accounts].flatMap(([account, { positions }]) =>
    [...positions.values()].flatMap(({ position }) =>
      position === null
        ? []
        : [{ account, root: rootOf(state, position.instrument), quantity: position.quantity }],
    ),
  );
}

/** The root symbol of a contract; until its terms are known, the first word of its name. */
export function rootOf({ instruments }: DeskState, name: InstrumentName): string {
  return instruments.get(name)?.root ?? name.split(' ')[0] ?? name;
}

/** Signed contracts of an order that can still fill. */
export function signedRemaining(order: Order): number {
  return remainingQuantity(order) * (order.side === 'buy' ? 1 : -1);
}

/** Contracts that working stops on the other side would close, never more than are held. */
function stoppedOf(orders: readonly Order[], instrument: InstrumentName, held: number): number {
  const stopped = orders
    .filter((order) => order.instrument === instrument && isStop(order))
    .map(signedRemaining)
    .filter((quantity) => quantity * held < 0)
    .reduce((sum, quantity) => sum + Math.abs(quantity), 0);
  return Math.min(stopped, Math.abs(held));
}

function isStop({ type, state }: Order): boolean {
  return (type === 'stopMarket' || type === 'stopLimit') && state !== 'unknown';
}
