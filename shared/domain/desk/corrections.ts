import type { AccountName } from '../account/account.ts';
import { isLiveOrder, type Order, type OrderId } from '../account/order.ts';
import type { Position } from '../account/position.ts';
import type { InstrumentName } from '../instrument/instrument.ts';
import type { PositionReported, SnapshotReceived } from './fact.ts';
import { knownOrder, orderReported, orderVanished, sameOrder } from './order-reports.ts';
import { positionReported, samePosition } from './position-reports.ts';
import type { Reduction } from './reduction.ts';
import type { Rank } from './state.ts';

interface Reading {
  readonly snapshot: SnapshotReceived;
  /** Accounts for which absence from the snapshot proves something. */
  readonly speaksFor: ReadonlySet<AccountName>;
  readonly rank: Rank;
}

/** Brings the orders in line with a snapshot. */
export function correctOrders(r: Reduction, reading: Reading): void {
  const { snapshot, speaksFor, rank } = reading;
  const listed = new Map<AccountName, Set<OrderId>>();
  for (const order of snapshot.orders) {
    idsOf(listed, order.account).add(order.id);
    const known = knownOrder(r.account(order.account), order.id);
    const isSame = known !== undefined && !known.vanished && sameOrder(known.order, order);
    // A younger message stands; what is unchanged in an account spoken for needs no further word.
    if (known !== undefined && known.rank > rank) continue;
    if (isSame && speaksFor.has(order.account)) continue;
    const taken = r.entries.length;
    orderReported(r, order, rank);
    if (r.entries.length > taken && known !== undefined) {
      noteOrder(r, known.order, describeOrder(order));
    }
  }
  for (const name of speaksFor) {
    const present = listed.get(name);
    for (const [id, cell] of r.account(name).liveOrders) {
      if (cell.rank > rank || present?.has(id) === true) continue;
      orderVanished(r, name, id, rank);
      noteOrder(r, cell.order, 'no longer known to the platform');
    }
  }
}

/** Brings the positions in line with a snapshot. */
export function correctPositions(r: Reduction, reading: Reading): void {
  const { snapshot, speaksFor, rank } = reading;
  const listed = new Set<string>();
  for (const report of snapshot.positions) {
    listed.add(keyOf(report.account, report.instrument));
    // A zero of an account that the snapshot does not speak for is as good as an absence: it proves nothing.
    if (report.quantity === 0 && !speaksFor.has(report.account)) continue;
    correctPosition(r, report, rank);
  }
  for (const name of speaksFor) {
    for (const [instrument, cell] of r.account(name).positions) {
      if (cell.position === null || listed.has(keyOf(name, instrument))) continue;
      correctPosition(r, flatReport(r, { name, instrument, seq: snapshot.asOfSeq }), rank);
    }
  }
}

function correctPosition(r: Reduction, report: PositionReported, rank: Rank): void {
  const account = r.account(report.account);
  const known = account.positions.get(report.instrument);
  if (known !== undefined && known.rank > rank) return;
  const before = known?.position ?? null;
  if (known !== undefined && samePosition(before, report)) return;
  const wasConfirmed = account.confirmedIn === r.state.link.epoch;
  const taken = r.entries.length;
  positionReported(r, report, rank);
  if (r.entries.length === taken || (known === undefined && !wasConfirmed)) return;
  const was = describePosition(before);
  const is = describePosition(report);
  if (was === is) return;
  const subject = `position ${report.account} ${report.instrument}`;
  r.keep({ kind: 'reconcile.corrected', subject, was, is });
}

function noteOrder(r: Reduction, was: Order, is: string): void {
  const before = describeOrder(was);
  if (before === is) return;
  const subject = `order ${was.account} ${was.instrument} ${was.id}`;
  r.keep({ kind: 'reconcile.corrected', subject, was: before, is });
}

function flatReport(
  r: Reduction,
  at: { name: AccountName; instrument: InstrumentName; seq: number },
): PositionReported {
  return {
    kind: 'position.reported',
    seq: at.seq,
    account: at.name,
    instrument: at.instrument,
    quantity: 0,
    averageTicksE4: null,
    reportedAt: r.stamp.wall,
  };
}

function describePosition(position: Pick<Position, 'quantity'> | null): string {
  if (position === null || position.quantity === 0) return 'flat';
  return position.quantity > 0 ? `long ${position.quantity}` : `short ${-position.quantity}`;
}

function describeOrder(order: Order): string {
  const size = `${order.side} ${order.quantity}`;
  if (!isLiveOrder(order.state)) return `${size} ${order.state}`;
  return `${size} ${order.state}, ${order.filled} filled`;
}

function idsOf(listed: Map<AccountName, Set<OrderId>>, name: AccountName): Set<OrderId> {
  const ids = listed.get(name) ?? new Set<OrderId>();
  listed.set(name, ids);
  return ids;
}

function keyOf(account: AccountName, instrument: InstrumentName): string {
  return `${account}\n${instrument}`;
}
