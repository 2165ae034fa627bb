import { describe, expect, it } from 'vitest';
import { ACCOUNT, ES, SimulatedDesk, withFault } from '../../testing/simulated-desk.ts';
import { USUAL_LATENCY } from '../broker/latency.ts';
import { EventQueue } from '../event-queue.ts';
import { randomFrom } from '../random.ts';
import type { FrameFault } from './fault-script.ts';
import { FrameFaults } from './frame-faults.ts';

const PRICE = 20_000;
const always = { atMs: 0, on: 'start', forMs: null, direction: 'out', types: [] } as const;

/** Sends numbered frames one millisecond apart; returns what arrives, in order of arrival. */
function through(faults: readonly FrameFault[], count = 200, type = 'quote'): string[] {
  const queue = new EventQueue();
  const line = new FrameFaults(queue, randomFrom(1), faults);
  const arrived: string[] = [];
  for (let i = 0; i < count; i += 1) {
    queue.advanceTo(i + 1);
    line.pass('out', { text: `{"seq":${i}}`, type }, (text) => arrived.push(text));
  }
  queue.advanceTo(count + 10_000);
  return arrived;
}

const numbers = (frames: readonly string[]): number[] =>
  frames.map((frame) => Number(/\d+/.exec(frame)?.[0]));

describe('faults of the line', () => {
  it('change nothing when there are none', () => {
    expect(numbers(through([]))).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  it('drop some and keep the order of the rest', () => {
    const got = numbers(through([{ ...always, kind: 'drop', probability: 0.2 }]));
    expect(got.length).toBeGreaterThan(120);
    expect(got.length).toBeLessThan(190);
    expect(got).toEqual([...got].sort((a, b) => a - b));
  });

  it('duplicate some and lose none', () => {
    const got = numbers(through([{ ...always, kind: 'duplicate', probability: 0.2 }]));
    expect(got.length).toBeGreaterThan(210);
    expect(new Set(got).size).toBe(200);
  });

  it('delay without reordering, reorder without losing', () => {
    const wait = { probability: 0.3, minMs: 5, maxMs: 40 };
    const late = numbers(through([{ ...always, kind: 'delay', ...wait }]));
    expect(late).toEqual(Array.from({ length: 200 }, (_, i) => i));
    const mixed = numbers(through([{ ...always, kind: 'reorder', ...wait }]));
    expect(mixed).not.toEqual(late);
    expect([...mixed].sort((a, b) => a - b)).toEqual(late);
  });

  it('spoil frames', () => {
    const got = through([{ ...always, kind: 'garbage', probability: 1 }], 40);
    expect(got.every((frame, i) => frame !== `{"seq":${i}}`)).toBe(true);
  });

  it('swallow everything both ways while half-open, and only so long', () => {
    const halfOpen = { kind: 'halfOpen', atMs: 50, on: 'start', forMs: 100 } as const;
    const got = numbers(through([halfOpen]));
    expect(got).not.toContain(100);
    expect([got.includes(10), got.includes(180)]).toEqual([true, true]);
  });

  it('spare other types and the other direction', () => {
    const drop: FrameFault = { ...always, kind: 'drop', probability: 1, types: ['commandAck'] };
    expect(through([drop], 20)).toHaveLength(20);
    expect(through([drop], 20, 'commandAck')).toHaveLength(0);
    expect(through([{ ...drop, types: [], direction: 'in' }], 20)).toHaveLength(20);
  });
});

function open(options: ConstructorParameters<typeof SimulatedDesk>[0] = {}): SimulatedDesk {
  const desk = new SimulatedDesk({ latency: USUAL_LATENCY, ...options });
  desk.tick(PRICE);
  return desk;
}

describe('faults of the platform', () => {
  it('hide a position for a time and show it again', () => {
    const desk = open(withFault({ kind: 'lyingPosition', shows: 'flat', atMs: 500, forMs: 1_000 }));
    desk.submit({ quantity: 2 });
    desk.run(2_000);
    expect(desk.of('position').map(({ position }) => position.quantity)).toEqual([2, 0, 2]);
    expect(desk.position()).toBe(2);
  });

  it('show a position that is not there', () => {
    const desk = open(withFault({ kind: 'lyingPosition', shows: -3, atMs: 500, forMs: 1_000 }));
    desk.run(2_000);
    expect(desk.of('position').map(({ position }) => position.quantity)).toEqual([-3, 0]);
  });

  it('send zeros before a disconnect, then nothing, and catch up afterwards', () => {
    const desk = open(
      withFault({ kind: 'accountDisconnected', zeros: true, atMs: 1_000, forMs: 5_000 }),
    );
    desk.submit({ quantity: 2 });
    desk.submit({ action: 'sell', type: 'limit', limit: PRICE + 8, quantity: 2, name: 'Target' });
    desk.run(900);
    const [first] = desk.of('execution');
    desk.events.length = 0;
    desk.run(200);
    const kinds = desk.events.map((event) => event.kind);
    expect(desk.of('item').every(({ item }) => item.value === 0)).toBe(true);
    expect(kinds.lastIndexOf('item')).toBeLessThan(kinds.indexOf('account'));
    expect(desk.of('account')[0]?.account.connectionStatus).toBe('connectionLost');
    desk.events.length = 0;
    desk.tick(PRICE + 10);
    desk.run(2_000);
    expect(desk.position()).toBe(0);
    expect(desk.events).toEqual([]);
    expect(desk.platform.terminal.account(ACCOUNT)?.position(ES)).toBe(2);
    desk.run(5_000);
    const replayed = desk.of('execution').map(({ execution }) => execution);
    expect(replayed).toHaveLength(2);
    expect(replayed[0]).toEqual({ ...first?.execution, orderId: null });
    expect(desk.of('order').at(-1)?.order).toMatchObject({ name: 'Target', state: 'filled' });
    expect(desk.of('position').at(-1)?.position.quantity).toBe(0);
    expect(desk.platform.terminal.account(ACCOUNT)?.executions.size).toBe(2);
  });

  it('reject orders with the given words', () => {
    const desk = open(
      withFault({ kind: 'rejectOrders', probability: 1, only: 'any', comment: 'No.' }),
    );
    desk.run(1);
    const order = desk.submit({});
    desk.run(200);
    expect(order).toMatchObject({ state: 'rejected', error: 'OrderRejected', comment: 'No.' });
  });

  it('cap what one tick fills', () => {
    const desk = open(withFault({ kind: 'partialFills', contracts: 1 }));
    desk.run(1);
    const order = desk.submit({ quantity: 3 });
    desk.run(200);
    expect(order).toMatchObject({ filled: 1, state: 'partFilled' });
    desk.tick(PRICE);
    desk.tick(PRICE);
    expect(order.state).toBe('filled');
  });

  it('re-enter whenever the account is flat, until the end of the fault', () => {
    const desk = open(
      withFault({ kind: 'reenteringStrategy', quantity: 2, everyMs: 200, forMs: 1_000 }),
    );
    desk.run(900);
    expect(Math.abs(desk.position())).toBe(2);
    desk.flatten();
    desk.run(10_000);
    expect(desk.position()).toBe(0);
  });

  it('skew the platform’s stamps and put them right', () => {
    const desk = open(withFault({ kind: 'clockSkew', skewMs: -60_000, atMs: 100, forMs: 1_000 }));
    const start = Date.UTC(2026, 0, 5, 15);
    desk.run(500);
    expect(desk.platform.now()).toBe(start + 500 - 60_000);
    desk.run(1_000);
    expect(desk.platform.now()).toBe(start + 1_500);
  });

  it('begin anew with every flatten when they wait for one', () => {
    const desk = open(withFault({ kind: 'zerosBurst', on: 'flatten', atMs: 10 }));
    desk.run(1_000);
    desk.events.length = 0;
    desk.flatten();
    desk.run(100);
    desk.flatten();
    desk.run(100);
    const zeros = desk.of('item').filter(({ item }) => item.item === 'netLiquidation');
    expect(zeros.map(({ item }) => item.value)).toEqual([0, 0]);
  });

  it('may deliver the position before the execution, and never lose one', () => {
    const desk = open(withFault({ kind: 'shuffledEvents' }));
    desk.run(1);
    for (let i = 0; i < 20; i += 1) {
      desk.submit({ action: i % 2 === 0 ? 'buy' : 'sell' });
      desk.run(100);
    }
    const order = desk.events
      .map((event) => event.kind)
      .filter((kind) => kind === 'position' || kind === 'execution');
    expect(order).toContain('execution');
    expect(order.filter((kind) => kind === 'execution')).toHaveLength(20);
    expect(order[0] === 'position' || order.join().includes('execution,position,position')).toBe(
      true,
    );
  });

  it('kill the AddOn and bring it back', () => {
    const desk = open(withFault({ kind: 'crash', atMs: 100, forMs: 500 }));
    const told: string[] = [];
    desk.platform.onLink((action) => told.push(action));
    desk.run(1_000);
    expect(told).toEqual(['crash', 'return']);
  });
});
