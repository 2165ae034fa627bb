import type { Execution } from '../../shared/domain/account/execution.ts';
import type { Order } from '../../shared/domain/account/order.ts';
import type {
  ItemReported,
  PositionReported,
  SnapshotReceived,
} from '../../shared/domain/desk/fact.ts';
import type { Instrument } from '../../shared/domain/instrument/instrument.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { TranslationCode } from './instrument-table.ts';
import type { SnapshotPart, WholeSnapshot } from './snapshot-assembly.ts';
import {
  translateAccount,
  translateConnection,
  translateItem,
  translatePosition,
  type Lexicon,
} from './translate.ts';
import { translateExecution, translateOrder } from './translate-order.ts';

type RefusedEntry = SnapshotReceived['refused'][number];

export interface TranslatedSnapshot {
  /** Instruments whose terms are new or changed; they come before what is priced in their ticks. */
  readonly instruments: readonly Instrument[];
  readonly snapshot: SnapshotReceived;
}

/**
 * Translates a whole snapshot. Instruments are learned first, then who is connected, then what needs
 * both; an entry that cannot be read is listed as refused and never simply left out.
 */
export function translateSnapshot(whole: WholeSnapshot, lexicon: Lexicon): TranslatedSnapshot {
  const refused: RefusedEntry[] = [];
  const instruments = learnInstruments(whole, lexicon, refused);
  learnConnections(whole, lexicon);
  const seq = whole.lastSeq;
  return {
    instruments,
    snapshot: {
      kind: 'snapshot.received',
      seq,
      asOfSeq: whole.asOfSeq,
      scope: whole.scope,
      commandId: whole.commandId,
      accounts: whole.parts.flatMap((part) => part.accounts.map((a) => translateAccount(a, seq))),
      items: collectItems(whole, lexicon, refused),
      connections: whole.parts.flatMap((part) =>
        part.connections.map((c) => translateConnection(c, seq)),
      ),
      orders: collectOrders(whole, lexicon, refused),
      executions: collectExecutions(whole, lexicon, refused),
      positions: collectPositions(whole, lexicon, refused),
      commands: whole.parts.flatMap((part) =>
        part.commands.map(({ commandId, state, code }) => ({ commandId, state, code })),
      ),
      refused,
    },
  };
}

function learnInstruments(
  whole: WholeSnapshot,
  { instruments }: Lexicon,
  refused: RefusedEntry[],
): readonly Instrument[] {
  const changed: Instrument[] = [];
  for (const record of whole.parts.flatMap((part) => part.instruments)) {
    const learned = instruments.learn(record);
    if (learned.ok && learned.value.changed) changed.push(learned.value.instrument);
    if (!learned.ok) {
      const { fullName } = record;
      refused.push({ type: 'instrument', account: '', instrument: fullName, code: learned.error });
    }
  }
  return changed;
}

function learnConnections(whole: WholeSnapshot, { connections }: Lexicon): void {
  for (const part of whole.parts) {
    for (const { name, status } of part.connections) {
      connections.connection(name, whole.asOfSeq, status);
    }
    for (const { name, connectionStatus, connectionName } of part.accounts) {
      connections.account(name, whole.asOfSeq, {
        status: connectionStatus,
        connection: connectionName,
      });
    }
  }
}

function collectItems(
  whole: WholeSnapshot,
  lexicon: Lexicon,
  refused: RefusedEntry[],
): readonly ItemReported[] {
  return collect({
    whole,
    refused,
    type: 'accountItem',
    entriesOf: (part) => part.accountItems,
    translate: (record) => translateItem(record, whole.lastSeq, lexicon),
  });
}

function collectOrders(
  whole: WholeSnapshot,
  lexicon: Lexicon,
  refused: RefusedEntry[],
): readonly Order[] {
  return collect({
    whole,
    refused,
    type: 'order',
    entriesOf: (part) => part.orders,
    translate: (record) => translateOrder(record, lexicon),
  });
}

function collectExecutions(
  whole: WholeSnapshot,
  lexicon: Lexicon,
  refused: RefusedEntry[],
): readonly Execution[] {
  return collect({
    whole,
    refused,
    type: 'execution',
    entriesOf: (part) => part.executions,
    translate: (record) => translateExecution(record, lexicon),
  });
}

function collectPositions(
  whole: WholeSnapshot,
  lexicon: Lexicon,
  refused: RefusedEntry[],
): readonly PositionReported[] {
  return collect({
    whole,
    refused,
    type: 'position',
    entriesOf: (part) => part.positions,
    translate: (record) => translatePosition(record, whole.lastSeq, lexicon),
  });
}

interface Collection<R, F> {
  readonly whole: WholeSnapshot;
  readonly refused: RefusedEntry[];
  readonly type: string;
  readonly entriesOf: (part: SnapshotPart) => readonly R[];
  readonly translate: (record: R) => Result<F | null, TranslationCode>;
}

function collect<R extends { readonly account: string; readonly instrument?: string }, F>({
  whole,
  refused,
  type,
  entriesOf,
  translate,
}: Collection<R, F>): F[] {
  const facts: F[] = [];
  for (const part of whole.parts) {
    for (const record of entriesOf(part)) {
      const fact = translate(record);
      if (!fact.ok) {
        const { account, instrument = '' } = record;
        refused.push({ type, account, instrument, code: fact.error });
      } else if (fact.value !== null) facts.push(fact.value);
    }
  }
  return facts;
}
