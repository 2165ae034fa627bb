import { assertNever } from '../../kernel/assert-never.ts';
import type { JournalEntry } from '../journal/record.ts';
import { accountReported, connectionReported, itemReported } from './account-reports.ts';
import type { Fact, Stamp } from './fact.ts';
import { executionReported } from './fill-reports.ts';
import { linkGap, linkLost, linkOpened, linkRefused } from './link-reports.ts';
import { instrumentReported, quoteReported } from './market-reports.ts';
import { orderReported, orderVanished } from './order-reports.ts';
import { positionReported } from './position-reports.ts';
import { Reduction, type ChangeSet } from './reduction.ts';
import { snapshotReceived } from './snapshot-report.ts';
import { NO_RANK, type DeskState } from './state.ts';

export interface ReducedDesk {
  readonly state: DeskState;
  /** What the journal keeps of it, in order. */
  readonly entries: readonly JournalEntry[];
  readonly changed: ChangeSet;
}

/** Takes one fact into the desk. Pure: the same state, fact and stamp give the same result. */
export function reduceDesk(state: DeskState, fact: Fact, stamp: Stamp): ReducedDesk {
  const r = new Reduction(state, stamp, 'live');
  take(r, fact);
  return { state: r.state, entries: r.entries, changed: r };
}

/** Takes one journal entry back into the desk; entries that say nothing of the desk change nothing. */
export function replayEntry(state: DeskState, entry: JournalEntry, stamp: Stamp): DeskState {
  const r = new Reduction(state, stamp, 'replay');
  if (entry.kind === 'order.vanished') {
    const { account, orderId } = entry;
    for (const [name, known] of state.accounts) {
      if (name !== account) continue;
      for (const id of known.liveOrders.keys()) {
        if (id === orderId) orderVanished(r, name, id, NO_RANK);
      }
    }
  } else if (entry.kind === 'position.carried') {
    const carried = new Map(entry.carried.map((c) => [c.instrument, c.quantity]));
    r.putAccount(entry.account, { carried, carriedDay: entry.day });
  } else if (isFact(entry)) {
    take(r, entry);
  }
  return r.state;
}

function take(r: Reduction, fact: Fact): void {
  switch (fact.kind) {
    case 'link.opened':
      return linkOpened(r, fact);
    case 'link.lost':
      return linkLost(r, fact);
    case 'link.gap':
      return linkGap(r, fact);
    case 'link.refused':
      return linkRefused(r, fact);
    case 'instrument.reported':
      return instrumentReported(r, fact);
    case 'account.reported':
      return accountReported(r, fact, r.rank(fact.seq));
    case 'item.reported':
      return itemReported(r, fact, r.rank(fact.seq));
    case 'order.reported':
      return orderReported(r, fact.order, r.rank(fact.seq));
    case 'execution.reported':
      return executionReported(r, fact.execution, fact.seq);
    case 'position.reported':
      return positionReported(r, fact, r.rank(fact.seq));
    case 'connection.reported':
      return connectionReported(r, fact, r.rank(fact.seq));
    case 'quote.reported':
      return quoteReported(r, fact.quote);
    case 'bar.reported':
      // Bars go to their own store; the desk decides nothing by them.
      return;
    case 'snapshot.received':
      return snapshotReceived(r, fact);
    case 'guard.reported':
      // The guard has its own mirror, which journals what is news to it.
      return;
    case 'command.acked':
    case 'command.finished':
    case 'flatten.progressed':
      return r.keep(fact);
    default:
      return assertNever(fact);
  }
}

const FACT_KINDS: ReadonlySet<string> = new Set<Fact['kind']>([
  'link.opened',
  'link.lost',
  'link.gap',
  'link.refused',
  'instrument.reported',
  'account.reported',
  'item.reported',
  'order.reported',
  'execution.reported',
  'position.reported',
  'connection.reported',
  'command.acked',
  'command.finished',
  'flatten.progressed',
]);

function isFact(entry: JournalEntry): entry is Extract<JournalEntry, Fact> {
  return FACT_KINDS.has(entry.kind);
}
