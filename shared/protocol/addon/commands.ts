import { z } from 'zod';
import { message } from '../envelope.ts';
import { Decimal, FreeText, Identifier, Name, Quantity, Timestamp } from '../primitives.ts';
import { GuardAccount } from './guard.ts';
import { ClientProof, Challenge, Hello, Refused, Welcome } from './handshake.ts';

export const FlattenScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('instrument'), account: Name, instrument: Name }),
  z.strictObject({ kind: z.literal('account'), account: Name }),
  z.strictObject({ kind: z.literal('all') }),
]);

/** Idempotency id: the AddOn executes each at most once per session. */
const commandId = Identifier;

const InstrumentList = z.array(Name).min(1).max(200);

/** Every message of the app after the handshake. */
export const AppCommand = z.discriminatedUnion('type', [
  message('heartbeat', z.strictObject({ receivedSeq: z.int().min(0), durableSeq: z.int().min(0) })),
  message('ping', z.strictObject({ echo: Identifier })),
  message(
    'snapshot',
    z.strictObject({
      commandId,
      kind: z.enum(['full', 'state']),
      /** Executions before this time may be left out; null asks for all the platform holds. */
      executionsSince: Timestamp.nullable(),
    }),
  ),
  message(
    'flatten',
    z.strictObject({
      commandId,
      scope: FlattenScope,
      /** 1 for the first try; a later one re-reads positions and closes only what is left. */
      attempt: z.int().min(1).max(20),
      /** How the residual is closed. */
      method: z.enum(['market', 'marketableLimit']),
      /** Non-reducing orders in the scope are cancelled for this long, in milliseconds. */
      holdEntriesMs: z.int().min(0).max(600_000),
    }),
  ),
  message('cancelAll', z.strictObject({ commandId, scope: FlattenScope })),
  message('cancelOrder', z.strictObject({ commandId, account: Name, orderId: Identifier })),
  message(
    'submitOrder',
    z.strictObject({
      commandId,
      account: Name,
      instrument: Name,
      action: z.enum(['buy', 'buyToCover', 'sell', 'sellShort']),
      orderType: z.enum(['market', 'limit', 'stopMarket', 'stopLimit']),
      tif: z.enum(['day', 'gtc']),
      quantity: Quantity.min(1),
      limitPrice: Decimal.nullable(),
      stopPrice: Decimal.nullable(),
      oco: z.string().max(200),
      name: z.string().max(50),
      /** The AddOn refuses the order when it would open or turn a position. */
      reduceOnly: z.boolean(),
    }),
  ),
  message(
    'modifyOrder',
    z.strictObject({
      commandId,
      account: Name,
      orderId: Identifier,
      /** New total quantity, the filled part included; null keeps the present one. */
      quantity: Quantity.min(1).nullable(),
      limitPrice: Decimal.nullable(),
      stopPrice: Decimal.nullable(),
    }),
  ),
  message('subscribe', z.strictObject({ commandId, quotes: InstrumentList, bars: z.boolean() })),
  message('unsubscribe', z.strictObject({ commandId, quotes: InstrumentList })),
  message(
    'setGuard',
    z.strictObject({
      commandId,
      revision: z.int().min(1),
      note: FreeText,
      accounts: z.array(GuardAccount).max(200),
    }),
  ),
]);
export type AppCommand = z.infer<typeof AppCommand>;
export type AppCommandType = AppCommand['type'];

/** Frames a server may receive before a session exists. */
export const ClientHandshake = z.discriminatedUnion('type', [Hello, ClientProof]);
export type ClientHandshake = z.infer<typeof ClientHandshake>;

/** Frames a client may receive before a session exists. */
export const ServerHandshake = z.discriminatedUnion('type', [Challenge, Welcome, Refused]);
export type ServerHandshake = z.infer<typeof ServerHandshake>;
