import fc from 'fast-check';
import type { AppCommand } from '../protocol/addon/commands.ts';
import { FLATTEN_STEPS, REFUSED_COMMAND_CODES } from '../protocol/addon/events.ts';
import type { AddonEvent } from '../protocol/addon/events.ts';
import {
  accountItemRecord,
  accountRecord,
  barRecord,
  commandRecord,
  connectionRecord,
  decimal,
  executionRecord,
  freeText,
  identifier,
  instrumentRecord,
  name,
  orNull,
  orderRecord,
  positionRecord,
  quantity,
  quoteRecord,
  text,
  timestamp,
} from './record-arbitraries.ts';

type Payload<M, T> = Extract<M, { type: T }> extends { payload: infer P } ? P : never;

type Payloads<M extends { type: string }> = {
  readonly [T in M['type']]: fc.Arbitrary<Payload<M, T>>;
};

const counter = fc.nat({ max: 1_000_000 });

const scope = fc.oneof(
  fc.record({ kind: fc.constant('instrument' as const), account: name, instrument: name }),
  fc.record({ kind: fc.constant('account' as const), account: name }),
  fc.record({ kind: fc.constant('all' as const) }),
);

const guardAccount = fc.record({
  account: name,
  entriesLocked: fc.boolean(),
  lockedUntil: orNull(timestamp),
  reason: freeText,
  maxContracts: orNull(quantity),
  hardFloor: orNull(decimal),
  flattenAtFloor: fc.boolean(),
});

const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 3 });

const snapshotKind = fc.constantFrom('full' as const, 'state' as const);

const snapshotPart = fc
  .record({
    snapshotId: identifier,
    kind: snapshotKind,
    asOfSeq: counter,
    part: fc.integer({ min: 1, max: 5 }),
    accounts: few(accountRecord),
    accountItems: few(accountItemRecord),
    connections: few(connectionRecord),
    instruments: few(instrumentRecord),
    orders: few(orderRecord),
    executions: few(executionRecord),
    positions: few(positionRecord),
    commands: few(commandRecord),
  })
  .chain((part) => fc.integer({ min: part.part, max: 5 }).map((parts) => ({ ...part, parts })));

/** Payloads of every message of the AddOn. */
export const addonPayloads: Payloads<AddonEvent> = {
  heartbeat: fc.record({ receivedSeq: counter, queued: quantity }),
  pong: fc.record({ echo: identifier }),
  snapshot: snapshotPart,
  account: accountRecord,
  accountItem: accountItemRecord,
  order: orderRecord,
  execution: executionRecord,
  position: positionRecord,
  connection: connectionRecord,
  instrument: instrumentRecord,
  quote: quoteRecord,
  bar: barRecord,
  commandAck: fc.record({
    commandId: identifier,
    status: fc.constantFrom('accepted' as const, 'duplicate' as const, 'refused' as const),
    code: orNull(fc.constantFrom(...REFUSED_COMMAND_CODES)),
    detail: freeText,
  }),
  commandResult: fc.record({
    commandId: identifier,
    outcome: fc.constantFrom('done' as const, 'partial' as const, 'failed' as const),
    code: text(60),
    detail: freeText,
    remaining: few(
      fc.record({
        account: name,
        instrument: name,
        quantity: fc.integer({ min: -1_000, max: 1_000 }),
        workingOrders: quantity,
      }),
    ),
  }),
  flattenProgress: fc.record({
    commandId: identifier,
    account: name,
    instrument: name,
    step: fc.constantFrom(...FLATTEN_STEPS),
    detail: freeText,
  }),
  guardState: fc.record({
    revision: counter,
    enforcing: fc.boolean(),
    accounts: few(guardAccount),
  }),
  resyncNeeded: fc.record({
    reason: fc.constantFrom('overflow' as const, 'gap' as const, 'reload' as const),
  }),
  addonLog: fc.record({
    level: fc.constantFrom('info' as const, 'warning' as const, 'error' as const),
    code: text(60),
    text: freeText,
  }),
  goodbye: fc.record({ reason: freeText, at: timestamp }),
};

const commandId = identifier;

/** Payloads of every message of the app. */
export const appPayloads: Payloads<AppCommand> = {
  heartbeat: fc.record({ receivedSeq: counter, durableSeq: counter }),
  ping: fc.record({ echo: identifier }),
  snapshot: fc.record({ commandId, kind: snapshotKind, executionsSince: orNull(timestamp) }),
  flatten: fc.record({
    commandId,
    scope,
    attempt: fc.integer({ min: 1, max: 20 }),
    method: fc.constantFrom('market' as const, 'marketableLimit' as const),
    holdEntriesMs: fc.integer({ min: 0, max: 600_000 }),
  }),
  cancelAll: fc.record({ commandId, scope }),
  cancelOrder: fc.record({ commandId, account: name, orderId: identifier }),
  submitOrder: fc.record({
    commandId,
    account: name,
    instrument: name,
    action: fc.constantFrom(
      'buy' as const,
      'buyToCover' as const,
      'sell' as const,
      'sellShort' as const,
    ),
    orderType: fc.constantFrom(
      'market' as const,
      'limit' as const,
      'stopMarket' as const,
      'stopLimit' as const,
    ),
    tif: fc.constantFrom('day' as const, 'gtc' as const),
    quantity: fc.integer({ min: 1, max: 1_000 }),
    limitPrice: orNull(decimal),
    stopPrice: orNull(decimal),
    oco: text(200),
    name: text(50),
    reduceOnly: fc.boolean(),
  }),
  modifyOrder: fc.record({
    commandId,
    account: name,
    orderId: identifier,
    quantity: orNull(fc.integer({ min: 1, max: 1_000 })),
    limitPrice: orNull(decimal),
    stopPrice: orNull(decimal),
  }),
  subscribe: fc.record({
    commandId,
    quotes: fc.array(name, { minLength: 1, maxLength: 4 }),
    bars: fc.boolean(),
  }),
  unsubscribe: fc.record({
    commandId,
    quotes: fc.array(name, { minLength: 1, maxLength: 4 }),
  }),
  setGuard: fc.record({
    commandId,
    revision: fc.integer({ min: 1, max: 1_000 }),
    note: freeText,
    accounts: few(guardAccount),
  }),
};

/** One message of the AddOn of the given type, envelope included. */
export function addonEvent<T extends AddonEvent['type']>(
  type: T,
): fc.Arbitrary<Extract<AddonEvent, { type: T }>> {
  return message(type, addonPayloads[type]) as fc.Arbitrary<Extract<AddonEvent, { type: T }>>;
}

/** One message of the app of the given type, envelope included. */
export function appCommand<T extends AppCommand['type']>(
  type: T,
): fc.Arbitrary<Extract<AppCommand, { type: T }>> {
  return message(type, appPayloads[type]) as fc.Arbitrary<Extract<AppCommand, { type: T }>>;
}

/** Any message of the AddOn. */
export function anyAddonEvent(): fc.Arbitrary<AddonEvent> {
  const types = Object.keys(addonPayloads) as AddonEvent['type'][];
  return fc.oneof(...types.map((type) => addonEvent(type)));
}

/** Any message of the app. */
export function anyAppCommand(): fc.Arbitrary<AppCommand> {
  const types = Object.keys(appPayloads) as AppCommand['type'][];
  return fc.oneof(...types.map((type) => appCommand(type)));
}

function message(type: string, payload: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.record(
    {
      v: fc.constant(1 as const),
      id: identifier,
      seq: counter,
      ts: timestamp,
      type: fc.constant(type),
      correlationId: identifier,
      payload,
    },
    { requiredKeys: ['v', 'id', 'seq', 'ts', 'type', 'payload'] },
  );
}
