import type { EpochMs } from '../../shared/kernel/clock.ts';
import { isLiveOrder } from '../../shared/domain/account/order.ts';
import type { SimulatedPlatform } from '../../shared/simulation/simulated-platform.ts';
import type { TerminalAccount } from '../../shared/simulation/terminal/terminal-account.ts';
import type { AddonEvent } from '../../shared/protocol/addon/events.ts';
import {
  accountRecord,
  connectionRecord,
  executionRecord,
  instrumentRecord,
  itemRecord,
  orderRecord,
  positionRecord,
  type ContractOf,
} from './wire-records.ts';

type Part = Extract<AddonEvent, { type: 'snapshot' }>['payload'];
type Content = Omit<Part, 'snapshotId' | 'kind' | 'asOfSeq' | 'part' | 'parts'>;

/** Ended orders that a full snapshot still lists for each account. */
const ENDED_ORDERS = 50;

/** Entries of one kind in a part; a part of orders this long stays well below the frame limit. */
const ENTRIES_PER_PART = 800;

/** Commands whose life a snapshot tells, newest last. */
const COMMANDS_TOLD = 200;

export interface SnapshotTerms {
  readonly snapshotId: string;
  readonly kind: 'full' | 'state';
  readonly asOfSeq: number;
  readonly executionsSince: EpochMs | null;
}

/** Reads NinjaTrader's present picture as the payloads of one snapshot, in parts. */
export function snapshotParts(
  platform: SimulatedPlatform,
  contractOf: ContractOf,
  terms: SnapshotTerms,
): readonly Part[] {
  const { executionsSince, ...head } = terms;
  const content = readContent(platform, contractOf, terms);
  const lengths = Object.values(content).map((entries) => entries.length);
  const parts = Math.max(1, ...lengths.map((length) => Math.ceil(length / ENTRIES_PER_PART)));
  return Array.from({ length: parts }, (_, index) => {
    const from = index * ENTRIES_PER_PART;
    const slice = <T>(entries: T[]): T[] => entries.slice(from, from + ENTRIES_PER_PART);
    return {
      ...head,
      part: index + 1,
      parts,
      accounts: slice(content.accounts),
      accountItems: slice(content.accountItems),
      connections: slice(content.connections),
      instruments: slice(content.instruments),
      orders: slice(content.orders),
      executions: slice(content.executions),
      positions: slice(content.positions),
      commands: slice(content.commands),
    };
  });
}

function readContent(
  platform: SimulatedPlatform,
  contractOf: ContractOf,
  { kind, executionsSince }: SnapshotTerms,
): Content {
  const accounts = [...platform.terminal.accounts.values()];
  const full = kind === 'full';
  return {
    accounts: accounts.map((account) => accountRecord(platform.terminal.reportOf(account))),
    accountItems: accounts.flatMap((account) => itemsOf(platform, account)),
    connections: [connectionRecord(platform.terminal.connection())],
    instruments: full ? platform.contracts().map(instrumentRecord) : [],
    orders: accounts
      .flatMap((account) => ordersOf(account, full))
      .map((order) => orderRecord(order, contractOf(order.instrument))),
    executions: full
      ? accounts
          .flatMap((account) => [...account.executions.values()])
          .filter((each) => executionsSince === null || each.time >= executionsSince)
          .map((each) => executionRecord(each, contractOf(each.instrument)))
      : [],
    positions: accounts
      .flatMap((account) => [...account.positions.values()])
      .map((position) => positionRecord(position, contractOf(position.instrument))),
    commands: platform.addon.commands.slice(-COMMANDS_TOLD).map((entry) => ({ ...entry })),
  };
}

function itemsOf(platform: SimulatedPlatform, account: TerminalAccount): Content['accountItems'] {
  const time = platform.now();
  return [...account.items].map(([item, value]) =>
    itemRecord({ account: account.name, item, value, time }),
  );
}

function ordersOf(account: TerminalAccount, full: boolean) {
  if (!full) return [...account.liveOrders.values()];
  const ended = [...account.orders.values()].filter((order) => !isLiveOrder(order.state));
  return [...ended.slice(-ENDED_ORDERS), ...account.liveOrders.values()];
}
