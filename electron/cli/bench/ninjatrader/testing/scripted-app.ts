import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { decodeAddonEvent, decodeClientHandshake } from '../../../../../shared/protocol/codec.ts';
import type { AppCommand } from '../../../../../shared/protocol/addon/commands.ts';
import type { AddonEvent, AddonEventType } from '../../../../../shared/protocol/addon/events.ts';
import { BRIDGE_PATH } from '../../../../../shared/protocol/versions.ts';
import { newNonce, prove } from '../../../../bridge/proof.ts';

type PayloadOf<T extends AppCommand['type']> = Extract<AppCommand, { type: T }>['payload'];
export type EventOf<T extends AddonEventType> = Extract<AddonEvent, { type: T }>;
export type Ack = EventOf<'commandAck'>['payload'];
export type Outcome = EventOf<'commandResult'>['payload'];

const PATIENCE_MS = 60_000;

/** The app's end of the wire, spoken by hand, so that a test can say anything to the AddOn and sees every frame of it. */
export class ScriptedApp {
  /** Everything the AddOn said since the last session began, decoded by the protocol's own codec. */
  readonly events: AddonEvent[] = [];
  /** What the codec refused; there must never be anything. */
  readonly unreadable: string[] = [];
  sessions = 0;
  readonly #key = Buffer.alloc(32, 7);
  readonly #server: WebSocketServer;
  #socket: WebSocket | null = null;
  #seq = 0;
  #wake: (() => void)[] = [];

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket) => void this.#greet(socket));
  }

  /** @param pairingFile where the AddOn looks for its app. */
  static async open(pairingFile: string): Promise<ScriptedApp> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: BRIDGE_PATH });
    await once(server, 'listening');
    const app = new ScriptedApp(server);
    const { port } = server.address() as AddressInfo;
    const key = app.#key.toString('base64');
    mkdirSync(dirname(pairingFile), { recursive: true });
    writeFileSync(
      pairingFile,
      JSON.stringify({ v: 1, host: '127.0.0.1', port, key, createdAt: 1_780_000_000_000 }),
    );
    return app;
  }

  say<T extends AppCommand['type']>(type: T, payload: PayloadOf<T>): void {
    this.#seq += 1;
    this.raw(JSON.stringify({ v: 1, id: `m-${this.#seq}`, seq: this.#seq, ts: 1, type, payload }));
  }

  raw(frame: string | Buffer): void {
    this.#socket?.send(frame);
  }

  /** Sends a command and gives its acknowledgement. */
  async acked<T extends Exclude<AppCommand['type'], 'heartbeat' | 'ping' | 'snapshot'>>(
    type: T,
    payload: PayloadOf<T>,
  ): Promise<Ack> {
    const before = this.events.length;
    this.say(type, payload);
    const isIts = (event: AddonEvent): event is EventOf<'commandAck'> =>
      event.type === 'commandAck' && event.payload.commandId === payload.commandId;
    return (await this.heard(isIts, before)).payload;
  }

  async result(commandId: string): Promise<Outcome> {
    const isIts = (event: AddonEvent): event is EventOf<'commandResult'> =>
      event.type === 'commandResult' && event.payload.commandId === commandId;
    return (await this.heard(isIts)).payload;
  }

  ofType<T extends AddonEventType>(type: T): readonly EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** The first message that fits, past or future, from the given place on. */
  async heard<E extends AddonEvent>(fits: (event: AddonEvent) => event is E, from = 0): Promise<E> {
    const timeUp = AbortSignal.timeout(PATIENCE_MS);
    for (let at = from; ;) {
      for (; at < this.events.length; at += 1) {
        const event = this.events[at];
        if (event !== undefined && fits(event)) return event;
      }
      await this.#next(timeUp);
    }
  }

  async heardType<T extends AddonEventType>(type: T, from = 0): Promise<EventOf<T>> {
    return this.heard((event): event is EventOf<T> => event.type === type, from);
  }

  /** Looks again with every message that comes. */
  async until(condition: () => boolean): Promise<void> {
    const timeUp = AbortSignal.timeout(PATIENCE_MS);
    while (!condition()) await this.#next(timeUp);
  }

  /** Waits for the nth session and its first snapshot. */
  async joined(nth = 1): Promise<void> {
    await this.until(() => this.sessions >= nth && this.ofType('snapshot').length > 0);
  }

  /** Waits until the AddOn has told of an account that it is connected, alone or in a snapshot. */
  async knows(name: string): Promise<void> {
    await this.heard((event): event is AddonEvent =>
      accountsIn(event).some((each) => each.name === name && each.connectionStatus === 'connected'),
    );
  }

  /** Ends the connection without a word. */
  drop(): void {
    this.#socket?.terminate();
  }

  async close(): Promise<void> {
    this.drop();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #greet(socket: WebSocket): Promise<void> {
    socket.on('error', () => undefined);
    const [first] = (await once(socket, 'message')) as [Buffer];
    const hello = decodeClientHandshake(first.toString('utf8'));
    if (!hello.ok || hello.value.type !== 'hello') {
      this.#refuse(first);
      return;
    }
    const { clientNonce, instanceId } = hello.value.payload;
    const terms = { clientNonce, instanceId, serverNonce: newNonce() };
    const serverProof = prove(this.#key, 'server', terms);
    shake(socket, 'challenge', { serverNonce: terms.serverNonce, serverProof });
    const [second] = (await once(socket, 'message')) as [Buffer];
    const proof = decodeClientHandshake(second.toString('utf8'));
    const due = prove(this.#key, 'client', terms);
    if (!proof.ok || proof.value.type !== 'proof' || proof.value.payload.clientProof !== due) {
      this.#refuse(second);
      return;
    }
    this.#begin(socket);
  }

  #begin(socket: WebSocket): void {
    this.#socket = socket;
    this.#seq = 0;
    this.sessions += 1;
    this.events.length = 0;
    socket.on('message', (data: Buffer) => this.#take(data.toString('utf8')));
    // Generous, because nobody beats here unless a test does.
    const patience = { heartbeatMs: 500, staleMs: 300_000, deadMs: 600_000 };
    shake(socket, 'welcome', { sessionId: `sess-${this.sessions}`, ...patience });
  }

  #refuse(frame: Buffer): void {
    this.unreadable.push(frame.toString('utf8'));
    this.#wakeAll();
  }

  #take(frame: string): void {
    const event = decodeAddonEvent(frame);
    if (event.ok) this.events.push(event.value);
    else this.unreadable.push(`${JSON.stringify(event.error)} ${frame}`);
    this.#wakeAll();
  }

  async #next(timeUp: AbortSignal): Promise<void> {
    const woken = Promise.withResolvers<undefined>();
    const giveUp = (): void =>
      woken.reject(new Error(`Awaited in vain; refused: ${this.unreadable.join('\n')}`));
    timeUp.addEventListener('abort', giveUp);
    this.#wake.push(() => woken.resolve(undefined));
    try {
      await woken.promise;
    } finally {
      timeUp.removeEventListener('abort', giveUp);
    }
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

function accountsIn(event: AddonEvent): readonly EventOf<'account'>['payload'][] {
  if (event.type === 'account') return [event.payload];
  return event.type === 'snapshot' ? event.payload.accounts : [];
}

function shake(socket: WebSocket, type: string, payload: object): void {
  socket.send(JSON.stringify({ v: 1, id: `h-${type}`, seq: 0, ts: 1, type, payload }));
}
