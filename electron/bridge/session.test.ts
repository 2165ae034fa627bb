import { afterEach, describe, expect, it } from 'vitest';
import type { AccountName } from '../../shared/domain/account/account.ts';
import type { Command } from '../../shared/domain/desk/command.ts';
import { BridgeFixture } from './testing/bridge-fixture.ts';
import type { WireClient } from './testing/wire-client.ts';
import * as sample from './testing/wire-samples.ts';

const cancelAll = (commandId: string): Command => ({
  kind: 'cancelAll',
  commandId,
  scope: { kind: 'account', account: 'Sim101' as AccountName },
});

describe('a session', () => {
  let fixture: BridgeFixture;
  let client: WireClient;
  afterEach(async () => fixture.dispose());

  /** A session whose first picture is whole. */
  async function settled(): Promise<void> {
    fixture = await BridgeFixture.started();
    client = await fixture.join();
    client.say(
      'snapshot',
      sample.snapshot({
        accounts: [sample.account()],
        accountItems: [sample.item()],
        instruments: [sample.instrument()],
        orders: [sample.order()],
        positions: [sample.position()],
        commands: [{ commandId: 'cmd-0', type: 'flatten', state: 'done', code: '' }],
      }),
    );
    await fixture.fact('snapshot.received');
  }

  it("turns the AddOn's first snapshot into facts, instruments first", async () => {
    await settled();
    expect(fixture.facts.map((fact) => fact.kind)).toEqual([
      'link.opened',
      'instrument.reported',
      'snapshot.received',
    ]);
    expect(fixture.factsOf('snapshot.received')[0]).toMatchObject({
      seq: 1,
      asOfSeq: 0,
      scope: 'full',
      commandId: null,
      accounts: [{ account: { name: 'Sim101' } }],
      items: [{ item: 'netLiquidation', value: 500_000_000 }],
      orders: [{ id: 'o1', limit: 20_001, stop: null }],
      positions: [{ quantity: 2, averageTicksE4: 200_015_000 }],
      commands: [{ commandId: 'cmd-0', state: 'done', code: '' }],
      refused: [],
    });
  });

  it('carries every kind of message as a fact, in order', async () => {
    await settled();
    client.say('connection', {
      name: 'Rithmic',
      provider: 'Rithmic',
      mode: 'live',
      status: 'connected',
      priceStatus: 'connected',
      error: '',
      nativeError: '',
    });
    client.say('order', sample.order({ state: 'filled', filled: 1 }));
    client.say('execution', sample.execution());
    client.say('position', sample.position({ quantity: 0, averagePrice: null }));
    client.say('accountItem', sample.item({ value: null }));
    client.say('quote', sample.quote());
    client.say('bar', sample.bar());
    client.say('commandAck', { commandId: 'c', status: 'accepted', code: null, detail: '' });
    client.say('commandResult', {
      commandId: 'c',
      outcome: 'done',
      code: '',
      detail: '',
      remaining: [],
    });
    client.say('flattenProgress', {
      commandId: 'c',
      account: 'Sim101',
      instrument: 'ES 12-26',
      step: 'flatSeen',
      detail: '',
    });
    client.say('guardState', { revision: 3, enforcing: true, accounts: [] });
    await fixture.fact('guard.reported');
    expect(fixture.facts.slice(3).map((fact) => fact.kind)).toEqual([
      'connection.reported',
      'order.reported',
      'execution.reported',
      'position.reported',
      'item.reported',
      'quote.reported',
      'bar.reported',
      'command.acked',
      'command.finished',
      'flatten.progressed',
      'guard.reported',
    ]);
    expect(fixture.bridge.status()).toMatchObject({ gaps: 0, refused: 0 });
  });

  it('answers a gap with one full snapshot request, however many follow', async () => {
    await settled();
    client.say('order', sample.order(), { seq: 5 });
    client.say('order', sample.order(), { seq: 9 });
    client.say('order', sample.order(), { seq: 12 });
    await fixture.fact('order.reported', 3);
    expect(fixture.factsOf('link.gap').map(({ from, to }) => [from, to])).toEqual([
      [2, 4],
      [6, 8],
      [10, 11],
    ]);
    const asked = await client.heardType('snapshot');
    expect(asked.payload).toMatchObject({ kind: 'full', executionsSince: null });
    const { commandId } = asked.payload;
    client.say('snapshot', sample.snapshot({ snapshotId: 'snap-2', asOfSeq: 8 }), {
      seq: 13,
      correlationId: commandId,
    });
    expect(await fixture.fact('snapshot.received', 2)).toMatchObject({ commandId, asOfSeq: 8 });
    expect(client.count('snapshot')).toBe(1);
    fixture.clock.advance(1_000);
    const oneMore = await client.heard((m) => m.type === 'snapshot' && m !== asked);
    expect(oneMore.payload).toMatchObject({ kind: 'full' });
    expect(fixture.bridge.status().gaps).toBe(3);
  });

  it('delivers what was reordered or repeated once, with its own number', async () => {
    await settled();
    client.say('execution', sample.execution({ executionId: 'e3' }), { seq: 3, id: 'x3' });
    client.say('execution', sample.execution({ executionId: 'e2' }), { seq: 2, id: 'x2' });
    client.say('execution', sample.execution({ executionId: 'e2' }), { seq: 2, id: 'x2' });
    client.say('execution', sample.execution({ executionId: 'e3' }), { seq: 4, id: 'x3' });
    client.say('execution', sample.execution({ executionId: 'e5' }), { seq: 5, id: 'x5' });
    await fixture.fact('execution.reported', 3);
    expect(
      fixture.factsOf('execution.reported').map(({ seq, execution }) => [seq, execution.id]),
    ).toEqual([
      [3, 'e3'],
      [2, 'e2'],
      [5, 'e5'],
    ]);
  });

  it('never lets an overtaken quote replace a newer one', async () => {
    await settled();
    client.say('quote', sample.quote({ last: 5_001 }), { seq: 3 });
    client.say('quote', sample.quote({ last: 5_000 }), { seq: 2 });
    client.say('quote', sample.quote({ last: 5_002 }), { seq: 4 });
    await fixture.fact('quote.reported', 2);
    expect(fixture.factsOf('quote.reported').map(({ quote }) => quote.last)).toEqual([
      20_004, 20_008,
    ]);
  });

  it('drops a torn snapshot and asks for a full one', async () => {
    await settled();
    client.say('snapshot', sample.snapshot({ snapshotId: 's2', asOfSeq: 1, part: 1, parts: 3 }));
    client.seq += 1;
    client.say('snapshot', sample.snapshot({ snapshotId: 's2', asOfSeq: 1, part: 3, parts: 3 }));
    const asked = await client.heardType('snapshot');
    expect(asked.payload.kind).toBe('full');
    for (let waited = 0; waited < 4_000; waited += 250) {
      client.say('heartbeat', { receivedSeq: 0, queued: 0 });
      fixture.clock.advance(250);
    }
    expect(fixture.factsOf('snapshot.received')).toHaveLength(1);
  });

  it('asks for the state every second and for everything when the executions do not add up', async () => {
    await settled();
    fixture.clock.advance(1_000);
    const { payload } = await client.heardType('snapshot');
    expect(payload.kind).toBe('state');
    client.say(
      'snapshot',
      sample.snapshot({
        snapshotId: 's2',
        kind: 'state',
        asOfSeq: 1,
        accounts: [sample.account('Sim101', { executionCount: 1 })],
      }),
      { correlationId: payload.commandId },
    );
    await client.heard((m) => m.type === 'snapshot' && m.payload.kind === 'full');
  });

  it('beats once a second with what it received, and measures the round trip', async () => {
    await settled();
    client.say('order', sample.order());
    await fixture.fact('order.reported');
    fixture.clock.advance(1_000);
    expect(await client.heardType('heartbeat')).toMatchObject({
      payload: { receivedSeq: 2, durableSeq: 0 },
    });
    const ping = await client.heardType('ping');
    fixture.clock.advance(7);
    client.say('pong', { echo: ping.payload.echo });
    client.say('order', sample.order());
    await fixture.fact('order.reported', 2);
    expect(fixture.bridge.status().latencyMs).toBe(7);
  });

  it('goes stale after three seconds of silence, and comes back with the next word', async () => {
    await settled();
    fixture.clock.advance(3_000);
    expect(fixture.bridge.status().state).toBe('stale');
    client.say('heartbeat', { receivedSeq: 0, queued: 0 });
    client.say('order', sample.order());
    await fixture.fact('order.reported');
    fixture.clock.advance(250);
    expect(fixture.bridge.status().state).toBe('connected');
  });

  it('gives up a half-open line after ten seconds and tells the desk first', async () => {
    await settled();
    client.socket.pause();
    fixture.clock.advance(9_999);
    expect(fixture.factsOf('link.lost')).toEqual([]);
    fixture.clock.advance(1);
    expect(fixture.factsOf('link.lost')[0]).toMatchObject({ reason: 'silent' });
    expect(fixture.bridge.status()).toMatchObject({ state: 'lost', sessionId: null });
    client.socket.resume();
    expect((await client.closed).code).toBe(4004);
  });

  it('lets a newer session with the same key replace it, and hears nothing more of it', async () => {
    await settled();
    const newer = await fixture.join('restarted');
    expect((await client.heardType('refused')).payload.code).toBe('REPLACED');
    client.say('order', sample.order({ orderId: 'ghost' }));
    expect((await client.closed).code).toBe(4001);
    newer.say('instrument', sample.instrument());
    newer.say('order', sample.order({ orderId: 'real' }));
    await fixture.fact('order.reported');
    expect(fixture.factsOf('order.reported').map(({ order }) => order.id)).toEqual(['real']);
    expect(fixture.facts.map(({ kind }) => kind).filter((kind) => kind.startsWith('link'))).toEqual(
      ['link.opened', 'link.lost', 'link.opened'],
    );
    expect(fixture.bridge.status()).toMatchObject({ state: 'connected', reconnects: 1 });
  });

  it('sends commands with their own sequence and id', async () => {
    await settled();
    expect(fixture.bridge.send(cancelAll('cmd-a')).ok).toBe(true);
    expect(fixture.bridge.send(cancelAll('cmd-b')).ok).toBe(true);
    const second = await client.heard(
      (m) => m.type === 'cancelAll' && m.payload.commandId === 'cmd-b',
    );
    expect(client.received.filter((m) => m.type === 'cancelAll').map((m) => m.seq)).toEqual([1, 2]);
    expect(second).toMatchObject({ v: 1, payload: { scope: { kind: 'account' } } });
  });

  it('says so when there is nobody to send a command to', async () => {
    fixture = await BridgeFixture.started();
    expect(fixture.bridge.send(cancelAll('cmd-a'))).toEqual({
      ok: false,
      error: { code: 'NO_LINK' },
    });
  });

  it('says so when a command cannot be expressed', async () => {
    await settled();
    const commandId = 'x'.repeat(129);
    expect(fixture.bridge.send(cancelAll(commandId))).toEqual({
      ok: false,
      error: { code: 'NOT_EXPRESSIBLE' },
    });
  });

  it('closes a peer that does not read, and drops no command without a word', async () => {
    await settled();
    client.socket.pause();
    const note = 'n'.repeat(2_000);
    const guard: Command = { kind: 'setGuard', commandId: 'g', revision: 1, note, accounts: [] };
    let sent = 0;
    let outcome = fixture.bridge.send(guard);
    while (outcome.ok) {
      sent += 1;
      outcome = fixture.bridge.send(guard);
    }
    expect(outcome).toEqual({ ok: false, error: { code: 'SLOW_PEER' } });
    expect(fixture.factsOf('link.lost')[0]).toMatchObject({ reason: 'slowPeer' });
    expect(fixture.bridge.send(guard)).toEqual({ ok: false, error: { code: 'NO_LINK' } });
    client.socket.resume();
    expect((await client.closed).code).toBe(4003);
    expect(client.count('setGuard')).toBe(sent);
  });

  it('refuses what it cannot read with a code, and asks for the whole picture', async () => {
    await settled();
    client.raw('{"v":1,"id":"x","seq":2,"ts":1,"type":"order","payload":{"account":""}}');
    expect(await fixture.fact('link.refused')).toMatchObject({ type: 'order', code: 'SCHEMA' });
    expect((await client.heardType('snapshot')).payload.kind).toBe('full');
    expect(fixture.factsOf('link.gap')).toEqual([]);
  });

  it('refuses a price off its tick and names account and contract', async () => {
    await settled();
    client.say('execution', sample.execution({ price: 5_000.1 }));
    expect(await fixture.fact('link.refused')).toMatchObject({
      type: 'execution',
      code: 'OFF_TICK',
      detail: 'account=Sim101 instrument=ES 12-26',
    });
    expect((await client.heardType('snapshot')).payload.kind).toBe('full');
  });

  it('lists what it cannot read of a snapshot instead of leaving it out', async () => {
    await settled();
    client.say(
      'snapshot',
      sample.snapshot({
        snapshotId: 's2',
        asOfSeq: 1,
        orders: [sample.order({ limitPrice: 5_000.1 })],
        positions: [sample.position({ account: 'Sim102', instrument: 'ZB 12-26' })],
        instruments: [sample.instrument('YM 12-26', { tickSize: 1e-12 })],
      }),
    );
    expect((await fixture.fact('snapshot.received', 2)).refused).toEqual([
      { type: 'instrument', account: '', instrument: 'YM 12-26', code: 'BAD_TICK_SIZE' },
      { type: 'order', account: 'Sim101', instrument: 'ES 12-26', code: 'OFF_TICK' },
      { type: 'position', account: 'Sim102', instrument: 'ZB 12-26', code: 'UNKNOWN_INSTRUMENT' },
    ]);
  });

  it('tells once about a message type it does not know, and takes no offence', async () => {
    await settled();
    for (let seq = 2; seq <= 40; seq++) {
      client.raw(`{"v":1,"id":"x${seq}","seq":${seq},"ts":1,"type":"cheer","payload":{}}`);
    }
    client.say('order', sample.order(), { seq: 41 });
    await fixture.fact('order.reported');
    expect(fixture.factsOf('link.refused')).toEqual([
      {
        kind: 'link.refused',
        type: 'cheer',
        code: 'UNKNOWN_TYPE',
        detail: 'Unknown message type.',
      },
    ]);
    expect(fixture.bridge.status().state).toBe('connected');
  });

  it('tells once about a contract whose quotes cannot be read', async () => {
    await settled();
    for (let n = 0; n < 50; n++) client.say('quote', sample.quote({ instrument: 'ZB 12-26' }));
    client.say('quote', sample.quote());
    await fixture.fact('quote.reported');
    expect(fixture.factsOf('link.refused')).toHaveLength(1);
  });

  it('ends after twenty unreadable messages within ten seconds', async () => {
    await settled();
    for (let n = 0; n < 19; n++) client.raw('garbage');
    fixture.clock.advance(1_000);
    client.say('order', sample.order());
    await fixture.fact('order.reported');
    client.raw(Buffer.from([1, 2, 3]));
    expect(await fixture.fact('link.lost')).toMatchObject({ reason: 'badMessages' });
    expect((await client.closed).code).toBe(4005);
    expect(fixture.factsOf('link.refused')).toHaveLength(20);
  });

  it('says goodbye when the AddOn did', async () => {
    await settled();
    client.say('goodbye', { reason: 'NinjaTrader is closing', at: 1 });
    client.ws.close(1000);
    expect(await fixture.fact('link.lost')).toMatchObject({
      reason: 'goodbye',
      detail: 'NinjaTrader is closing',
    });
  });

  it('counts messages per second', async () => {
    await settled();
    for (let n = 0; n < 100; n++) client.say('quote', sample.quote());
    await fixture.fact('quote.reported', 100);
    fixture.clock.advance(1_000);
    expect(fixture.bridge.status().messagesPerSecond).toBe(101);
  });
});
