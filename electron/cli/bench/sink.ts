import { once } from 'node:events';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../../shared/kernel/clock.ts';
import { encode } from '../../../shared/protocol/codec.ts';
import type { ServerHandshake } from '../../../shared/protocol/addon/commands.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/versions.ts';
import { stepHandshake, type HandshakeState } from '../../bridge/handshake.ts';
import { createPairingStore } from '../../bridge/pairing.ts';
import { newNonce } from '../../bridge/proof.ts';

/** A server that reads everything and does nothing with it: the yardstick for the bridge. */
export interface Sink {
  readonly pairingFile: string;
  /** Frames parsed since the start. */
  received(): number;
  quotes(): number;
  close(): Promise<void>;
}

/** The sender gives up on a peer that is silent for this long, and a sink is always silent. */
const PATIENCE_MS = 600_000;

/** Opens a bare `ws` server that does the bridge's handshake and then only `JSON.parse`. */
export async function openSink(folder: string, clock: Clock): Promise<Sink> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pairing = createPairingStore(join(folder, 'pairing.json'), clock);
  const opened = pairing.open(port);
  if (!opened.ok) throw new Error(opened.error.detail);
  const { key } = opened.value;
  const counts = { received: 0, quotes: 0 };
  server.on('connection', (socket) => {
    let state: HandshakeState | 'done' = { phase: 'hello' };
    socket.on('message', (data: Buffer) => {
      if (state === 'done') {
        const message = JSON.parse(data.toString('utf8')) as { type?: unknown };
        counts.received += 1;
        if (message.type === 'quote') counts.quotes += 1;
        return;
      }
      const secrets = { key, serverNonce: newNonce() };
      const step = stepHandshake(state, data.toString('utf8'), secrets);
      if (step.kind === 'refused') throw new Error(step.refusal.reason);
      state = step.kind === 'challenge' ? step.next : 'done';
      if (step.kind === 'challenge') say(socket, { type: 'challenge', payload: step.payload });
      else say(socket, welcome);
    });
  });
  return {
    pairingFile: pairing.file,
    received: () => counts.received,
    quotes: () => counts.quotes,
    close: () => {
      for (const client of server.clients) client.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

type Reply = ServerHandshake extends infer M
  ? M extends { type: infer T; payload: infer P }
    ? { readonly type: T; readonly payload: P }
    : never
  : never;

const welcome: Reply = {
  type: 'welcome',
  payload: {
    sessionId: 'sink',
    heartbeatMs: 60_000,
    staleMs: PATIENCE_MS,
    deadMs: PATIENCE_MS,
  },
};

function say(socket: WebSocket, reply: Reply): void {
  socket.send(encode({ v: PROTOCOL_VERSION, id: `sink-${reply.type}`, seq: 0, ts: 0, ...reply }));
}
