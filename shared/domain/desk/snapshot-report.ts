import type { AccountName } from '../account/account.ts';
import { accountReported, connectionReported, itemReported } from './account-reports.ts';
import { correctOrders, correctPositions } from './corrections.ts';
import type { AccountReported, SnapshotReceived } from './fact.ts';
import { tradingDayOf, type TradingDay } from '../session/trading-day.ts';
import { executionReported } from './fill-reports.ts';
import { carriedAfter } from './contradictions.ts';
import { extendDoubt } from './link-reports.ts';
import type { Reduction } from './reduction.ts';
import { snapshotRankOf, type AccountDesk, type Doubt, type Rank } from './state.ts';

/**
 * Takes in a whole snapshot as the changes it makes. What a message said after the snapshot was begun
 * stands; what the snapshot does not list is gone, provided that it speaks for the account.
 */
export function snapshotReceived(r: Reduction, snapshot: SnapshotReceived): void {
  const { link } = r.state;
  const rank = snapshotRankOf(link.epoch, snapshot.asOfSeq);
  if (rank < link.snapshotRank) return;
  r.state = { ...r.state, link: { ...link, snapshotRank: rank } };
  r.isSnapshot = true;
  for (const connection of snapshot.connections) connectionReported(r, connection, rank);
  for (const account of snapshot.accounts) accountReported(r, account, rank);
  for (const item of snapshot.items) itemReported(r, item, rank);
  const speaksFor = accountsSpokenFor(r, snapshot, rank);
  correctOrders(r, { snapshot, speaksFor, rank });
  correctPositions(r, { snapshot, speaksFor, rank });
  for (const execution of snapshot.executions) {
    executionReported(r, execution, snapshot.asOfSeq);
  }
  for (const account of unlistedAccounts(r, snapshot)) accountReported(r, account, rank);
  settleDoubts(r, snapshot, rank);
}

/** Accounts that the snapshot does not list, as disconnected: not listed is not the same as flat. */
function unlistedAccounts(r: Reduction, snapshot: SnapshotReceived): AccountReported[] {
  if (refusesAll(snapshot)) return [];
  const listed = new Set(snapshot.accounts.map((report) => report.account.name));
  const refused = new Set(snapshot.refused.map((entry) => entry.account));
  const missing: AccountReported[] = [];
  for (const [name, account] of r.state.accounts) {
    if (listed.has(name) || refused.has(name)) continue;
    missing.push({
      kind: 'account.reported',
      seq: snapshot.asOfSeq,
      account: { ...account.identity, connectionStatus: 'disconnected' },
      reportedItems: account.reportedItems,
    });
  }
  return missing;
}

/** Accounts for which absence proves something: listed, connected, and read without a refused entry. */
function accountsSpokenFor(
  r: Reduction,
  snapshot: SnapshotReceived,
  rank: Rank,
): ReadonlySet<AccountName> {
  const spoken = new Set<AccountName>();
  if (refusesAll(snapshot)) return spoken;
  const refused = new Set(snapshot.refused.map((entry) => entry.account));
  for (const { account } of snapshot.accounts) {
    const known = r.account(account.name);
    if (known.identity.connectionStatus !== 'connected' || refused.has(account.name)) continue;
    if (!hasReconnectedSince(r, known, rank)) spoken.add(account.name);
  }
  return spoken;
}

/**
 * Whether the account's connection changed after the snapshot was begun: the lists of a platform that had
 * no broker for the account are empty, and that it is connected by now makes them no truer.
 */
function hasReconnectedSince(r: Reduction, account: AccountDesk, rank: Rank): boolean {
  return account.identityRank > rank && account.confirmedIn !== r.state.link.epoch;
}

/** Unreadable terms of a contract alone hide nothing: what is held in it is refused by its own account. */
function refusesAll(snapshot: SnapshotReceived): boolean {
  return snapshot.refused.some((entry) => entry.account === '' && entry.type !== 'instrument');
}

function settleDoubts(r: Reduction, snapshot: SnapshotReceived, rank: Rank): void {
  const { epoch } = r.state.link;
  const refused = new Set(snapshot.refused.map((entry) => entry.account));
  const all = refusesAll(snapshot);
  const listed = new Set(snapshot.accounts.map((report) => report.account.name));
  const settled = new Map<AccountName, AccountDesk>();
  for (const [name, account] of r.state.accounts) {
    if (all || refused.has(name)) {
      const doubt = extendDoubt(account.doubt, r, rank);
      // A `state` snapshot holds no executions, so none of them can have been among what was refused.
      const fillsDoubt = snapshot.scope === 'full' ? doubt : account.fillsDoubt;
      settled.set(name, { ...account, doubt, fillsDoubt });
    } else if (listed.has(name)) {
      const today = tradingDayOf(r.stamp.wall);
      const confirmedIn = hasReconnectedSince(r, account, rank) ? account.confirmedIn : epoch;
      const confirmed = confirm(account, { snapshot, rank, epoch, today, confirmedIn });
      keepCarried(r, account, confirmed);
      settled.set(name, confirmed);
    } else {
      settled.set(name, account);
    }
  }
  r.putAccounts(settled);
}

/** A restart has to know what was carried before a contradiction began. */
function keepCarried(r: Reduction, before: AccountDesk, after: AccountDesk): void {
  if (after.carriedDay === null || !isCarriedAnew(before, after)) return;
  const carried = [...after.carried].map(([instrument, quantity]) => ({ instrument, quantity }));
  r.keep({
    kind: 'position.carried',
    account: after.identity.name,
    day: after.carriedDay,
    carried,
  });
}

function isCarriedAnew(before: AccountDesk, after: AccountDesk): boolean {
  if (before.carriedDay !== after.carriedDay) return true;
  if (before.carried.size !== after.carried.size) return true;
  return [...after.carried].some(([name, quantity]) => before.carried.get(name) !== quantity);
}

function confirm(
  account: AccountDesk,
  by: {
    snapshot: SnapshotReceived;
    rank: Rank;
    epoch: number;
    today: TradingDay;
    confirmedIn: number;
  },
): AccountDesk {
  const isFull = by.snapshot.scope === 'full';
  return {
    ...account,
    ...(isFull ? carriedAfter(account, by.today) : {}),
    toldUntil: Math.max(account.toldUntil, by.rank),
    confirmedIn: by.confirmedIn,
    fillsConfirmedIn: isFull ? by.epoch : account.fillsConfirmedIn,
    doubt: stillOpen(account.doubt, by.rank),
    fillsDoubt: isFull ? stillOpen(account.fillsDoubt, by.rank) : account.fillsDoubt,
  };
}

function stillOpen(doubt: Doubt | null, rank: Rank): Doubt | null {
  return doubt !== null && doubt.untilRank > rank ? doubt : null;
}
