import type { Clock } from '../../shared/kernel/clock.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import type { Log } from '../../shared/kernel/log.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import { encode } from '../../shared/protocol/codec.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import type { ServerHandshake } from '../../shared/protocol/addon/commands.ts';
import {
  refusal,
  stepHandshake,
  type HandshakeState,
  type HelloPayload,
  type Refusal,
} from './handshake.ts';
import type { HeartbeatPolicy } from './heartbeat.ts';
import type { DismissReason, Lobby } from './lobby.ts';
import { newNonce } from './proof.ts';
import { SlidingWindow } from './sliding-window.ts';
import type { Connection, ConnectionHandlers } from './ws-server.ts';

const BAD_PROOF_LIMIT = 5;
const BAD_HANDSHAKES_LOGGED = 20;
const BAD_PROOF_WINDOW_MS = 60_000;

/** What a connection becomes once it has a session. */
export interface SessionHandlers {
  onFrame(frame: string | Uint8Array): void;
  onClosed(code: number): void;
}

export interface DoorDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly lobby: Lobby;
  readonly heartbeat: HeartbeatPolicy;
  /** Null while there is no usable key; then nobody gets in. */
  readonly key: () => Uint8Array | null;
  readonly onAccepted: (
    connection: Connection,
    hello: HelloPayload,
    sessionId: string,
  ) => SessionHandlers;
}

type HandshakeReply = ServerHandshake extends infer M
  ? M extends { type: infer T; payload: infer P }
    ? { readonly type: T; readonly payload: P }
    : never
  : never;

interface Visit {
  readonly connection: Connection;
  state: HandshakeState;
  session: SessionHandlers | null;
  refused: boolean;
}

/** Leads each connection through the handshake; only a peer that proves the key gets further. */
export class Door {
  readonly #deps: DoorDeps;
  readonly #badProofs = new SlidingWindow(BAD_PROOF_LIMIT, BAD_PROOF_WINDOW_MS);

  readonly #badHandshakes = new SlidingWindow(BAD_HANDSHAKES_LOGGED, BAD_PROOF_WINDOW_MS);

  constructor(deps: DoorDeps) {
    this.#deps = deps;
  }

  receive(connection: Connection): ConnectionHandlers {
    const visit: Visit = { connection, state: { phase: 'hello' }, session: null, refused: false };
    return {
      onFrame: (frame) => {
        if (visit.session === null) this.#step(visit, frame);
        else visit.session.onFrame(frame);
      },
      onDismiss: (reason) => {
        visit.refused = true;
        this.refuse(connection, dismissal(reason));
      },
      onClosed: (code) => visit.session?.onClosed(code),
    };
  }

  /** Says why and closes; also the last word to a session that is not wanted any more. */
  refuse(connection: Connection, { code, reason, close }: Refusal): void {
    this.#say(connection, { type: 'refused', payload: { code, reason } });
    connection.close(close, `${code}: ${reason}`);
  }

  #step(visit: Visit, frame: string | Uint8Array): void {
    const key = this.#deps.key();
    if (visit.refused || key === null) return;
    const { connection } = visit;
    const step = stepHandshake(visit.state, frame, { key, serverNonce: newNonce() });
    switch (step.kind) {
      case 'challenge':
        visit.state = step.next;
        connection.guest.stage = 2;
        this.#say(connection, { type: 'challenge', payload: step.payload });
        break;
      case 'accepted':
        visit.session = this.#accept(connection, step.hello);
        break;
      case 'refused':
        visit.refused = true;
        this.refuse(connection, this.#weigh(step.refusal));
        break;
      default:
        assertNever(step);
    }
  }

  #accept(connection: Connection, hello: HelloPayload): SessionHandlers {
    const { ids, lobby, heartbeat, onAccepted } = this.#deps;
    const sessionId = ids.next('sess');
    lobby.leave(connection.guest);
    connection.admit();
    const { everyMs: heartbeatMs, staleMs, deadMs } = heartbeat;
    const payload = { sessionId, heartbeatMs, staleMs, deadMs };
    this.#say(connection, { type: 'welcome', payload });
    return onAccepted(connection, hello, sessionId);
  }

  /** Past the limit a wrong key is told so in other words and no longer logged; a right one is never affected. */
  #weigh(why: Refusal): Refusal {
    if (why.code !== 'BAD_PROOF') {
      if (!this.#badHandshakes.record(this.#deps.clock.mono())) {
        this.#deps.log.info('bridge.refused', { code: why.code });
      }
      return why;
    }
    if (!this.#badProofs.record(this.#deps.clock.mono())) {
      this.#deps.log.warn('bridge.refused', { code: why.code });
      return why;
    }
    return refusal(
      'TOO_MANY_ATTEMPTS',
      'Too many wrong keys of late. Read the pairing file again; the right key is let in at once.',
    );
  }

  #say(connection: Connection, reply: HandshakeReply): void {
    const envelope = {
      v: PROTOCOL_VERSION,
      id: this.#deps.ids.next('msg'),
      seq: 0,
      ts: this.#deps.clock.wall(),
    } as const;
    connection.send(encode({ ...envelope, ...reply }));
  }
}

function dismissal(reason: DismissReason): Refusal {
  switch (reason) {
    case 'timeout':
      return refusal('HANDSHAKE_TIMEOUT', 'The handshake took too long.');
    case 'crowded':
      return refusal('TOO_MANY_ATTEMPTS', 'Too many connections without a session. Try again.');
    case 'stopping':
      return refusal('SHUTTING_DOWN', 'The app is closing.');
    default:
      return assertNever(reason);
  }
}
