import { hasPassed, type MonoMs } from '../../../kernel/clock.ts';
import type { LiveOrder, RuleSummary } from './account-reading.ts';
import { holdingOf } from './bypass.ts';
import { ordersOverCap } from './cap-fit.ts';
import { askCancels, isCancelFree, REMEMBER_MS } from './order-watch.ts';
import type { KnownOrder, ProtectionState } from './protection-state.ts';
import { RULE_LOCK, rulesInForce } from './rule-judging.ts';
import type { Turn } from './turn.ts';

/**
 * How long an entry must stand over a cap before its cancel is asked for, in milliseconds. A fill is told twice, as the
 * order's and as the position's; between the two reports it counts double or not at all.
 */
const SETTLE_MS = 250;

/**
 * Asks for the cancel of the entry orders that would take the account over a cap when they fill, the newest first: what
 * stood before was within the cap until they came, and the trader has planned by it. Under a lock every entry goes anyway.
 * A flatten under way is not waited for: nobody knows here whether it still runs.
 */
export function cancelOverCap(turn: Turn): void {
  const over = overCaps(turn);
  markOver(turn, over);
  if (over.size === 0) return;
  const stood = byAge(turn.state)
    .toReversed()
    .filter(({ id }) => over.has(id) && hasStood(turn, id));
  if (!turn.permission.cancelEntries) {
    for (const { id } of stood) turn.withhold('cancel-entries', `${RULE_LOCK}${over.get(id)}`);
    return;
  }
  for (const { id, instrument, quantity } of stood) {
    const notice = { rule: over.get(id) ?? '', order: id, instrument, quantity };
    turn.tellOnce(`over-cap ${id}`, { kind: 'over-cap', ...notice });
  }
  const due = stood.map(({ id }) => id).filter((id) => isCancelFree(turn, id));
  if (due.length > 0) askCancels(turn, due);
}

/** When time alone may make a cancel due, on the monotonic clock. */
export function capWakes({ state, settings: { retryMs } }: Turn): readonly number[] {
  const wakes: number[] = [];
  for (const { id } of state.orders) {
    const { overSince = null, cancelAskedAt = null } = state.known[id] ?? {};
    if (overSince !== null) wakes.push(overSince + SETTLE_MS, overSince + retryMs);
    if (overSince !== null && cancelAskedAt !== null) wakes.push(cancelAskedAt + retryMs);
  }
  if (wakes.length === 0) return wakes;
  // What is forgotten cannot be what an order protects any more.
  const gone = Object.values(state.known).flatMap(({ goneAt }) => goneAt ?? []);
  return [...wakes, ...gone.map((at) => at + REMEMBER_MS)];
}

/** The orders that do not fit, with the first rule that says so. */
function overCaps(turn: Turn): ReadonlyMap<string, string> {
  const { positions, book } = turn.state;
  const over = new Map<string, string>();
  if (positions === null || book.locks.length > 0) return over;
  const caps = (rulesInForce(turn.state) ?? []).filter(isActedOn);
  if (caps.length === 0) return over;
  const orders = byAge(turn.state);
  const holding = holdingOf(positions);
  for (const { rule, cap } of caps) {
    if (cap === null) continue;
    for (const { id } of ordersOverCap(orders, positions, holding, cap)) {
      if (!over.has(id)) over.set(id, rule);
    }
  }
  return over;
}

function isActedOn({ cap, effect }: RuleSummary): boolean {
  return cap !== null && (effect === 'hard' || effect === 'soft' || effect === 'refuse');
}

/** An order that was made larger asks for its room anew. Those of one instant stay as the platform lists them. */
function byAge({ orders, known }: ProtectionState): readonly LiveOrder[] {
  const sizedAt = ({ id }: LiveOrder) => known[id]?.sizedAt ?? 0;
  return orders.toSorted((a, b) => sizedAt(a) - sizedAt(b));
}

function markOver(turn: Turn, over: ReadonlyMap<string, string>): void {
  const { orders, known } = turn.state;
  let marked: Record<string, KnownOrder> | null = null;
  for (const { id } of orders) {
    const order = known[id];
    if (order === undefined) continue;
    const overSince = over.has(id) ? (order.overSince ?? turn.at.mono) : null;
    if (overSince === order.overSince) continue;
    marked ??= { ...known };
    marked[id] = { ...order, overSince };
  }
  if (marked !== null) turn.set({ known: marked });
}

function hasStood({ state, settings, at }: Turn, id: string): boolean {
  const order = state.known[id];
  if (order === undefined || order.overSince === null) return false;
  const wait = mayProtect(state, order, settings.retryMs) ? settings.retryMs : SETTLE_MS;
  return hasPassed(order.overSince, wait, at.mono);
}

/**
 * An order that was an exit may be one again, for its position may be told out of turn. One that came about when an order
 * of the other side shrank or went may be the stop or the target of what that one filled.
 */
function mayProtect({ known }: ProtectionState, order: KnownOrder, within: number): boolean {
  if (order.first === 'reducing' || order.first === 'mixed') return true;
  return Object.values(known).some(
    (other) =>
      other.instrument === order.instrument &&
      (other.quantity ?? 0) * (order.quantity ?? 0) < 0 &&
      [other.goneAt, other.shrunkAt].some((at) => isNear(at, order.sizedAt, within)),
  );
}

function isNear(a: MonoMs | null, b: MonoMs | null, within: number): boolean {
  return a !== null && b !== null && Math.abs(a - b) < within;
}
