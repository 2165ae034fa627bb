import type {
  AccountIdentity,
  AccountItemName,
  AccountName,
  ConnectionStatus,
} from '../account/account.ts';
import type { AccountReported, ConnectionReported, ItemReported } from './fact.ts';
import type { Reduction } from './reduction.ts';
import { withEntry, type AccountDesk, type ItemCell, type Rank } from './state.ts';

/** Items that move with every price; the journal keeps them at most once a minute. */
const FOLLOWS_PRICES: ReadonlySet<AccountItemName> = new Set([
  'netLiquidation',
  'unrealizedProfitLoss',
  'excessIntradayMargin',
  'buyingPower',
  'trailingMaxDrawdown',
]);

const JOURNAL_EVERY_MS = 60_000;

/** Whether the item moves with prices, so that the journal holds a sample of it and not its last value. */
export function followsPrices(item: AccountItemName): boolean {
  return FOLLOWS_PRICES.has(item);
}

/** Takes in who an account is and how it is connected. */
export function accountReported(r: Reduction, fact: AccountReported, rank: Rank): void {
  const { name } = fact.account;
  const known = r.state.accounts.get(name);
  if (!r.accepts(rank, r.account(name), known?.identityRank)) return;
  const isNews =
    known === undefined ||
    !sameIdentity(known.identity, fact.account) ||
    !sameList(known.reportedItems, fact.reportedItems);
  r.putAccount(name, {
    identity: fact.account,
    reportedItems: fact.reportedItems,
    identityRank: rank,
    heardAt: r.stamp.wall,
    confirmedIn: confirmedAfter(r.account(name), fact.account.connectionStatus),
  });
  if (!isNews) return;
  r.isUrgent = true;
  r.keep(fact);
}

/** Takes in a connection's status, which is the status of all its accounts. */
export function connectionReported(r: Reduction, fact: ConnectionReported, rank: Rank): void {
  const known = r.state.connections.get(fact.name);
  if (r.mode === 'live' && known !== undefined && rank <= known.rank) return;
  const { kind: _kind, seq: _seq, ...report } = fact;
  const connections = withEntry(r.state.connections, fact.name, { report, rank });
  r.state = { ...r.state, connections };
  const isNews =
    known?.report.status !== fact.status || known.report.priceStatus !== fact.priceStatus;
  if (isNews) {
    r.isUrgent = true;
    r.keep(fact);
  }
  // In a snapshot each account speaks for itself; a replay finds what followed among the accounts' entries.
  if (r.mode === 'replay' || r.isSnapshot) return;
  for (const [name, account] of r.state.accounts)
    followConnection(r, { name, account, fact, rank });
}

function followConnection(
  r: Reduction,
  step: { name: AccountName; account: AccountDesk; fact: ConnectionReported; rank: Rank },
): void {
  const { name, account, fact, rank } = step;
  if (account.identity.connectionName !== fact.name) return;
  if (account.identity.connectionStatus === fact.status) return;
  if (!r.accepts(rank, account, account.identityRank)) return;
  const identity = { ...account.identity, connectionStatus: fact.status };
  const confirmedIn = confirmedAfter(account, fact.status);
  r.putAccount(name, { identity, identityRank: rank, confirmedIn });
  r.isUrgent = true;
  const { reportedItems } = account;
  r.keep({ kind: 'account.reported', seq: fact.seq, account: identity, reportedItems });
}

/** What was known before a change of connection needs a snapshot from after it to count again. */
function confirmedAfter(account: AccountDesk, status: ConnectionStatus): number {
  return account.identity.connectionStatus === status ? account.confirmedIn : 0;
}

/** Takes in a figure of the broker. */
export function itemReported(r: Reduction, fact: ItemReported, rank: Rank): void {
  const account = r.account(fact.account);
  const known = account.items.get(fact.item);
  if (!r.accepts(rank, account, known?.rank)) return;
  if (r.mode === 'live' && isZeroOnDisconnect(account, fact, known)) {
    r.hear(fact.account);
    return;
  }
  const due = isJournalDue(r, fact, known);
  const cell: ItemCell = {
    value: fact.value,
    reportedAt: fact.reportedAt,
    rank,
    journaledAt: due && r.mode === 'live' ? r.stamp.mono : (known?.journaledAt ?? null),
  };
  r.putAccount(fact.account, {
    items: withEntry(account.items, fact.item, cell),
    heardAt: r.stamp.wall,
  });
  if (due) r.keep(fact);
}

/** A platform that loses its broker sends zeros for figures it no longer knows; the last known one stands. */
function isZeroOnDisconnect(
  account: AccountDesk,
  fact: ItemReported,
  known: ItemCell | undefined,
): boolean {
  return (
    fact.value === 0 &&
    known !== undefined &&
    known.value !== 0 &&
    account.identity.connectionStatus !== 'connected'
  );
}

function isJournalDue(r: Reduction, fact: ItemReported, known: ItemCell | undefined): boolean {
  if (known?.value === fact.value) return false;
  if (!followsPrices(fact.item)) return true;
  const last = known?.journaledAt ?? null;
  return last === null || r.stamp.mono - last >= JOURNAL_EVERY_MS;
}

function sameIdentity(a: AccountIdentity, b: AccountIdentity): boolean {
  return (
    a.displayName === b.displayName &&
    a.kind === b.kind &&
    a.provider === b.provider &&
    a.connectionName === b.connectionName &&
    a.connectionStatus === b.connectionStatus &&
    a.currency === b.currency
  );
}

function sameList(a: readonly string[] | null, b: readonly string[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
