import { assertNever } from '../../kernel/assert-never.ts';
import type { AccountName } from '../account/account.ts';
import { EMPTY_DESK, type AccountDesk, type DeskState, type FillCell } from '../desk/state.ts';
import { VersionedMap } from '../desk/versioned-map.ts';
import type { FlattenRecord } from '../flatten/record.ts';
import type { GuardMirror } from '../guard/mirror.ts';
import type { InstrumentName } from '../instrument/instrument.ts';
import { tradingDayOf } from '../session/trading-day.ts';
import type { FoldedJournal } from './fold.ts';
import type { AccountRisk } from './risk-fold.ts';
import {
  SNAPSHOT_READS,
  SNAPSHOT_VERSION,
  type PlainAccount,
  type PlainFill,
  type SnapshotPart,
} from './snapshot.ts';

/** Puts a snapshot together again from its parts; what it does not understand makes the whole of it useless. */
export class SnapshotReading {
  #head: Extract<SnapshotPart, { part: 'desk' }> | null = null;
  readonly #accounts = new Map<AccountName, AccountDesk>();
  readonly #flattens: FlattenRecord[] = [];
  readonly #risk = new Map<AccountName, AccountRisk>();
  #guard: GuardMirror | null = null;
  #isUnderstood = true;

  /** Takes the next part; false when the snapshot cannot be used. */
  take(part: unknown): boolean {
    this.#isUnderstood &&= isPart(part) && this.#takePart(part);
    return this.#isUnderstood;
  }

  /** What was folded; null when the snapshot cannot be used. */
  folded(): FoldedJournal | null {
    if (this.#head === null || this.#guard === null || !this.#isUnderstood) return null;
    const { link, connections, instruments, fillsKeptFrom, lastSeq } = this.#head;
    const desk: DeskState = {
      ...EMPTY_DESK,
      link,
      accounts: this.#accounts,
      connections: new Map(connections),
      instruments: new Map(instruments),
      fillsKeptFrom,
    };
    return { desk, flattens: this.#flattens, guard: this.#guard, risk: this.#risk, lastSeq };
  }

  #takePart(part: SnapshotPart): boolean {
    if (part.part === 'desk') {
      const { version, reads } = part;
      const isToday = version === SNAPSHOT_VERSION && reads === SNAPSHOT_READS;
      if (this.#head !== null || !isToday) return false;
      this.#head = part;
      return true;
    }
    if (this.#head === null) return false;
    switch (part.part) {
      case 'guard':
        if (this.#guard !== null) return false;
        this.#guard = part.mirror;
        return true;
      case 'flattens':
        this.#flattens.push(...part.records);
        return true;
      case 'risk':
        this.#risk.set(part.name, part.risk);
        return true;
      case 'account':
        this.#accounts.set(part.name, accountFrom(part.name, part.account));
        return true;
      case 'settledOrders':
        return this.#takeSettled(part);
      case 'fills':
        return this.#takeFills(part);
      default:
        return assertNever(part);
    }
  }

  #takeSettled(part: Extract<SnapshotPart, { part: 'settledOrders' }>): boolean {
    const account = this.#accounts.get(part.account);
    if (account === undefined) return false;
    let { settledOrders } = account;
    for (const cell of part.cells) settledOrders = settledOrders.with(cell.order.id, cell);
    this.#accounts.set(part.account, { ...account, settledOrders });
    return true;
  }

  #takeFills(part: Extract<SnapshotPart, { part: 'fills' }>): boolean {
    const account = this.#accounts.get(part.account);
    const book = account?.books.get(part.instrument);
    if (account === undefined || book === undefined) return false;
    let { fills } = book;
    for (const plain of part.cells) {
      const cell = fillFrom(part, plain);
      fills = fills.with(cell.execution.id, cell);
    }
    const books = new Map(account.books).set(part.instrument, { ...book, fills });
    this.#accounts.set(part.account, { ...account, books });
    return true;
  }
}

/** A snapshot made whole again; null when any part of it is not understood. */
export function deskFromSnapshot(parts: Iterable<unknown>): FoldedJournal | null {
  const reading = new SnapshotReading();
  for (const part of parts) if (!reading.take(part)) return null;
  return reading.folded();
}

/** Looks at the outer form only: the version stands for what is inside. */
function isPart(value: unknown): value is SnapshotPart {
  if (!isRecord(value)) return false;
  switch (value['part']) {
    case 'desk':
      return isRecord(value['link']) && areLists(value, ['connections', 'instruments']);
    case 'guard': {
      const { mirror } = value;
      return (
        isRecord(mirror) &&
        isRecord(mirror['wanted']) &&
        areLists(mirror['wanted'], ['accounts']) &&
        areLists(mirror, ['superseded'])
      );
    }
    case 'flattens':
      return areLists(value, ['records']);
    case 'risk':
      return isRecord(value['risk']) && areLists(value['risk'], ['assigned', 'choices', 'taken']);
    case 'settledOrders':
    case 'fills':
      return areLists(value, ['cells']);
    case 'account':
      return (
        isRecord(value['account']) &&
        areLists(value['account'], ['items', 'positions', 'liveOrders', 'carried', 'books'])
      );
    default:
      return false;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areLists(of: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return names.every((name) => Array.isArray(of[name]));
}

function accountFrom(account: AccountName, plain: PlainAccount): AccountDesk {
  return {
    ...plain,
    items: new Map(plain.items),
    positions: new Map(plain.positions),
    liveOrders: new Map(plain.liveOrders),
    carried: new Map(plain.carried),
    settledOrders: VersionedMap.empty(),
    books: new Map(
      plain.books.map(([instrument, { latest, ...book }]) => [
        instrument,
        {
          ...book,
          fills: VersionedMap.empty(),
          latest: latest === null ? null : fillFrom({ account, instrument }, latest),
        },
      ]),
    ),
  };
}

function fillFrom(
  of: { readonly account: AccountName; readonly instrument: InstrumentName },
  [arrival, heardOn, rest]: PlainFill,
): FillCell {
  const { account, instrument } = of;
  const execution = { ...rest, account, instrument };
  return { execution, day: tradingDayOf(rest.executedAt), heardOn, arrival };
}
