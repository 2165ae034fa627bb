import { afterEach, describe, expect, it } from 'vitest';
import { AddonEvent } from '../../../../shared/protocol/addon/events.ts';
import type { AppCommand } from '../../../../shared/protocol/addon/commands.ts';
import type { ScriptedApp } from './testing/scripted-app.ts';
import { ScriptedWorlds } from './testing/scripted-worlds.ts';
import { ES, wrongs } from './testing/worlds.ts';

const worlds = new ScriptedWorlds();
afterEach(() => worlds.clear());

const ACCOUNT = 'APEX-1';
const MARKET = {
  account: ACCOUNT,
  instrument: ES,
  action: 'buy',
  orderType: 'market',
  tif: 'day',
  quantity: 1,
  limitPrice: null,
  stopPrice: null,
  oco: '',
  name: 'Entry',
  reduceOnly: false,
} as const;
const LIMIT = { ...MARKET, orderType: 'limit', limitPrice: 5_990, name: 'Bid' } as const;
const UNCHANGED = { account: ACCOUNT, quantity: null, limitPrice: null, stopPrice: null };
const FLATTEN = {
  scope: { kind: 'all' },
  attempt: 1,
  method: 'market',
  holdEntriesMs: 0,
} as const;
const OPEN_GUARD = {
  account: ACCOUNT,
  entriesLocked: false,
  lockedUntil: null,
  reason: 'daily limit',
  maxContracts: null,
  hardFloor: null,
  flattenAtFloor: false,
};
const LOCK = { ...OPEN_GUARD, entriesLocked: true };

/** Places a limit order that stays, and gives the AddOn's key of it. */
async function resting(app: ScriptedApp, commandId: string): Promise<string> {
  await app.acked('submitOrder', { ...LIMIT, commandId });
  const { outcome, detail } = await app.result(commandId);
  expect(outcome).toBe('done');
  return detail;
}

describe('a session', { timeout: 180_000 }, () => {
  it('has every kind of message in it, and the codec reads each', async () => {
    const { host, app } = await worlds.open();
    const seen = new Set<string>();
    const note = (): void => app.events.forEach(({ type }) => seen.add(type));
    app.say('ping', { echo: 'e-1' });
    await app.acked('subscribe', { commandId: 'c-1', quotes: [ES], bars: true });
    await app.acked('submitOrder', { ...MARKET, commandId: 'c-2' });
    await app.heardType('position');
    await app.acked('setGuard', {
      ...{ commandId: 'c-3', revision: 1, note: '', accounts: [OPEN_GUARD] },
    });
    await app.acked('flatten', { ...FLATTEN, commandId: 'c-4' });
    expect(await app.result('c-4')).toMatchObject({ outcome: 'done', remaining: [] });
    await app.heardType('pong');
    await app.heardType('bar');
    await app.heardType('quote');
    app.raw('no message at all');
    await app.heardType('addonLog');
    await host.do('addAccount', { account: 'APEX-3', connection: 'Rithmic' });
    await app.heardType('resyncNeeded');
    await host.do('loseConnection', { connection: 'Rithmic' });
    await app.heardType('connection');
    await app.heardType('heartbeat');
    const { handlersLeft } = await host.terminate();
    await app.heardType('goodbye');
    note();
    const all = AddonEvent.options.map(({ shape }) => shape.type.value);
    expect([...seen].sort()).toEqual([...all].sort());
    expect(handlersLeft).toEqual([]);
    expect(app.unreadable).toEqual([]);
    expect(wrongs(host)).toEqual([]);
  });

  it('survives frames that are no commands, and executes none of them', async () => {
    const { host, app } = await worlds.open();
    const order = { v: 1, id: 'x', seq: 1, ts: 1, type: 'submitOrder' };
    const payload = { ...MARKET, commandId: 'c-1' };
    const frames = [
      ...['', '{', 'null', '7', '[]', '{}', '\u0000', '"text"', '{"v":1}'],
      JSON.stringify({ ...order, v: 2, payload }),
      JSON.stringify({ ...order, type: 'submit', payload }),
      JSON.stringify({ ...order, payload: { ...payload, quantity: 0 } }),
      JSON.stringify({ ...order, payload: { ...payload, quantity: 1.5 } }),
      JSON.stringify({ ...order, payload: { ...payload, quantity: '1' } }),
      JSON.stringify({ ...order, payload: { ...payload, extra: true } }),
      JSON.stringify({ ...order, payload: { ...payload, action: 'Buy' } }),
      `${JSON.stringify({ ...order, payload })} `.replace('"quantity":1', '"quantity":1e999'),
      '['.repeat(50_000),
    ];
    for (const frame of frames) app.raw(frame);
    app.say('ping', { echo: 'still here' });
    expect((await app.heardType('pong')).payload.echo).toBe('still here');
    expect(app.sessions).toBe(1);
    expect((await host.books(ACCOUNT)).fillCount).toBe(0);
    expect((await host.shown(ACCOUNT)).orders).toEqual([]);
    expect(wrongs(host)).toEqual([]);
  });

  it.each([
    ['bytes instead of text', Buffer.from('{}')],
    ['a frame beyond the limit', 'x'.repeat(1_048_577)],
  ])('is given up for %s, and opened anew', async (_, frame) => {
    const { app } = await worlds.open();
    app.raw(frame);
    await app.joined(2);
    expect(app.unreadable).toEqual([]);
  });
});

describe('orders by command', { timeout: 180_000 }, () => {
  it('are placed, changed and cancelled, each answered by what was seen', async () => {
    const { host, app } = await worlds.open();
    const orderId = await resting(app, 'c-1');
    const change = { ...UNCHANGED, orderId, quantity: 3, limitPrice: 5_985.25 };
    await app.acked('modifyOrder', { ...change, commandId: 'c-2' });
    expect(await app.result('c-2')).toMatchObject({ outcome: 'done', code: 'CHANGED' });
    expect((await host.books(ACCOUNT)).liveOrders).toMatchObject([
      { quantity: 3, limit: 5_985.25 },
    ]);
    await app.acked('cancelOrder', { account: ACCOUNT, orderId, commandId: 'c-3' });
    expect(await app.result('c-3')).toMatchObject({ outcome: 'done', code: 'CANCELLED' });
    await resting(app, 'c-4');
    await resting(app, 'c-5');
    await app.acked('cancelAll', {
      scope: { kind: 'account', account: ACCOUNT },
      commandId: 'c-6',
    });
    expect(await app.result('c-6')).toMatchObject({ outcome: 'done' });
    expect((await host.books(ACCOUNT)).liveOrders).toEqual([]);
    expect(wrongs(host)).toEqual([]);
  });

  it('are not called changed while the broker keeps the old ones', async () => {
    const { host, app } = await worlds.open();
    const orderId = await resting(app, 'c-1');
    await host.do('setFault', { account: ACCOUNT, changeRefused: true });
    await app.acked('modifyOrder', { ...UNCHANGED, orderId, quantity: 2, commandId: 'c-2' });
    expect((await app.result('c-2')).outcome).toBe('failed');
  });

  it('are called rejected, in the words of the broker', async () => {
    const { host, app } = await worlds.open();
    await host.do('setFault', {
      account: ACCOUNT,
      rejectAny: 1,
      rejectComment: 'Margin Ünzulänglich',
    });
    await app.acked('submitOrder', { ...MARKET, commandId: 'c-1' });
    const result = await app.result('c-1');
    expect(result).toMatchObject({ outcome: 'failed', code: 'REJECTED' });
    expect(result.detail).toContain('Margin Ünzulänglich');
  });
});

describe('a command that cannot be carried out', { timeout: 180_000 }, () => {
  it('is refused with each of the codes that this AddOn gives', async () => {
    const { host, app } = await worlds.open();
    await host.do('setFault', { account: ACCOUNT, fillCap: 1, fillEveryMs: 600_000 });
    await app.acked('submitOrder', { ...LIMIT, limitPrice: 6_001, quantity: 3, commandId: 'part' });
    const { detail: partly } = await app.result('part');
    const whole = await resting(app, 'whole');
    const lower = { ...UNCHANGED, orderId: partly, quantity: 1 };
    const at = (orderId: string) => ({ ...UNCHANGED, orderId });
    await app.acked('setGuard', { commandId: 'g-5', revision: 5, note: '', accounts: [] });

    const codes: Record<string, string | null> = {};
    const refused = async (name: string, ack: ReturnType<ScriptedApp['acked']>): Promise<void> => {
      const { status, code } = await ack;
      codes[name] = status === 'refused' ? code : status;
    };
    const stray = { ...MARKET, account: 'NOBODY', commandId: 'r-1' };
    await refused('another account', app.acked('submitOrder', stray));
    const hidden = { ...MARKET, account: 'Backtest', commandId: 'r-2' };
    await refused('an account that only tests', app.acked('submitOrder', hidden));
    const contract = { ...MARKET, instrument: 'XX 12-26', commandId: 'r-3' };
    await refused('an unknown contract', app.acked('submitOrder', contract));
    const bare = { ...MARKET, instrument: 'ES', commandId: 'r-4' };
    await refused('a root without its month', app.acked('submitOrder', bare));
    const gone = { account: ACCOUNT, orderId: 'o-0', commandId: 'r-5' };
    await refused('an unknown order', app.acked('cancelOrder', gone));
    const offTick = { ...LIMIT, limitPrice: 5_990.1, commandId: 'r-6' };
    await refused('a price between ticks', app.acked('submitOrder', offTick));
    const priceless = { ...LIMIT, limitPrice: null, commandId: 'r-7' };
    await refused('a limit without price', app.acked('submitOrder', priceless));
    const stop = { ...at(whole), stopPrice: 5_980, commandId: 'r-8' };
    await refused('a stop for a limit order', app.acked('modifyOrder', stop));
    await refused('fewer than filled', app.acked('modifyOrder', { ...lower, commandId: 'r-9' }));
    const more = { ...MARKET, reduceOnly: true, commandId: 'r-10' };
    await refused('more of the same side', app.acked('submitOrder', more));
    const turn = {
      ...MARKET,
      action: 'sell',
      quantity: 2,
      reduceOnly: true,
      commandId: 'r-11',
    } as const;
    await refused('a turned position', app.acked('submitOrder', turn));
    const older = { commandId: 'r-12', revision: 4, note: '', accounts: [] };
    await refused('an older guard', app.acked('setGuard', older));
    await app.acked('setGuard', { commandId: 'g-6', revision: 6, note: '', accounts: [LOCK] });
    await app.result('g-6');
    await refused(
      'an entry while locked',
      app.acked('submitOrder', { ...MARKET, commandId: 'r-13' }),
    );
    const grown = { ...at(whole), quantity: 5, commandId: 'r-14' };
    await refused('a larger entry while locked', app.acked('modifyOrder', grown));
    const unknown = { commandId: 'r-15', quotes: [ES, 'XX 12-26'], bars: false };
    await refused('prices of an unknown contract', app.acked('subscribe', unknown));
    await host.do('disconnect', { connection: 'Rithmic' });
    await refused(
      'an account without its line',
      app.acked('submitOrder', { ...MARKET, commandId: 'r-16' }),
    );
    expect(codes).toEqual({
      'another account': 'UNKNOWN_ACCOUNT',
      'an account that only tests': 'UNKNOWN_ACCOUNT',
      'an unknown contract': 'UNKNOWN_INSTRUMENT',
      'a root without its month': 'UNKNOWN_INSTRUMENT',
      'an unknown order': 'UNKNOWN_ORDER',
      'a price between ticks': 'BAD_PRICE',
      'a limit without price': 'BAD_PRICE',
      'a stop for a limit order': 'BAD_PRICE',
      'fewer than filled': 'BAD_QUANTITY',
      'more of the same side': 'NOT_REDUCING',
      'a turned position': 'NOT_REDUCING',
      'an older guard': 'BAD_COMMAND',
      'an entry while locked': 'ENTRIES_LOCKED',
      'a larger entry while locked': 'ENTRIES_LOCKED',
      'prices of an unknown contract': 'UNKNOWN_INSTRUMENT',
      'an account without its line': 'NOT_CONNECTED',
    });
    expect((await host.books(ACCOUNT)).fillCount).toBe(1);
    expect(wrongs(host)).toEqual([]);
  });
});

describe('a command that comes twice', { timeout: 180_000 }, () => {
  type Sent = Exclude<AppCommand['type'], 'heartbeat' | 'ping' | 'snapshot'>;

  it('is executed once and answered twice, also in the next session', async () => {
    const { host, app } = await worlds.open();
    const orderId = await resting(app, 'first');
    const commands: { readonly [T in Sent]: Extract<AppCommand, { type: T }>['payload'] } = {
      submitOrder: { ...MARKET, quantity: 2, commandId: 'd-1' },
      modifyOrder: { ...UNCHANGED, orderId, quantity: 2, commandId: 'd-2' },
      cancelOrder: { account: ACCOUNT, orderId, commandId: 'd-3' },
      cancelAll: { scope: { kind: 'all' }, commandId: 'd-4' },
      subscribe: { quotes: [ES], bars: false, commandId: 'd-5' },
      unsubscribe: { quotes: [ES], commandId: 'd-6' },
      setGuard: { revision: 3, note: '', accounts: [OPEN_GUARD], commandId: 'd-7' },
      flatten: { ...FLATTEN, commandId: 'd-8' },
    };
    const send = async (type: Sent): Promise<string> =>
      (await app.acked(type, commands[type])).status;
    const types = Object.keys(commands) as Sent[];
    for (const type of types) {
      expect(await send(type), type).toBe('accepted');
      if (!type.endsWith('ubscribe')) await app.result(commands[type].commandId);
      expect(await send(type), type).toBe('duplicate');
    }
    app.drop();
    await app.joined(2);
    for (const type of types) expect(await send(type), type).toBe('duplicate');
    // One entry and one close, however often both were asked for.
    expect((await host.books(ACCOUNT)).fills.map(({ quantity }) => quantity)).toEqual([2, -2]);
    expect(wrongs(host)).toEqual([]);
  });
});
