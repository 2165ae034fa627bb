import { afterEach, describe, expect, it } from 'vitest';
import { BridgeFixture } from './testing/bridge-fixture.ts';
import { helloPayload, type WireClient } from './testing/wire-client.ts';
import { newNonce, prove } from './proof.ts';

describe('the handshake', () => {
  let fixture: BridgeFixture;
  afterEach(async () => fixture.dispose());

  it('opens a session for a client that proves the key', async () => {
    fixture = await BridgeFixture.started();
    const client = await fixture.join('addon-7');
    const opened = await fixture.fact('link.opened');
    expect(opened).toMatchObject({ instanceId: 'addon-7', sessionId: 'sess-1' });
    expect(await client.heardType('welcome')).toMatchObject({
      seq: 0,
      payload: { sessionId: 'sess-1', heartbeatMs: 1_000, staleMs: 3_000, deadMs: 10_000 },
    });
    expect(fixture.bridge.status()).toMatchObject({
      state: 'connected',
      port: fixture.port,
      peer: { platform: 'NinjaTrader' },
      reconnects: 0,
    });
  });

  it('never sends the key', async () => {
    fixture = await BridgeFixture.started();
    const client = await fixture.join();
    const key = Buffer.from(fixture.key);
    const sent = JSON.stringify(client.received);
    expect(sent).not.toContain(key.toString('base64'));
    expect(sent).not.toContain(key.toString('hex'));
  });

  it('refuses a client that proves another key', async () => {
    fixture = await BridgeFixture.started();
    const { client, challenge, clientNonce } = await challenged();
    const terms = { clientNonce, serverNonce: challenge.serverNonce, instanceId: 'addon-1' };
    client.greet('proof', { clientProof: prove(Buffer.alloc(32, 7), 'client', terms) });
    expect(await refusalOf(client)).toBe('BAD_PROOF');
    expect((await client.closed).code).toBe(4000);
    expect(fixture.facts).toEqual([]);
  });

  it("refuses the server's own proof sent back", async () => {
    fixture = await BridgeFixture.started();
    const { client, challenge } = await challenged();
    client.greet('proof', { clientProof: challenge.serverProof });
    expect(await refusalOf(client)).toBe('BAD_PROOF');
  });

  it('refuses a recorded handshake played again', async () => {
    fixture = await BridgeFixture.started();
    const { client, challenge, clientNonce } = await challenged();
    const terms = { clientNonce, serverNonce: challenge.serverNonce, instanceId: 'addon-1' };
    const clientProof = prove(fixture.key, 'client', terms);
    client.greet('proof', { clientProof });
    await client.heardType('welcome');
    const thief = await fixture.connect().opened();
    thief.greet('hello', helloPayload({ clientNonce }));
    const again = await thief.heardType('challenge');
    expect(again.payload.serverNonce).not.toBe(challenge.serverNonce);
    thief.greet('proof', { clientProof });
    expect(await refusalOf(thief)).toBe('BAD_PROOF');
    expect(fixture.bridge.status().state).toBe('connected');
  });

  it.each([
    ['hello.protocol', JSON.stringify({ ...frame('hello', { ...hello(), protocol: 2 }) })],
    ['envelope v', JSON.stringify({ ...frame('hello', hello()), v: 2 })],
  ])('names the versions when %s is another', async (_where, text) => {
    fixture = await BridgeFixture.started();
    const client = await fixture.connect().opened();
    client.raw(text);
    const refused = await client.heardType('refused');
    expect(refused.payload.code).toBe('UNSUPPORTED_VERSION');
    expect(refused.payload.reason).toContain('speaks protocol 2, this app speaks 1');
    expect((await client.closed).code).toBe(4002);
  });

  it.each([
    ['garbage', '\u0000 not json'],
    ['binary', Buffer.from([1, 2, 3])],
    ['an event', JSON.stringify(frame('heartbeat', { receivedSeq: 0, queued: 0 }))],
    ['a proof before the hello', JSON.stringify(frame('proof', { clientProof: newNonce() }))],
    ['a short nonce', JSON.stringify(frame('hello', { ...hello(), clientNonce: 'AAAA' }))],
  ])('refuses %s as a first frame', async (_name, first) => {
    fixture = await BridgeFixture.started();
    const client = await fixture.connect().opened();
    client.raw(first);
    expect(await refusalOf(client)).toBe('BAD_HANDSHAKE');
    expect((await client.closed).code).toBe(4000);
  });

  it('gives up on a client that says nothing for three seconds', async () => {
    fixture = await BridgeFixture.started();
    const client = await fixture.connect().opened();
    fixture.clock.advance(2_999);
    expect(client.count('refused')).toBe(0);
    fixture.clock.advance(1);
    expect(await refusalOf(client)).toBe('HANDSHAKE_TIMEOUT');
  });

  it('words a wrong key otherwise after five of them and still lets the right key in', async () => {
    fixture = await BridgeFixture.started();
    const codes: string[] = [];
    for (let attempt = 0; attempt < 7; attempt++) {
      const { client } = await challenged();
      client.greet('proof', { clientProof: newNonce() });
      codes.push(await refusalOf(client));
    }
    expect(codes.slice(0, 4)).toEqual(Array(4).fill('BAD_PROOF'));
    expect(codes.slice(4)).toEqual(Array(3).fill('TOO_MANY_ATTEMPTS'));
    expect(fixture.lines.filter((line) => line.event === 'bridge.refused')).toHaveLength(4);
    await fixture.join();
    expect(fixture.bridge.status().state).toBe('connected');
  });

  it('lets nobody in with the old key after it was rotated', async () => {
    fixture = await BridgeFixture.started();
    const before = await fixture.join();
    const oldKey = fixture.key;
    expect(fixture.bridge.rotateKey().ok).toBe(true);
    expect((await before.closed).code).toBe(4006);
    await expect(fixture.connect().join(oldKey)).rejects.toThrow('UNPROVEN_SERVER');
    await fixture.connect().join(fixture.readKey());
    expect(fixture.bridge.status().state).toBe('connected');
  });

  async function challenged() {
    const client = await fixture.connect().opened();
    const clientNonce = newNonce();
    client.greet('hello', helloPayload({ clientNonce }));
    const challenge = (await client.heardType('challenge')).payload;
    return { client, challenge, clientNonce };
  }
});

function hello() {
  return helloPayload({ clientNonce: newNonce() });
}

function frame(type: string, payload: object) {
  return { v: 1, id: 'm1', seq: 0, ts: 1, type, payload };
}

async function refusalOf(client: WireClient): Promise<string> {
  return (await client.heardType('refused')).payload.code;
}
