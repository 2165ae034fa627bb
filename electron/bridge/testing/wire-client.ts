import { once } from 'node:events';
import type { Socket } from 'node:net';
import { WebSocket, type ClientOptions } from 'ws';
import { decodeAppCommand, decodeServerHandshake } from '../../../shared/protocol/codec.ts';
import type { AppCommand, ServerHandshake } from '../../../shared/protocol/addon/commands.ts';
import type { AddonEvent } from '../../../shared/protocol/addon/events.ts';
import { BRIDGE_PATH } from '../../../shared/protocol/versions.ts';
import { stepClientHandshake } from './client-handshake.ts';
import { newNonce } from '../proof.ts';

type Incoming = AppCommand | ServerHandshake;
type PayloadOf<T extends AddonEvent['type']> = Extract<AddonEvent, { type: T }>['payload'];

export interface WireClientOptions {
  readonly port: number;
  readonly path?: string;
  readonly socket?: ClientOptions;
}

export interface SayOptions {
  readonly seq?: number;
  readonly id?: string;
  readonly correlationId?: string;
}

/** A client that speaks the wire by hand, so that a test can say anything, right or wrong. */
export class WireClient {
  readonly ws: WebSocket;
  readonly received: Incoming[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  seq = 0;
  #wake: (() => void)[] = [];
  #ids = 0;
  #isClosed = false;

  constructor({ port, path = BRIDGE_PATH, socket = {} }: WireClientOptions) {
    this.ws = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
      perMessageDeflate: false,
      ...socket,
    });
    this.ws.on('error', () => undefined);
    this.ws.on('message', (data: Buffer) => {
      this.received.push(readIncoming(data.toString('utf8')));
      this.#wakeAll();
    });
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code, reason) => {
        this.#isClosed = true;
        this.#wakeAll();
        resolve({ code, reason: reason.toString('utf8') });
      });
    });
  }

  get socket(): Socket {
    return (this.ws as unknown as { _socket: Socket })._socket;
  }

  async opened(): Promise<this> {
    if (this.ws.readyState === WebSocket.CONNECTING) await once(this.ws, 'open');
    return this;
  }

  /** Resolves with the first message received, past or future, that fits; rejects when the line closes first. */
  async heard<M extends Incoming>(fits: (message: Incoming) => message is M): Promise<M>;
  async heard(fits: (message: Incoming) => boolean): Promise<Incoming>;
  async heard(fits: (message: Incoming) => boolean): Promise<Incoming> {
    for (let at = 0; ;) {
      for (; at < this.received.length; at++) {
        const message = this.received[at];
        if (message !== undefined && fits(message)) return message;
      }
      if (this.#isClosed) throw new Error('The line closed before the expected message came.');
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  async heardType<T extends Incoming['type']>(type: T): Promise<Extract<Incoming, { type: T }>> {
    return this.heard((m): m is Extract<Incoming, { type: T }> => m.type === type);
  }

  count(type: Incoming['type']): number {
    return this.received.filter((message) => message.type === type).length;
  }

  raw(frame: string | Buffer): void {
    this.ws.send(frame);
  }

  /** Sends a handshake message. */
  greet(type: 'hello' | 'proof', payload: object): void {
    this.raw(JSON.stringify({ v: 1, id: this.#nextId(), seq: 0, ts: 1, type, payload }));
  }

  /** Sends an event with the next sequence number, or as told; returns its number. */
  say<T extends AddonEvent['type']>(
    type: T,
    payload: PayloadOf<T>,
    options: SayOptions = {},
  ): number {
    const seq = options.seq ?? ++this.seq;
    const { id = this.#nextId(), correlationId } = options;
    const envelope = { v: 1, id, seq, ts: 1, type, payload };
    this.raw(
      JSON.stringify(correlationId === undefined ? envelope : { ...envelope, correlationId }),
    );
    return seq;
  }

  /** Goes through the handshake as a proper client does. */
  async join(key: Uint8Array, instanceId = 'addon-1'): Promise<this> {
    await this.opened();
    const clientNonce = newNonce();
    this.greet('hello', helloPayload({ clientNonce, instanceId }));
    const challenge = await this.heardType('challenge');
    const step = stepClientHandshake(JSON.stringify(challenge), key, { clientNonce, instanceId });
    if (!step.ok || step.value.kind !== 'prove') throw new Error(JSON.stringify(step));
    this.greet('proof', step.value.payload);
    await this.heardType('welcome');
    return this;
  }

  #nextId(): string {
    this.#ids += 1;
    return `m${this.#ids}`;
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

export function helloPayload(terms: { clientNonce: string; instanceId?: string }) {
  return {
    protocol: 1,
    addonVersion: '1.0.0',
    platform: 'NinjaTrader',
    platformVersion: '8.1.8.3',
    instanceId: 'addon-1',
    ...terms,
  };
}

function readIncoming(text: string): Incoming {
  const command = decodeAppCommand(text);
  if (command.ok) return command.value;
  const handshake = decodeServerHandshake(text);
  if (handshake.ok) return handshake.value;
  throw new Error(`The server sent what its own schema refuses: ${text}`);
}
