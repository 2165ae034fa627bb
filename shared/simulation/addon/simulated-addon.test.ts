import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../kernel/clock.ts';
import { money } from '../../domain/money/money.ts';
import { ACCOUNT, ES, SimulatedDesk } from '../../testing/simulated-desk.ts';
import { USUAL_LATENCY } from '../broker/latency.ts';

const PRICE = 20_000;

function open(options: ConstructorParameters<typeof SimulatedDesk>[0] = {}): SimulatedDesk {
  const desk = new SimulatedDesk({ latency: USUAL_LATENCY, ...options });
  desk.tick(PRICE);
  return desk;
}

/** A long position of two with a working stop. */
function exposed(options: ConstructorParameters<typeof SimulatedDesk>[0] = {}): SimulatedDesk {
  const desk = open(options);
  desk.submit({ quantity: 2 });
  desk.submit({ action: 'sell', type: 'stopMarket', stop: PRICE - 20, quantity: 2, name: 'Stop1' });
  desk.run(500);
  return desk;
}

function liveOrders(desk: SimulatedDesk): number {
  return desk.platform.broker.orders.liveOf(ACCOUNT).length;
}

describe('commands', () => {
  it('executes an id once and answers the repeat with what became of it', () => {
    const desk = open();
    const command = {
      kind: 'submitOrder',
      commandId: 'same',
      reduceOnly: false,
      order: {
        account: ACCOUNT,
        instrument: ES,
        action: 'buy',
        type: 'market',
        quantity: 1,
        limit: null,
        stop: null,
        oco: '',
        name: '',
        tif: 'day',
      },
    } as const;
    desk.platform.handle(command);
    desk.run(500);
    desk.platform.handle(command);
    desk.run(500);
    expect(desk.position()).toBe(1);
    expect(desk.of('ack').map(({ ack }) => [ack.status, ack.detail])).toEqual([
      ['accepted', ''],
      ['duplicate', 'done FILLED'],
    ]);
  });

  const order = {
    account: ACCOUNT,
    instrument: ES,
    action: 'sell',
    type: 'market',
    quantity: 1,
    limit: null,
    stop: null,
    oco: '',
    name: '',
    tif: 'day',
  } as const;
  const scope = { kind: 'account', account: 'Nobody' } as const;
  const refusals = [
    ['NOT_REDUCING', { kind: 'submitOrder', reduceOnly: true, order }],
    [
      'UNKNOWN_ACCOUNT',
      { kind: 'submitOrder', reduceOnly: false, order: { ...order, account: 'Nobody' } },
    ],
    [
      'UNKNOWN_INSTRUMENT',
      { kind: 'submitOrder', reduceOnly: false, order: { ...order, instrument: 'XX 12-26' } },
    ],
    ['BAD_PRICE', { kind: 'submitOrder', reduceOnly: false, order: { ...order, limit: 5 } }],
    ['UNKNOWN_ACCOUNT', { kind: 'cancelAll', scope }],
    ['UNKNOWN_ORDER', { kind: 'cancelOrder', account: ACCOUNT, orderId: 'o99' }],
    ['UNKNOWN_INSTRUMENT', { kind: 'subscribe', instruments: ['ES'], bars: true }],
  ] as const;
  it.each(refusals)('refuses with %s', (code, command) => {
    const desk = open();
    desk.command(command);
    expect(desk.of('ack').at(-1)?.ack).toMatchObject({ status: 'refused', code });
  });

  it('takes a reduce-only order that reduces', () => {
    const desk = exposed();
    const id = desk.command({ kind: 'submitOrder', reduceOnly: true, order });
    desk.run(500);
    expect(desk.result(id)).toMatchObject({ outcome: 'done', code: 'FILLED' });
    expect(desk.position()).toBe(1);
  });

  it('cancels one order, and every order of a scope', () => {
    const desk = exposed();
    const [stop] = desk.platform.broker.orders.liveOf(ACCOUNT);
    const one = desk.command({ kind: 'cancelOrder', account: ACCOUNT, orderId: stop?.id ?? '' });
    desk.run(500);
    desk.submit({ type: 'limit', limit: PRICE - 50 });
    desk.run(100);
    const all = desk.command({ kind: 'cancelAll', scope: { kind: 'all' } });
    desk.run(500);
    expect([desk.result(one)?.code, desk.result(all)?.code]).toEqual(['CANCELLED', 'CANCELLED']);
    expect([desk.position(), liveOrders(desk)]).toEqual([2, 0]);
  });

  it('judges a change by the values it sees afterwards', () => {
    const desk = exposed();
    const [stop] = desk.platform.broker.orders.liveOf(ACCOUNT);
    const change = { kind: 'modifyOrder', account: ACCOUNT, orderId: stop?.id ?? '' } as const;
    const good = desk.command({ ...change, quantity: null, limit: null, stop: PRICE - 10 });
    desk.run(500);
    const bad = desk.command({ ...change, quantity: null, limit: null, stop: PRICE + 10 });
    desk.run(500);
    expect(desk.result(good)).toMatchObject({ outcome: 'done', code: 'CHANGED' });
    expect(desk.result(bad)).toMatchObject({ outcome: 'failed', code: 'UnableToChangeOrder' });
    expect(stop?.stop).toBe(PRICE - 10);
  });
});

describe('guard', () => {
  const entry = {
    account: ACCOUNT,
    entriesLocked: true,
    lockedUntil: null,
    reason: 'daily limit',
    maxContracts: null,
    hardFloor: null,
    flattenAtFloor: false,
  };

  it('cancels entries while locked and leaves exits alone', () => {
    const desk = exposed();
    desk.command({ kind: 'setGuard', revision: 1, accounts: [entry] });
    const buy = desk.submit({ type: 'limit', limit: PRICE - 50 });
    const exit = desk.submit({ action: 'sell', type: 'limit', limit: PRICE + 50 });
    desk.run(500);
    expect([buy.state, exit.state]).toEqual(['cancelled', 'working']);
  });

  it('ends a timed lock at its time', () => {
    const desk = open();
    const lockedUntil = (Date.UTC(2026, 0, 5, 15) + 10_000) as EpochMs;
    desk.command({ kind: 'setGuard', revision: 1, accounts: [{ ...entry, lockedUntil }] });
    const before = desk.submit({ type: 'limit', limit: PRICE - 50 });
    desk.run(11_000);
    const after = desk.submit({ type: 'limit', limit: PRICE - 50 });
    desk.run(500);
    expect([before.state, after.state]).toEqual(['cancelled', 'working']);
  });

  it('keeps the newest revision and tells it', () => {
    const desk = open();
    desk.command({ kind: 'setGuard', revision: 3, accounts: [entry] });
    desk.command({ kind: 'setGuard', revision: 2, accounts: [] });
    expect(desk.of('ack').at(-1)?.ack.code).toBe('BAD_COMMAND');
    expect(desk.platform.addon.gate.guard).toMatchObject({ revision: 3, accounts: [entry] });
    expect(desk.of('guard').at(-1)?.guard).toMatchObject({ revision: 3, accounts: [entry] });
  });

  it('refuses another guard under the number of the one in force, and takes the same again', () => {
    const desk = open();
    desk.command({ kind: 'setGuard', revision: 3, accounts: [entry] });
    desk.command({ kind: 'setGuard', revision: 3, accounts: [] });
    expect(desk.of('ack').at(-1)?.ack.code).toBe('BAD_COMMAND');
    desk.command({ kind: 'setGuard', revision: 3, accounts: [entry] });
    expect(desk.of('ack').at(-1)?.ack.status).toBe('accepted');
  });

  it('survives a crash of the AddOn, which forgets commands and running flattens', () => {
    const desk = exposed();
    desk.command({ kind: 'setGuard', revision: 1, accounts: [entry] });
    desk.flatten();
    desk.platform.addon.restart();
    desk.run(10_000);
    expect(desk.platform.addon.gate.guard.revision).toBe(1);
    expect(desk.platform.addon.commands).toEqual([]);
    expect(desk.position()).toBe(2);
  });

  it('flattens by itself at the floor, and never on a zero', () => {
    const desk = exposed();
    const floor = { ...entry, entriesLocked: false, flattenAtFloor: true };
    const hardFloor = money(1_000_000 * 10_000 - 2_000 * 10_000);
    desk.command({ kind: 'setGuard', revision: 1, accounts: [{ ...floor, hardFloor }] });
    const account = desk.platform.terminal.account(ACCOUNT);
    if (account === undefined) throw new Error('no account');
    desk.platform.terminal.sendZeros(account);
    desk.platform.addon.watchFloors();
    desk.run(3_000);
    expect(desk.position()).toBe(2);
    desk.tick(PRICE - 19);
    desk.run(3_000);
    expect(desk.position()).toBe(2);
    desk.platform.broker.cancel(desk.platform.broker.orders.liveOf(ACCOUNT)[0]!);
    desk.run(200);
    desk.tick(PRICE - 200);
    desk.run(3_000);
    expect(desk.position()).toBe(0);
  });
});
