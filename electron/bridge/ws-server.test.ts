import { once } from 'node:events';
import { request } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { MAX_FRAME_BYTES, MAX_HANDSHAKE_FRAME_BYTES } from '../../shared/protocol/versions.ts';
import { BridgeFixture } from './testing/bridge-fixture.ts';
import { helloPayload } from './testing/wire-client.ts';
import { newNonce } from './proof.ts';

describe('the door of the bridge', () => {
  let fixture: BridgeFixture;
  const sockets: Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await fixture.dispose();
  });

  it('is open on 127.0.0.1 and on no other address', async () => {
    fixture = await BridgeFixture.started();
    const elsewhere = connect({ host: '127.0.0.2', port: fixture.port });
    sockets.push(elsewhere);
    await expect(once(elsewhere, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(fixture.bridge.status().port).toBe(fixture.port);
  });

  it.each([
    ['an Origin', { origin: 'https://evil.example' }, '/bridge/v1', 403],
    ['an Origin that looks local', { origin: 'http://127.0.0.1' }, '/bridge/v1', 403],
    ['a rebound Host', { headers: { host: 'evil.example' } }, '/bridge/v1', 421],
    ['another path', {}, '/', 404],
    ['another version in the path', {}, '/bridge/v2', 404],
  ])('answers %s with a readable HTTP refusal', async (_what, socket, path, status) => {
    fixture = await BridgeFixture.started();
    const client = fixture.connect({ path, socket });
    const [, response] = (await once(client.ws, 'unexpected-response')) as [
      unknown,
      NodeJS.ReadableStream & { statusCode: number },
    ];
    let body = '';
    for await (const chunk of response) body += String(chunk);
    expect(response.statusCode).toBe(status);
    expect(body.length).toBeGreaterThan(20);
    expect(fixture.lines).toContainEqual(
      expect.objectContaining({ event: 'bridge.refusedRequest', level: 'warn' }),
    );
  });

  it('answers a plain request without becoming a web server', async () => {
    fixture = await BridgeFixture.started();
    const get = request({ host: '127.0.0.1', port: fixture.port, path: '/bridge/v1' }).end();
    const [response] = (await once(get, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(426);
  });

  it('answers bytes that are no HTTP and goes on', async () => {
    fixture = await BridgeFixture.started();
    const socket = connect({ host: '127.0.0.1', port: fixture.port });
    sockets.push(socket);
    socket.write(Buffer.from([0, 255, 1, 254, 13, 10, 13, 10]));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString('utf8')).toContain('400');
    await fixture.join();
  });

  it('refuses a frame over 4 KiB before the key is proven', async () => {
    fixture = await BridgeFixture.started();
    const client = await fixture.connect().opened();
    client.raw('x'.repeat(MAX_HANDSHAKE_FRAME_BYTES + 1));
    expect(await client.closed).toMatchObject({ code: 4000 });
  });

  it('cuts a stranger that sends a long frame slowly, before it is whole', async () => {
    fixture = await BridgeFixture.started();
    const client = await fixture.connect().opened();
    const header = Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0x0f, 0, 0, 1, 2, 3, 4]);
    client.socket.write(Buffer.concat([header, Buffer.alloc(60_000)]));
    expect(await client.closed).toMatchObject({ code: 1006 });
  });

  it('takes a frame of 1 MiB from a proven peer and closes on a larger one', async () => {
    fixture = await BridgeFixture.started();
    const client = await fixture.join();
    const text = `{"v":1,"id":"m","seq":1,"ts":1,"type":"pong","payload":{"echo":"e"}}`;
    client.raw(text.padEnd(MAX_FRAME_BYTES, ' '));
    client.raw(' '.repeat(MAX_FRAME_BYTES + 1));
    expect(await client.closed).toMatchObject({ code: 1009 });
    expect(fixture.factsOf('link.refused')).toEqual([]);
    expect(await fixture.fact('link.lost')).toMatchObject({ reason: 'closed' });
    await fixture.join();
  });

  it('closes on a frame that is no WebSocket and goes on', async () => {
    fixture = await BridgeFixture.started();
    const client = await fixture.join();
    client.socket.write(Buffer.alloc(64, 0xff));
    await client.closed;
    await fixture.join();
    expect(fixture.bridge.status()).toMatchObject({ state: 'connected', reconnects: 1 });
  });

  it('keeps a session unharmed and lets the key in while strangers crowd the door', async () => {
    fixture = await BridgeFixture.started();
    const trader = await fixture.join('first');
    const strangers = Array.from({ length: 60 }, () => fixture.connect());
    const bare = Array.from({ length: 60 }, () =>
      connect({ host: '127.0.0.1', port: fixture.port }).on('error', () => undefined),
    );
    sockets.push(...bare);
    const settled = await Promise.allSettled(
      strangers.map(async (stranger) => {
        await stranger.opened();
        stranger.greet('hello', helloPayload({ clientNonce: newNonce() }));
        await stranger.heardType('challenge');
      }),
    );
    expect(settled.some((one) => one.status === 'rejected')).toBe(true);
    trader.say('goodbye', { reason: 'still here', at: 1 });
    trader.say('pong', { echo: 'still alive' });
    const rival = await fixture.join('second');
    expect(await rival.heardType('welcome')).toMatchObject({ payload: { sessionId: 'sess-2' } });
    expect(await fixture.fact('link.lost')).toMatchObject({ reason: 'replaced' });
  });

  it('names who holds a taken port', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    fixture = new BridgeFixture({ port });
    const started = await fixture.bridge.start();
    expect(started).toMatchObject({ ok: false, error: { code: 'PORT_TAKEN', port } });
    if (!started.ok && started.error.code === 'PORT_TAKEN' && process.platform === 'linux') {
      expect(started.error.holder).toContain(`(process ${process.pid})`);
    }
    expect(fixture.bridge.status()).toMatchObject({ state: 'failed', port: null });
    expect(fixture.bridge.status().detail).toContain(`Port ${port} is in use by`);
    holder.close();
    await once(holder, 'close');
    expect(await fixture.bridge.start()).toMatchObject({ ok: true, value: { port } });
  });

  it('frees the port and says goodbye when it stops', async () => {
    fixture = await BridgeFixture.started();
    const client = await fixture.join();
    const stranger = await fixture.connect().opened();
    await fixture.bridge.stop();
    expect((await client.closed).code).toBe(4006);
    expect((await client.heardType('refused')).payload.code).toBe('SHUTTING_DOWN');
    expect((await stranger.closed).code).toBe(4006);
    expect(await fixture.fact('link.lost')).toMatchObject({ reason: 'stopped' });
    const next = createServer().listen(fixture.port, '127.0.0.1');
    await once(next, 'listening');
    next.close();
  });
});
