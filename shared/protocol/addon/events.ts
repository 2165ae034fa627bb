import { z } from 'zod';
import { message } from '../envelope.ts';
import { FreeText, Identifier, Name, Quantity, SignedQuantity, Timestamp } from '../primitives.ts';
import { MAX_SNAPSHOT_PART_ENTRIES } from '../versions.ts';
import {
  AccountItemRecord,
  AccountRecord,
  BarRecord,
  CommandRecord,
  ConnectionRecord,
  ExecutionRecord,
  InstrumentRecord,
  OrderRecord,
  PositionRecord,
  QuoteRecord,
} from './records.ts';
import { GuardAccount } from './guard.ts';

const entries = <T extends z.ZodType>(record: T) => z.array(record).max(MAX_SNAPSHOT_PART_ENTRIES);

/**
 * One part of a snapshot. Parts of one snapshot follow each other in `seq`. `asOfSeq` is the last sequence
 * number the AddOn had given out when it began to read: an entity changed by a later message keeps that
 * message's value. `full` holds executions and instruments; `state` leaves those two empty.
 */
const SnapshotPart = z.object({
  snapshotId: Identifier,
  kind: z.enum(['full', 'state']),
  asOfSeq: z.int().min(0),
  part: z.int().min(1),
  parts: z.int().min(1).max(10_000),
  accounts: entries(AccountRecord),
  accountItems: entries(AccountItemRecord),
  connections: entries(ConnectionRecord),
  instruments: entries(InstrumentRecord),
  orders: entries(OrderRecord),
  executions: entries(ExecutionRecord),
  positions: entries(PositionRecord),
  commands: entries(CommandRecord),
});

export const REFUSED_COMMAND_CODES = [
  'NOT_CONNECTED',
  'UNKNOWN_ACCOUNT',
  'UNKNOWN_INSTRUMENT',
  'UNKNOWN_ORDER',
  'ACCOUNT_NOT_PERMITTED',
  'ENTRIES_LOCKED',
  'BAD_PRICE',
  'BAD_QUANTITY',
  'NOT_REDUCING',
  'UNSUPPORTED',
  'BAD_COMMAND',
  'INTERNAL',
] as const;

/** `duplicate`: the id was seen in this session; `detail` then says what became of the first. */
const CommandAck = z.object({
  commandId: Identifier,
  status: z.enum(['accepted', 'duplicate', 'refused']),
  code: z.enum(REFUSED_COMMAND_CODES).nullable(),
  detail: FreeText,
});

/** What the AddOn observed at the end of a command; never a mere "was called". */
const CommandResult = z.object({
  commandId: Identifier,
  outcome: z.enum(['done', 'partial', 'failed']),
  code: z.string().max(60),
  detail: FreeText,
  remaining: z
    .array(
      z.object({
        account: Name,
        instrument: Name,
        quantity: SignedQuantity,
        workingOrders: Quantity,
      }),
    )
    .max(MAX_SNAPSHOT_PART_ENTRIES),
});

export const FLATTEN_STEPS = [
  'cancelSent',
  'cancelConfirmed',
  'cancelTimedOut',
  'closeSent',
  'closeFilled',
  'closeRejected',
  'residualFound',
  'reversalFound',
  'lateOrderFound',
  'entryBlocked',
  'flatSeen',
] as const;

/** One step of a running flatten on one account and instrument, for the proof. */
const FlattenProgress = z.object({
  commandId: Identifier,
  account: Name,
  instrument: Name,
  step: z.enum(FLATTEN_STEPS),
  detail: FreeText,
});

const GuardState = z.object({
  revision: z.int().min(0),
  enforcing: z.boolean(),
  accounts: z.array(GuardAccount).max(200),
});

/** Every message of the AddOn after the handshake. */
export const AddonEvent = z.discriminatedUnion('type', [
  message('heartbeat', z.object({ receivedSeq: z.int().min(0), queued: Quantity })),
  message('pong', z.object({ echo: Identifier })),
  message('snapshot', SnapshotPart),
  message('account', AccountRecord),
  message('accountItem', AccountItemRecord),
  message('order', OrderRecord),
  message('execution', ExecutionRecord),
  message('position', PositionRecord),
  message('connection', ConnectionRecord),
  message('instrument', InstrumentRecord),
  message('quote', QuoteRecord),
  message('bar', BarRecord),
  message('commandAck', CommandAck),
  message('commandResult', CommandResult),
  message('flattenProgress', FlattenProgress),
  message('guardState', GuardState),
  message('resyncNeeded', z.object({ reason: z.enum(['overflow', 'gap', 'reload']) })),
  message(
    'addonLog',
    z.object({
      level: z.enum(['info', 'warning', 'error']),
      code: z.string().max(60),
      text: FreeText,
    }),
  ),
  message('goodbye', z.object({ reason: FreeText, at: Timestamp })),
]);
export type AddonEvent = z.infer<typeof AddonEvent>;
export type AddonEventType = AddonEvent['type'];
