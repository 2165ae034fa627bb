import type { z } from 'zod';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import { decodeServerHandshake } from '../../../shared/protocol/codec.ts';
import type { Welcome } from '../../../shared/protocol/addon/handshake.ts';
import { proofsMatch, prove } from '../proof.ts';

/** What the client chose in its hello. */
export interface ClientTerms {
  readonly clientNonce: string;
  readonly instanceId: string;
}

export type ClientStep =
  | { readonly kind: 'prove'; readonly payload: { readonly clientProof: string } }
  | { readonly kind: 'welcomed'; readonly welcome: z.infer<typeof Welcome>['payload'] };

export type ClientHandshakeError =
  /** The server sent something that is no handshake message. */
  | { readonly code: 'BAD_FRAME' }
  /** The server does not know the pairing key: it is not the app that wrote the pairing file. */
  | { readonly code: 'UNPROVEN_SERVER' }
  | { readonly code: 'REFUSED'; readonly refusal: string; readonly reason: string };

/** Answers one frame of the server; a server that has not proven the key is told nothing. */
export function stepClientHandshake(
  frame: string | Uint8Array,
  key: Uint8Array,
  terms: ClientTerms,
): Result<ClientStep, ClientHandshakeError> {
  const decoded = decodeServerHandshake(frame);
  if (!decoded.ok) return err({ code: 'BAD_FRAME' });
  const message = decoded.value;
  if (message.type === 'welcome') return ok({ kind: 'welcomed', welcome: message.payload });
  if (message.type === 'refused') {
    const { code, reason } = message.payload;
    return err({ code: 'REFUSED', refusal: code, reason });
  }
  const { serverNonce, serverProof } = message.payload;
  const shared = { ...terms, serverNonce };
  if (!proofsMatch(prove(key, 'server', shared), serverProof)) {
    return err({ code: 'UNPROVEN_SERVER' });
  }
  return ok({ kind: 'prove', payload: { clientProof: prove(key, 'client', shared) } });
}
