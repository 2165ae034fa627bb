import { afterEach, describe, expect, it } from 'vitest';
import type { AddonEvent, AddonEventType } from '../../../../shared/protocol/addon/events.ts';
import { ScriptedWorlds, type ScriptedWorldTerms } from './testing/scripted-worlds.ts';
import type { ScriptedApp } from './testing/scripted-app.ts';
import { ES, wrongs } from './testing/worlds.ts';

const worlds = new ScriptedWorlds();
afterEach(() => worlds.clear());

const ACCOUNT = 'APEX-1';
const OIL = 'CL 12-26';
const NOTE = 'ZN 12-26';
const CONTRACTS = [ES, OIL, NOTE];
const HISTORY = 490;
/** Told in an order that the script decides. Figures and prices replace each other in the queue, so only their last counts. */
const IN_ORDER: readonly AddonEventType[] = [
  ...(['account', 'connection', 'instrument', 'order', 'execution', 'position'] as const),
  ...(['commandAck', 'commandResult', 'flattenProgress', 'guardState', 'resyncNeeded'] as const),
];

/** Differs from run to run for good reasons: clocks, and the name that the platform draws for an order. */
const OF_THE_RUN = new Set(['time', 'startsAt', 'brokerOrderId']);

function lasting(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lasting);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      OF_THE_RUN.has(name) ? [] : [[name, lasting(inner)]],
    ),
  );
}

const placed = {
  ...{ account: ACCOUNT, instrument: ES, tif: 'gtc', oco: '', name: 'Entry', reduceOnly: false },
  ...{ limitPrice: null, stopPrice: null, quantity: 1 },
} as const;

/** The same for everyone: orders, fills, figures and a flatten, with every kind of decimal in them. */
async function play(terms: ScriptedWorldTerms) {
  const from = Date.now();
  const { host, app } = await worlds.open(terms);
  // Whether a stop is seen at Accepted or at Working would be a matter of milliseconds.
  await host.do('setFault', { account: ACCOUNT, stops: 'accepted' });
  await host.do('setPrice', { instrument: OIL, bid: -37.64, ask: -37.63 });
  await host.do('setPrice', { instrument: NOTE, bid: 110.015625, ask: 110.03125 });
  await app.acked('subscribe', { commandId: 'c-0', quotes: CONTRACTS, bars: true });
  const order = async (commandId: string, more: object): Promise<void> => {
    await app.acked('submitOrder', { ...placed, ...more, commandId } as never);
    await app.result(commandId);
    await host.settle();
  };
  await order('c-1', { action: 'buy', orderType: 'market', quantity: 3 });
  await order('c-2', { action: 'sell', orderType: 'limit', limitPrice: 6_001.25 });
  await order('c-3', {
    action: 'sell',
    orderType: 'stopLimit',
    limitPrice: 5_989.75,
    stopPrice: 5_990.5,
  });
  await order('c-4', { action: 'sellShort', orderType: 'market', instrument: OIL, quantity: 2 });
  await order('c-5', { action: 'buy', orderType: 'market', instrument: NOTE, quantity: 7 });
  for (const value of [1_234_567.89, -0.1, 0.1 + 0.2, 1e-7, -98_765.4321]) {
    await host.do('setItem', { account: ACCOUNT, item: 'DailyLossLimit', value });
  }
  await app.acked('setGuard', {
    commandId: 'c-6',
    revision: 1,
    note: '',
    accounts: [
      {
        ...{ account: 'APEX-2', entriesLocked: true, lockedUntil: 1_900_000_000_123 },
        ...{ reason: 'Tagesgrenze İı ١٢', maxContracts: 1_000_000 },
        ...{ hardFloor: 48_999.995, flattenAtFloor: true },
      },
    ],
  });
  await app.result('c-6');
  await host.do('setPrice', { instrument: ES, last: 6_000.75 });
  await host.settle();
  const scope = { kind: 'account', account: ACCOUNT } as const;
  await app.acked('flatten', {
    commandId: 'c-7',
    scope,
    attempt: 1,
    method: 'market',
    holdEntriesMs: 0,
  });
  await app.result('c-7');
  await host.settle();
  app.say('snapshot', { commandId: 'c-8', kind: 'full', executionsSince: null });
  const picture = await app.heard(
    (event): event is Extract<AddonEvent, { type: 'snapshot' }> =>
      event.type === 'snapshot' && event.correlationId !== undefined,
  );
  await app.until(() => CONTRACTS.every((name) => barsOf(app, name).length === HISTORY));
  const fills = (await host.books(ACCOUNT)).fills;
  expect(app.unreadable).toEqual([]);
  expect(wrongs(host)).toEqual([]);
  return { app, picture, fills, from, to: Date.now() };
}

/** What was told, kind by kind, account by account; without what must differ. */
function told({ app, picture }: Awaited<ReturnType<typeof play>>) {
  // The order between two contracts is a matter of threads, that within one is the platform's.
  const streams = IN_ORDER.map((type) => [
    type,
    app
      .ofType(type)
      .map((event) => [keyOf(event), lasting(payloadOf(event))] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  ]);
  const last = (type: AddonEventType) => {
    const newest = new Map(
      app.ofType(type).map((event) => [keyOf(event), lasting(payloadOf(event))]),
    );
    return [...newest].sort(([a], [b]) => a.localeCompare(b));
  };
  const { snapshotId: _id, asOfSeq: _seq, ...whole } = picture.payload;
  return {
    streams,
    quotes: last('quote'),
    items: last('accountItem'),
    bars: CONTRACTS.map((name) => barsOf(app, name).map((bar) => lasting(bar))),
    snapshot: lasting(whole),
  };
}

/** The last minutes grow while the test runs. */
function barsOf(app: ScriptedApp, contract: string) {
  const bars = app.ofType('bar').map(({ payload }) => payload);
  return bars.filter(({ instrument }) => instrument === contract).slice(0, HISTORY);
}

function payloadOf(event: AddonEvent): unknown {
  return event.payload;
}

type Names = Partial<Record<'account' | 'item' | 'instrument' | 'fullName', string>>;

/** What a message is about. */
function keyOf(event: AddonEvent): string {
  const { account = '', item = '', instrument = '', fullName = '' } = event.payload as Names;
  return [account, item, instrument, fullName].join('/');
}

/** Every time of an event, wherever it is in the messages. */
function timesIn(app: ScriptedApp): readonly number[] {
  const types = ['accountItem', 'order', 'execution', 'position', 'quote'] as const;
  return types.flatMap((type) => app.ofType(type).map(({ payload }) => payload.time));
}

describe('whatever NinjaTrader is set to', { timeout: 180_000 }, () => {
  it('the wire says the same, and every time is UTC', async () => {
    const plain = await play({ zone: 'America/New_York' });
    const due = told(plain);
    expect(plain.fills).toHaveLength(6);
    const settings = [
      { zone: 'Europe/Berlin', culture: 'de-DE' },
      { zone: 'Asia/Tokyo', culture: 'ar-SA' },
      { zone: 'America/New_York', culture: 'tr-TR' },
    ];
    for (const terms of settings) {
      const run = await play(terms);
      expect(told(run), JSON.stringify(terms)).toEqual(due);
      expect(run.app.ofType('execution').map(({ payload }) => payload.time)).toEqual(
        run.fills.map(({ utcMs }) => utcMs),
      );
      for (const time of timesIn(run.app)) {
        expect(time).toBeGreaterThanOrEqual(run.from - 1);
        expect(time).toBeLessThanOrEqual(run.to + 1);
      }
    }
  });
});
