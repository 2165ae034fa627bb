import { describe, expect, it } from 'vitest';
import type { AddonEvent } from '../../shared/protocol/addon/events.ts';
import type { AppCommand } from '../../shared/protocol/addon/commands.ts';
import { decodeAddonEvent } from '../../shared/protocol/codec.ts';
import { FakeClock } from '../../shared/testing/fake-clock.ts';
import { SeqIds } from '../../shared/testing/seq-ids.ts';
import { LocalLink } from './local-link.ts';
import { assemblePlatform } from './platform-assembly.ts';
import { parseOptions } from './simulator-options.ts';
import { WireSession } from './wire-session.ts';

function platformOf(...words: string[]) {
  const options = parseOptions(['--pairing', 'none', '--history-minutes', '30', ...words]);
  if (!options.ok) throw new Error(options.error);
  const platform = assemblePlatform(options.value, new FakeClock().wall());
  if (!platform.ok) throw new Error(platform.error);
  return platform.value;
}

type Send = AppCommand extends infer C
  ? C extends { type: infer T; payload: infer P }
    ? { readonly type: T; readonly payload: P }
    : never
  : never;

class Desk {
  readonly platform: ReturnType<typeof platformOf>;
  readonly frames: string[] = [];
  readonly session: WireSession;
  isBackedUp = false;
  #seq = 0;

  constructor(...words: string[]) {
    this.platform = platformOf(...words);
    this.session = new WireSession({
      platform: this.platform,
      ids: new SeqIds(),
      clock: new FakeClock(),
      outgoing: (frame) => this.frames.push(frame),
      isBackedUp: () => this.isBackedUp,
    });
  }

  run(ms: number): void {
    this.platform.advanceTo(this.platform.queue.now + ms);
  }

  send(command: Send, seq = this.#seq + 1): void {
    this.#seq = Math.max(this.#seq, seq);
    const message = { v: 1, id: `m${seq}`, seq, ts: 1, ...command };
    this.session.receiveFrame(JSON.stringify(message));
  }

  messages(): AddonEvent[] {
    return this.frames.map((frame) => {
      const decoded = decodeAddonEvent(frame);
      if (!decoded.ok) throw new Error(`${JSON.stringify(decoded.error)} in ${frame}`);
      return decoded.value;
    });
  }

  of<T extends AddonEvent['type']>(type: T): Extract<AddonEvent, { type: T }>[] {
    return this.messages().filter((message) => message.type === type) as Extract<
      AddonEvent,
      { type: T }
    >[];
  }
}

const flatten: Send = {
  type: 'flatten',
  payload: {
    commandId: 'f1',
    scope: { kind: 'all' },
    attempt: 1,
    method: 'market',
    holdEntriesMs: 5_000,
  },
};

describe('a session of the simulated AddOn', () => {
  it('writes only valid messages, numbered from 1 without a hole', () => {
    const desk = new Desk('--accounts', '4', '--speed', '1');
    desk.session.open();
    desk.run(120_000);
    desk.send(flatten);
    desk.run(5_000);
    const messages = desk.messages();
    expect(messages.map((message) => message.seq)).toEqual(messages.map((_, i) => i + 1));
    const types = new Set(messages.map((message) => message.type));
    for (const type of ['order', 'execution', 'position', 'accountItem', 'quote', 'bar'] as const) {
      expect(types, type).toContain(type);
    }
    expect(desk.of('commandResult')[0]).toMatchObject({
      correlationId: 'f1',
      payload: { outcome: 'done', code: 'FLAT' },
    });
  });

  it('writes the same bytes for the same seed and script', () => {
    const play = (seed: string): string => {
      const desk = new Desk('--accounts', '3', '--seed', seed);
      desk.session.open();
      desk.run(60_000);
      desk.send(flatten);
      desk.run(30_000);
      return desk.frames.join('\n');
    };
    expect(play('7')).toBe(play('7'));
    expect(play('7')).not.toBe(play('8'));
  });

  it('does not depend on how time is cut into steps', () => {
    const play = (steps: number): string => {
      const desk = new Desk('--accounts', '2');
      desk.session.open();
      for (let i = 0; i < steps; i += 1) desk.run(60_000 / steps);
      return desk.frames.join('\n');
    };
    expect(play(1)).toBe(play(600));
  });

  it('begins with a full snapshot of its own, the guard and the past minutes', () => {
    const desk = new Desk('--instrument', 'ES');
    desk.run(1_000);
    desk.session.open();
    const [snapshot, guard] = desk.messages();
    if (snapshot?.type !== 'snapshot') throw new Error('no snapshot');
    expect(snapshot.correlationId).toBeUndefined();
    expect(snapshot.payload).toMatchObject({ kind: 'full', asOfSeq: 0, part: 1, parts: 1 });
    expect(snapshot.payload.accounts.map((account) => account.name)).toEqual(['Sim101', 'Sim102']);
    expect(snapshot.payload.instruments[0]).toMatchObject({ root: 'ES', tickSize: 0.25 });
    expect(guard?.type).toBe('guardState');
    expect(desk.of('bar').length).toBeGreaterThanOrEqual(28);
  });

  it('answers a snapshot command with contiguous parts that carry its id', () => {
    const desk = new Desk('--accounts', '4', '--flood', '1000');
    desk.session.open();
    desk.run(3_600_000);
    const since = desk.frames.length;
    const executions = desk.frames.filter((frame) => frame.includes('"type":"execution"')).length;
    desk.frames.length = 0;
    desk.send({
      type: 'snapshot',
      payload: { commandId: 's1', kind: 'full', executionsSince: null },
    });
    const parts = desk.messages();
    expect(executions).toBeGreaterThan(800);
    expect(parts.length).toBeGreaterThan(1);
    let told = 0;
    parts.forEach((message, index) => {
      if (message.type !== 'snapshot') throw new Error(`a ${message.type} between the parts`);
      expect(message.correlationId).toBe('s1');
      expect(message.payload).toMatchObject({
        asOfSeq: since,
        part: index + 1,
        parts: parts.length,
      });
      told += message.payload.executions.length;
    });
    expect(told).toBe(executions);
  });

  it('leaves executions and contracts out of a state snapshot, but tells how many there are', () => {
    const desk = new Desk('--trader', 'on', '--accounts', '1');
    desk.session.open();
    desk.run(300_000);
    desk.send({
      type: 'snapshot',
      payload: { commandId: 's1', kind: 'state', executionsSince: null },
    });
    const state = desk.of('snapshot').at(-1)?.payload;
    expect([state?.executions, state?.instruments]).toEqual([[], []]);
    expect(state?.accounts[0]?.executionCount).toBe(desk.of('execution').length);
  });

  it('executes a command once, however often its frame arrives', () => {
    const desk = new Desk();
    desk.session.open();
    desk.send(flatten, 1);
    desk.send(flatten, 1);
    desk.send(flatten, 2);
    expect(desk.of('commandAck').map(({ payload }) => payload.status)).toEqual([
      'accepted',
      'duplicate',
    ]);
  });

  it('refuses a price between two ticks', () => {
    const desk = new Desk('--instrument', 'ES 03-26');
    desk.session.open();
    desk.send({
      type: 'submitOrder',
      payload: {
        commandId: 'o1',
        account: 'Sim101',
        instrument: 'ES 03-26',
        action: 'buy',
        orderType: 'limit',
        tif: 'day',
        quantity: 1,
        limitPrice: 6000.1,
        stopPrice: null,
        oco: '',
        name: '',
        reduceOnly: false,
      },
    });
    expect(desk.of('commandAck')[0]?.payload).toMatchObject({
      status: 'refused',
      code: 'BAD_PRICE',
    });
  });

  it('answers a ping with its echo and notes lost commands', () => {
    const desk = new Desk();
    desk.session.open();
    desk.send({ type: 'ping', payload: { echo: 'now' } }, 5);
    expect(desk.of('pong')[0]?.payload.echo).toBe('now');
    expect(desk.of('addonLog')[0]?.payload).toMatchObject({ code: 'COMMAND_GAP' });
  });

  it('opens a contract’s market when it is subscribed', () => {
    const desk = new Desk('--instrument', 'ES', '--trader', 'off');
    desk.session.open();
    desk.send({
      type: 'subscribe',
      payload: { commandId: 'q1', quotes: ['GC 02-26'], bars: true },
    });
    desk.run(30_000);
    expect(desk.of('instrument')[0]?.payload).toMatchObject({ root: 'GC', tickSize: 0.1 });
    const quotes = desk.of('quote').filter(({ payload }) => payload.instrument === 'GC 02-26');
    expect(quotes.length).toBeGreaterThan(5);
    desk.send({ type: 'unsubscribe', payload: { commandId: 'q2', quotes: ['GC 02-26'] } });
    const before = desk.frames.length;
    desk.run(30_000);
    expect(desk.frames.slice(before).some((frame) => frame.includes('GC 02-26'))).toBe(false);
  });

  it('holds back only quotes and items while the line is full, and then tells the newest', () => {
    const desk = new Desk('--accounts', '2', '--seed', '3');
    const free = new Desk('--accounts', '2', '--seed', '3');
    for (const each of [desk, free]) each.session.open();
    desk.isBackedUp = true;
    for (const each of [desk, free]) each.run(120_000);
    const held = desk.messages();
    for (const type of ['order', 'execution', 'position'] as const) {
      expect(desk.of(type)).toHaveLength(free.of(type).length);
    }
    expect(held.some((message) => message.type === 'quote')).toBe(false);
    desk.isBackedUp = false;
    desk.session.release();
    const newest = (each: Desk) => each.of('quote').at(-1)?.payload;
    expect(desk.of('quote')).toHaveLength(2);
    expect(desk.of('quote').map(({ payload }) => payload)).toContainEqual(newest(free));
  });
});

describe('the link without a socket', () => {
  it('runs on a fake clock, breaks, crashes and comes back', () => {
    const clock = new FakeClock();
    const platform = platformOf('--accounts', '1');
    const told: string[] = [];
    let frames = 0;
    const link = new LocalLink({
      platform,
      world: clock,
      ids: new SeqIds(),
      onOpen: (instance) => told.push(instance),
      onFrame: () => (frames += 1),
      onLost: () => told.push('lost'),
    });
    link.start();
    clock.advance(5_000);
    expect(frames).toBeGreaterThan(20);
    link.cut();
    const before = frames;
    clock.advance(900);
    expect(frames).toBe(before);
    clock.advance(5_000);
    expect(frames).toBeGreaterThan(before);
    expect(told).toEqual(['run-1', 'lost', 'run-1']);
    link.stop();
  });
});
