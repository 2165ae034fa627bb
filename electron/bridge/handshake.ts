import type { z } from 'zod';
import { decodeClientHandshake, type BadMessage } from '../../shared/protocol/codec.ts';
import type { Hello, REFUSAL_CODES } from '../../shared/protocol/addon/handshake.ts';
import { CLOSE_CODES, PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import { proofsMatch, prove } from './proof.ts';

export type HelloPayload = z.infer<typeof Hello>['payload'];
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Why a connection is closed, for the peer (`code`, `reason`) and for WebSocket (`close`). */
export interface Refusal {
  readonly code: RefusalCode;
  readonly reason: string;
  readonly close: number;
}

export type HandshakeState =
  | { readonly phase: 'hello' }
  | { readonly phase: 'proof'; readonly hello: HelloPayload; readonly serverNonce: string };

export type HandshakeStep =
  | {
      readonly kind: 'challenge';
      readonly next: HandshakeState;
      readonly payload: { readonly serverNonce: string; readonly serverProof: string };
    }
  | { readonly kind: 'accepted'; readonly hello: HelloPayload }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Builds a refusal with the close code that belongs to it. */
export function refusal(code: RefusalCode, reason: string): Refusal {
  return { code, reason, close: closeCodeOf(code) };
}

/** Advances the server's side by one frame; `serverNonce` must be new for every connection. */
export function stepHandshake(
  state: HandshakeState,
  frame: string | Uint8Array,
  secrets: { readonly key: Uint8Array; readonly serverNonce: string },
): HandshakeStep {
  const decoded = decodeClientHandshake(frame);
  if (!decoded.ok) return refuse(refusalOf(decoded.error));
  const message = decoded.value;
  if (state.phase === 'hello') {
    if (message.type !== 'hello') return refuseUnexpected('a hello', message.type);
    return answerHello(message.payload, secrets);
  }
  if (message.type !== 'proof') return refuseUnexpected('a proof', message.type);
  const expected = prove(secrets.key, 'client', {
    clientNonce: state.hello.clientNonce,
    serverNonce: state.serverNonce,
    instanceId: state.hello.instanceId,
  });
  if (!proofsMatch(expected, message.payload.clientProof)) {
    return refuse(
      refusal('BAD_PROOF', 'The pairing key does not match. Read the pairing file again.'),
    );
  }
  return { kind: 'accepted', hello: state.hello };
}

function answerHello(
  hello: HelloPayload,
  { key, serverNonce }: { readonly key: Uint8Array; readonly serverNonce: string },
): HandshakeStep {
  if (hello.protocol !== PROTOCOL_VERSION) return refuse(wrongVersion(hello.protocol));
  const { clientNonce, instanceId } = hello;
  return {
    kind: 'challenge',
    next: { phase: 'proof', hello, serverNonce },
    payload: {
      serverNonce,
      serverProof: prove(key, 'server', { clientNonce, serverNonce, instanceId }),
    },
  };
}

function refuse(why: Refusal): HandshakeStep {
  return { kind: 'refused', refusal: why };
}

function refuseUnexpected(expected: string, got: string): HandshakeStep {
  return refuse(refusal('BAD_HANDSHAKE', `Expected ${expected}, got ${got}.`));
}

function refusalOf(error: BadMessage): Refusal {
  if (error.code === 'UNSUPPORTED_VERSION') return wrongVersion(error.version);
  const detail = error.code === 'SCHEMA' ? `: ${error.issues.join('; ')}` : '';
  return refusal('BAD_HANDSHAKE', `Not a handshake message (${error.code}${detail})`.slice(0, 500));
}

function wrongVersion(version: unknown): Refusal {
  const named = typeof version === 'number' ? String(version) : 'an unknown version';
  return refusal(
    'UNSUPPORTED_VERSION',
    `The AddOn speaks protocol ${named}, this app speaks ${PROTOCOL_VERSION}. Install the AddOn that came with the app.`,
  );
}

function closeCodeOf(code: RefusalCode): number {
  if (code === 'UNSUPPORTED_VERSION') return CLOSE_CODES.unsupportedVersion;
  if (code === 'REPLACED') return CLOSE_CODES.replaced;
  if (code === 'SHUTTING_DOWN') return CLOSE_CODES.shuttingDown;
  return CLOSE_CODES.badHandshake;
}
