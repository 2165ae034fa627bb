import { classOf, holdingOf, type Holding } from './bypass.ts';
import type { LiveOrder } from './account-reading.ts';
import { nextSession } from './lock.ts';
import { lockEntries } from './locking.ts';
import type { KnownOrder } from './protection-state.ts';
import type { Turn } from './turn.ts';

/** How long an order that is gone is remembered for the sake of a fill that is told late, in milliseconds. */
const REMEMBER_MS = 60_000;

/** Counts the entry orders that were placed under a lock. `wasLocked`: the locks stood before this instant. */
export function countBypasses(turn: Turn, wasLocked: boolean): void {
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
  lockAfterAttempts(turn);
  if (turn.state.book.locks.length === 0 && turn.state.attempts > 0) turn.set({ attempts: 0 });
}

/** Asks for the cancel of every entry order under a lock. An order that may be an exit is left alone. */
export function cancelEntries(turn: Turn): void {
  const { state, permission, at } = turn;
  if (state.book.locks.length === 0) return;
  const due = state.orders.map(({ id }) => id).filter((id) => isCancelDue(turn, id));
  if (due.length === 0) return;
  if (!permission.cancelEntries) {
    for (const id of due) turn.withhold('cancel-entries', id);
    return;
  }
  const known = { ...state.known };
  for (const id of due) {
    const order = known[id];
    if (order !== undefined) known[id] = { ...order, cancelAskedAt: at.mono };
  }
  turn.set({ known });
  turn.act({ kind: 'cancel-entries', orders: due.toSorted() });
}

interface Sight {
  readonly before: KnownOrder | undefined;
  readonly holding: Holding | null;
  readonly wasLocked: boolean;
}

function seenOrder(
  turn: Turn,
  order: LiveOrder,
  { before, holding, wasLocked }: Sight,
): KnownOrder {
  const now = classOf(order, holding === null ? null : (holding[order.instrument] ?? 0));
  const isPlaced = before !== undefined && before.first !== 'unknown';
  return {
    first: isPlaced ? before.first : now,
    isWhileLocked: before?.isWhileLocked ?? wasLocked,
    entrySince: now === 'entry' ? (before?.entrySince ?? turn.at.mono) : null,
    cancelAskedAt: before?.cancelAskedAt ?? null,
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
    if (at.mono - goneAt < REMEMBER_MS) kept[id] = { ...order, entrySince: null, goneAt };
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

/** An exit becomes an entry when its position closes first; its cancel waits, for the report may be out of turn. */
function isCancelDue({ state, settings, at }: Turn, id: string): boolean {
  const order = state.known[id];
  if (order?.entrySince === undefined || order.entrySince === null) return false;
  const wait = order.first === 'reducing' || order.first === 'mixed' ? settings.retryMs : 0;
  if (at.mono - order.entrySince < wait) return false;
  return order.cancelAskedAt === null || at.mono - order.cancelAskedAt >= settings.retryMs;
}
