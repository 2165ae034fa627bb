import type { AccountName } from '../account/account.ts';
import type { Execution } from '../account/execution.ts';
import type { AccountDesk, DeskState, FillBook, FillCell, OrderCell } from '../desk/state.ts';
import type { FlattenRecord } from '../flatten/record.ts';
import type { GuardMirror } from '../guard/mirror.ts';
import type { InstrumentName } from '../instrument/instrument.ts';
import type { TradingDay } from '../session/trading-day.ts';
import type { FoldedJournal } from './fold.ts';
import type { AccountRisk } from './risk-fold.ts';
import { JOURNAL_UPCASTERS } from './upcast.ts';

/**
 * Counts up whenever the same journal would fold to something else than before: a changed state, a changed
 * replay or a changed form of the parts. A snapshot of another version is not looked into.
 */
export const SNAPSHOT_VERSION = 4;

/** Which kinds of entries the fold understood, in which versions; another app may have skipped some. */
export const SNAPSHOT_READS = Object.entries(JOURNAL_UPCASTERS)
  .map(([kind, steps]) => `${kind} ${steps.length + 1}`)
  .sort()
  .join(', ');

/** One piece of a snapshot, small enough to be written or read between two messages. */
export type SnapshotPart =
  | {
      readonly part: 'desk';
      readonly version: number;
      readonly reads: string;
      readonly lastSeq: number;
      readonly link: DeskState['link'];
      readonly connections: Entries<DeskState['connections']>;
      readonly instruments: Entries<DeskState['instruments']>;
      readonly fillsKeptFrom: TradingDay | null;
    }
  | { readonly part: 'guard'; readonly mirror: GuardMirror }
  | { readonly part: 'risk'; readonly name: AccountName; readonly risk: AccountRisk }
  | { readonly part: 'flattens'; readonly records: readonly FlattenRecord[] }
  | { readonly part: 'account'; readonly name: AccountName; readonly account: PlainAccount }
  | {
      readonly part: 'settledOrders';
      readonly account: AccountName;
      readonly cells: readonly OrderCell[];
    }
  | {
      readonly part: 'fills';
      readonly account: AccountName;
      readonly instrument: InstrumentName;
      readonly cells: readonly PlainFill[];
    };

export type PlainAccount = Omit<AccountDesk, MapField | 'settledOrders' | 'books'> & {
  readonly [F in MapField]: Entries<AccountDesk[F]>;
} & { readonly books: readonly (readonly [InstrumentName, PlainBook])[] };

export type PlainBook = Omit<FillBook, 'fills' | 'latest'> & { readonly latest: PlainFill | null };

/** What a fill adds to its account and instrument; its trading day follows from its time. */
export type PlainFill = readonly [
  arrival: number,
  heardOn: TradingDay,
  execution: Omit<Execution, 'account' | 'instrument'>,
];

type MapField = 'items' | 'positions' | 'liveOrders' | 'carried';
type Entries<M> = M extends ReadonlyMap<infer K, infer V> ? readonly (readonly [K, V])[] : never;

const PER_PART = 200;

/** A folded journal as plain data, part by part. Quotes are not in a journal and so not in here. */
export function* snapshotOf(folded: FoldedJournal): Generator<SnapshotPart> {
  const { desk, flattens, guard, risk: risks, lastSeq } = folded;
  yield {
    part: 'desk',
    version: SNAPSHOT_VERSION,
    reads: SNAPSHOT_READS,
    lastSeq,
    link: desk.link,
    connections: [...desk.connections],
    instruments: [...desk.instruments],
    fillsKeptFrom: desk.fillsKeptFrom,
  };
  for (const records of pieces(flattens)) yield { part: 'flattens', records };
  for (const [name, account] of desk.accounts) {
    yield { part: 'account', name, account: plainAccount(account) };
    for (const cells of pieces(account.settledOrders.values())) {
      yield { part: 'settledOrders', account: name, cells };
    }
    for (const [instrument, { fills }] of account.books) {
      for (const cells of pieces(fills.values())) {
        yield { part: 'fills', account: name, instrument, cells: cells.map(plainFill) };
      }
    }
  }
  for (const [name, risk] of risks) yield { part: 'risk', name, risk };
  yield { part: 'guard', mirror: guard };
}

function plainAccount({ settledOrders: _, ...account }: AccountDesk): PlainAccount {
  return {
    ...account,
    items: [...account.items],
    positions: [...account.positions],
    liveOrders: [...account.liveOrders],
    carried: [...account.carried],
    books: [...account.books].map(([instrument, { fills: _fills, latest, ...book }]) => [
      instrument,
      { ...book, latest: latest === null ? null : plainFill(latest) },
    ]),
  };
}

function plainFill({ execution, heardOn, arrival }: FillCell): PlainFill {
  const { account: _account, instrument: _instrument, ...rest } = execution;
  return [arrival, heardOn, rest];
}

function* pieces<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += PER_PART) yield list.slice(from, from + PER_PART);
}
