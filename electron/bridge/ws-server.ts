import { createServer, STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import {
  CLOSE_CODES,
  MAX_FRAME_BYTES,
  MAX_HANDSHAKE_FRAME_BYTES,
} from '../../shared/protocol/versions.ts';
import type { DismissReason, Guest, Lobby } from './lobby.ts';
import { findPortHolder } from './port-holder.ts';
import { refuseUpgrade } from './upgrade-policy.ts';

const LOOPBACK = '127.0.0.1';
const MAX_HEADER_BYTES = 8_192;
/** How long a peer may take to answer our close before the socket is cut. */
const CLOSE_GRACE_MS = 1_000;
/** Everything a peer may send before it has a session: two small frames and their framing. */
const MAX_HANDSHAKE_BYTES = 4 * MAX_HANDSHAKE_FRAME_BYTES;

/** `closeTimeout` is in the library and not yet in its types. */
const UPGRADE_OPTIONS: ServerOptions & { closeTimeout: number } = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: MAX_FRAME_BYTES,
  closeTimeout: CLOSE_GRACE_MS,
};

export type ListenError =
  | { readonly code: 'PORT_TAKEN'; readonly port: number; readonly holder: string | null }
  | { readonly code: 'CANNOT_LISTEN'; readonly detail: string };

/** One WebSocket, before and after it has a session. */
export interface Connection {
  readonly guest: Guest;
  /** Bytes handed over and not yet taken by the system. */
  readonly bufferedBytes: number;
  send(text: string): void;
  /** Flushes what was sent, says why, and cuts the line if the peer does not answer. */
  close(code: number, reason: string): void;
  /** Lifts the limits that hold before authentication. */
  admit(): void;
}

export interface ConnectionHandlers {
  onFrame(frame: string | Uint8Array): void;
  onDismiss(reason: DismissReason): void;
  /** Once, whoever closed. */
  onClosed(code: number): void;
}

export interface WsServerOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly lobby: Lobby;
  readonly onConnection: (connection: Connection) => ConnectionHandlers;
  readonly onRefused: (status: number, body: string) => void;
  /** The listening socket itself is in trouble, for example out of descriptors. */
  readonly onFault: (detail: string) => void;
}

export interface WsServer {
  readonly port: number;
  /** Stops accepting; resolves when every socket is gone. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 only. A taken port is told with who holds it. */
export async function listen(options: WsServerOptions): Promise<Result<WsServer, ListenError>> {
  const http = createServer({ maxHeaderSize: MAX_HEADER_BYTES });
  const failure = await startListening(http, options.port);
  if (failure !== null) {
    if (failure.code !== 'EADDRINUSE') {
      return err({ code: 'CANNOT_LISTEN', detail: failure.message });
    }
    const holder = await findPortHolder(options.port);
    return err({ code: 'PORT_TAKEN', port: options.port, holder });
  }
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  attach(http, port, options);
  return ok({ port, close: async () => stopListening(http) });
}

interface Visit {
  readonly socket: Socket;
  readonly guest: Guest;
}

async function startListening(http: Server, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    http.once('error', resolve);
    http.listen({ host: LOOPBACK, port }, () => {
      http.off('error', resolve);
      resolve(null);
    });
  });
}

function attach(http: Server, port: number, options: WsServerOptions): void {
  const visits = new WeakMap<Duplex, Visit>();
  const upgrader = new WebSocketServer(UPGRADE_OPTIONS);
  http.on('connection', (socket) => {
    const guest: Guest = { stage: 0, dismiss: () => socket.destroy() };
    visits.set(socket, { socket, guest });
    options.lobby.enter(guest);
    socket.once('close', () => options.lobby.leave(guest));
  });
  http.on('request', (request, response) => {
    const { status, body } = refuseUpgrade(request, port) ?? {
      status: 426,
      body: 'WebSocket only.',
    };
    options.onRefused(status, body);
    response.writeHead(status, { connection: 'close', 'content-type': 'text/plain' });
    response.end(`${body}\n`);
  });
  http.on('upgrade', (request, socket, head) => {
    // A peer that resets in mid-handshake is no news; without a listener it would end the process.
    socket.on('error', () => socket.destroy());
    const refused = refuseUpgrade(request, port);
    const visit = visits.get(socket);
    if (refused !== null || visit === undefined) {
      const { status, body } = refused ?? { status: 503, body: 'Try again.' };
      options.onRefused(status, body);
      answerPlainly(socket, status, body);
      return;
    }
    upgrader.handleUpgrade(request, socket, head, (ws) => {
      adopt(ws, visit, options.onConnection);
    });
  });
  http.on('error', (error) => options.onFault(error.message));
  http.on('clientError', (_error, socket) => answerPlainly(socket, 400, 'Not an HTTP request.'));
}

function adopt(
  ws: WebSocket,
  { socket, guest }: Visit,
  onConnection: WsServerOptions['onConnection'],
): void {
  const budget = (): void => {
    if (socket.bytesRead > MAX_HANDSHAKE_BYTES + MAX_HEADER_BYTES) ws.terminate();
  };
  let frameBytes = MAX_HANDSHAKE_FRAME_BYTES;
  guest.stage = 1;
  const connection: Connection = {
    guest,
    get bufferedBytes() {
      return ws.bufferedAmount;
    },
    send: (text) => ws.send(text),
    close: (code, reason) => ws.close(code, reason.slice(0, 100)),
    admit: () => {
      frameBytes = MAX_FRAME_BYTES;
      socket.off('data', budget);
    },
  };
  const handlers = onConnection(connection);
  guest.dismiss = (reason) => handlers.onDismiss(reason);
  socket.on('data', budget);
  ws.on('message', (data: Buffer, isBinary) => {
    // What was already on its way when we closed belongs to nobody.
    if (ws.readyState !== ws.OPEN) return;
    if (data.length > frameBytes) {
      ws.close(CLOSE_CODES.badHandshake, 'The first frames may have 4 KiB at most.');
      return;
    }
    handlers.onFrame(isBinary ? data : data.toString('utf8'));
  });
  // The close event follows and carries the code; an oversize or malformed frame gets here first.
  ws.on('error', () => undefined);
  ws.on('close', (code) => handlers.onClosed(code));
}

function answerPlainly(socket: Duplex, status: number, body: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\n` +
      `Content-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body) + 1}\r\n\r\n${body}\n`,
  );
}

/** WebSockets were told to close and are cut by the library after the grace; idle sockets are cut at once. */
async function stopListening(http: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    http.close(() => resolve());
    http.closeIdleConnections();
  });
}
