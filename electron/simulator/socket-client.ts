import WebSocket from 'ws';
import type { Cancel, Clock, Timers } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import { BRIDGE_PATH, MAX_FRAME_BYTES } from '../../shared/protocol/versions.ts';
import { ClientHandshakeRun } from './client-handshake.ts';
import { readPairing } from './pairing-file.ts';
import type { WireSession } from './wire-session.ts';

/** Unsent bytes at which quotes begin to wait. */
const BACKED_UP_BYTES = 262_144;
/** Unsent bytes at which the app counts as gone: what it missed is told by the next snapshot. */
const HOPELESS_BYTES = 67_108_864;
const RELEASE_EVERY_MS = 25;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface SessionLine {
  readonly outgoing: (frame: string) => void;
  readonly isBackedUp: () => boolean;
}

export interface SocketClientParts {
  readonly pairingFile: string;
  readonly world: Clock & Timers;
  readonly ids: Ids;
  readonly createSession: (line: SessionLine) => WireSession;
  /** Runs what is due before a frame is handled, so that it meets the present. */
  readonly catchUp: () => void;
  readonly say: (text: string) => void;
}

/** Keeps a session with the app: finds it by the pairing file, proves itself, comes back when it is gone. */
export class SocketClient {
  readonly #parts: SocketClientParts;
  #instanceId: string;
  #socket: WebSocket | null = null;
  #session: WireSession | null = null;
  #pauseMs = FIRST_PAUSE_MS;
  #retry: Cancel = () => undefined;
  #isStopped = false;
  #heardAt = 0;
  #lastComplaint = '';

  constructor(parts: SocketClientParts) {
    this.#parts = parts;
    this.#instanceId = parts.ids.next('run');
  }

  get session(): WireSession | null {
    return this.#session;
  }

  /** Bytes that wait for the socket. */
  get backlog(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  connect(): void {
    const pairing = readPairing(this.#parts.pairingFile);
    if (!pairing.ok) return this.#complainAndRetry(pairing.error);
    const { port, key } = pairing.value;
    const socket = new WebSocket(`ws://127.0.0.1:${port}${BRIDGE_PATH}`, {
      perMessageDeflate: false,
      maxPayload: MAX_FRAME_BYTES,
      handshakeTimeout: 5_000,
    });
    this.#socket = socket;
    const { world } = this.#parts;
    const sentAt = (): number => world.wall();
    const handshake = new ClientHandshakeRun({ key, instanceId: this.#instanceId, sentAt });
    let failure = `nobody listens on port ${port}`;
    const stops: Cancel[] = [];
    socket.on('open', () => socket.send(handshake.hello()));
    socket.on('error', (error) => {
      failure = error.message;
    });
    socket.on('message', (data, isBinary) => {
      this.#heardAt = world.mono();
      const frame = isBinary ? '' : (data as Buffer).toString('utf8');
      if (this.#session !== null) {
        this.#parts.catchUp();
        this.#session.receiveFrame(frame);
        return;
      }
      const step = handshake.step(frame);
      if (!step.ok) {
        failure = step.error;
        socket.terminate();
      } else if (step.value.kind === 'answer') socket.send(step.value.frame);
      else stops.push(...this.#begin(socket, step.value));
    });
    socket.on('close', (code) => {
      for (const stop of stops) stop();
      this.#session?.close();
      const had = this.#session !== null;
      this.#session = null;
      if (this.#socket === socket) this.#socket = null;
      if (!this.#isStopped) this.#complainAndRetry(had ? `the app closed (${code})` : failure);
    });
  }

  /** Cuts the connection without a word, as a crash or a broken line does. */
  cut(): void {
    this.#retry();
    this.#socket?.terminate();
  }

  /** From now on this is another start of the AddOn, and it stays away until `connect`. */
  crash(): void {
    this.#instanceId = this.#parts.ids.next('run');
    this.#isStopped = true;
    this.cut();
  }

  comeBack(): void {
    this.#isStopped = false;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.connect();
  }

  /** Leaves with a goodbye. */
  stop(reason: string): void {
    this.#isStopped = true;
    this.#retry();
    this.#session?.leave(reason);
    this.#socket?.close(1000);
  }

  #begin(
    socket: WebSocket,
    terms: { readonly heartbeatMs: number; readonly deadMs: number },
  ): readonly Cancel[] {
    const { world, createSession, catchUp, say } = this.#parts;
    const session = createSession({
      outgoing: (frame) => {
        if (socket.readyState !== WebSocket.OPEN) return;
        socket.send(frame);
        if (socket.bufferedAmount > HOPELESS_BYTES) socket.terminate();
      },
      isBackedUp: () => socket.bufferedAmount > BACKED_UP_BYTES,
    });
    this.#session = session;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#lastComplaint = '';
    say('Paired with the app.');
    catchUp();
    session.open();
    return [
      world.every(terms.heartbeatMs, () => {
        session.beat();
        if (world.mono() - this.#heardAt > terms.deadMs) socket.terminate();
      }),
      world.every(RELEASE_EVERY_MS, () => session.release()),
    ];
  }

  #complainAndRetry(why: string): void {
    const { world, say } = this.#parts;
    if (why !== this.#lastComplaint) say(`Waiting for the app: ${why}.`);
    this.#lastComplaint = why;
    const pause = this.#pauseMs;
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, pause * 2);
    this.#retry = world.after(pause, () => {
      if (!this.#isStopped) this.connect();
    });
  }
}
