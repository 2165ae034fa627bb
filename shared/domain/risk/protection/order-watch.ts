import { hasPassed } from '../../../kernel/clock.ts';
import { classOf, holdingOf, type Holding } from './bypass.ts';
import type { LiveOrder } from './account-reading.ts';
import { nextSession } from './lock.ts';
import { lockEntries } from './locking.ts';
import { UNSEEN_ORDER, type KnownOrder, type ProtectionState } from './protection-state.ts';
import type { Turn } from './turn.ts';

/** How long an order that is gone is remembered for the sake of a fill that is told late, in milliseconds. */
export const REMEMBER_MS = 60_000;

/** Follows the working orders from the state before this instant, and counts the entries placed under its locks. */
export function countBypasses(turn: Turn, before: ProtectionState): void {
  if (!isAsBefore(turn.state, before)) followOrders(turn, before.book.locks.length > 0);
  lockAfterAttempts(turn);
  if (turn.state.book.locks.length === 0 && turn.state.attempts > 0) turn.set({ attempts: 0 });
}

function followOrders(turn: Turn, wasLocked: boolean): void {
  const { state } = turn;
  const holding = state.positions === null ? null : holdingOf(state.positions);
  const known = gone(turn);
  for (const order of state.orders) {
    const before = state.known[order.id];
    const next = seenOrder(turn, order, { before, holding, wasLocked });
    known[order.id] = next;
    const isNews = before === undefined || before.first === 'unknown';
    if (isNews && next.isWhileLocked && next.first === 'entry') attempted(turn, order.id);
  }
  turn.set({ known });
}

/**
 * Nearly every event is a figure. Orders that stand as they stood, beside positions that do too and with none gone, are
 * what they were.
 */
function isAsBefore(
  { positions, orders, known }: ProtectionState,
  before: ProtectionState,
): boolean {
  return (
    isSameList(orders, before.orders, (a, b) => a.id === b.id && isSameSize(a, b)) &&
    (positions === null || before.positions === null
      ? positions === before.positions
      : isSameList(positions, before.positions, isSameSize)) &&
    Object.keys(known).length === orders.length
  );
}

function isSameList<T>(
  a: readonly T[],
  b: readonly T[],
  isSame: (one: T, other: T) => boolean,
): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return other !== undefined && isSame(one, other);
    })
  );
}

type Sized = Pick<LiveOrder, 'instrument' | 'quantity'>;

function isSameSize(a: Sized, b: Sized): boolean {
  return a.instrument === b.instrument && a.quantity === b.quantity;
}

/** Asks for the cancel of every entry order under a lock. An order that may be an exit is left alone. */
export function cancelEntries(turn: Turn): void {
  const { state, permission } = turn;
  if (state.book.locks.length === 0) return;
  const due = state.orders.map(({ id }) => id).filter((id) => isCancelDue(turn, id));
  if (due.length === 0) return;
  if (!permission.cancelEntries) {
    for (const id of due) turn.withhold('cancel-entries', id);
    return;
  }
  askCancels(turn, due.toSorted());
}

/** Asks for cancels, in the order in which they are to be sent. */
export function askCancels(turn: Turn, orders: readonly string[]): void {
  const known = { ...turn.state.known };
  for (const id of orders) {
    const order = known[id];
    if (order !== undefined) known[id] = { ...order, cancelAskedAt: turn.at.mono };
  }
  turn.set({ known });
  turn.act({ kind: 'cancel-entries', orders });
}

interface Sight {
  readonly before: KnownOrder | undefined;
  readonly holding: Holding | null;
  readonly wasLocked: boolean;
}

function seenOrder(
  { at: { mono } }: Turn,
  order: LiveOrder,
  { before: known, holding, wasLocked }: Sight,
): KnownOrder {
  const before = known ?? { ...UNSEEN_ORDER, first: 'unknown', isWhileLocked: wasLocked };
  const now = classOf(order, holding === null ? null : (holding[order.instrument] ?? 0));
  const { instrument, quantity } = order;
  const growth = before.quantity === null ? 0 : Math.abs(quantity) - Math.abs(before.quantity);
  return {
    first: before.first === 'unknown' ? now : before.first,
    isWhileLocked: before.isWhileLocked,
    instrument,
    quantity,
    sizedAt: growth > 0 ? mono : (before.sizedAt ?? mono),
    shrunkAt: growth < 0 ? mono : before.shrunkAt,
    entrySince: now === 'entry' ? (before.entrySince ?? mono) : null,
    overSince: before.overSince,
    cancelAskedAt: before.cancelAskedAt,
    goneAt: null,
  };
}

/** The orders that are not live any more, as long as a fill of theirs may still be told. */
function gone({ state, at }: Turn): Record<string, KnownOrder> {
  const live = new Set(state.orders.map(({ id }) => id));
  const kept: Record<string, KnownOrder> = {};
  for (const [id, order] of Object.entries(state.known)) {
    if (live.has(id)) continue;
    const goneAt = order.goneAt ?? at.mono;
    if (!hasPassed(goneAt, REMEMBER_MS, at.mono))
      kept[id] = { ...order, entrySince: null, overSince: null, goneAt };
  }
  return kept;
}

function attempted(turn: Turn, order: string): void {
  const attempts = turn.state.attempts + 1;
  turn.set({ attempts });
  turn.tell({ kind: 'bypass-order', order, attempts });
}

function lockAfterAttempts(turn: Turn): void {
  const { attemptLimit } = turn.settings;
  const { attempts, book, session } = turn.state;
  if (attemptLimit === null || attempts < attemptLimit || book.locks.length === 0) return;
  if (book.locks.some(({ id }) => id === 'bypass')) return;
  lockEntries(turn, {
    id: 'bypass',
    origin: 'bypass',
    reason: `${attempts} attempts to enter while locked.`,
    end: nextSession(session),
    keepsFlat: false,
    mayLoosen: false,
  });
}

/** Whether the cancel of an order may be asked for: it was not, or so long ago that it came to nothing. */
export function isCancelFree({ state, settings, at }: Turn, id: string): boolean {
  const askedAt = state.known[id]?.cancelAskedAt ?? null;
  return askedAt === null || hasPassed(askedAt, settings.retryMs, at.mono);
}

/** An exit becomes an entry when its position closes first; its cancel waits, for the report may be out of turn. */
function isCancelDue(turn: Turn, id: string): boolean {
  const { state, settings, at } = turn;
  const order = state.known[id];
  if (order?.entrySince === undefined || order.entrySince === null) return false;
  const wait = order.first === 'reducing' || order.first === 'mixed' ? settings.retryMs : 0;
  if (!hasPassed(order.entrySince, wait, at.mono)) return false;
  return isCancelFree(turn, id);
}
