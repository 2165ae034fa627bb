import { z } from 'zod';
import { message } from '../envelope.ts';
import { FreeText, Identifier, Nonce, Proof } from '../primitives.ts';

/** First frame of the AddOn. The key itself never travels: both sides prove it over both nonces. */
export const Hello = message(
  'hello',
  z.object({
    protocol: z.int().min(0),
    addonVersion: z.string().min(1).max(40),
    platform: z.string().min(1).max(80),
    platformVersion: z.string().max(40),
    /** New for every start of the AddOn; tells a reconnect from a restart. */
    instanceId: Identifier,
    clientNonce: Nonce,
  }),
);

/** The app proves that it knows the pairing key before the AddOn tells anything. */
export const Challenge = message('challenge', z.object({ serverNonce: Nonce, serverProof: Proof }));

export const ClientProof = message('proof', z.object({ clientProof: Proof }));

export const Welcome = message(
  'welcome',
  z.object({
    sessionId: Identifier,
    heartbeatMs: z.int().min(100).max(60_000),
    staleMs: z.int().min(200).max(600_000),
    deadMs: z.int().min(500).max(600_000),
  }),
);

export const REFUSAL_CODES = [
  'UNSUPPORTED_VERSION',
  'BAD_PROOF',
  'BAD_HANDSHAKE',
  'HANDSHAKE_TIMEOUT',
  'TOO_MANY_ATTEMPTS',
  'REPLACED',
  'SHUTTING_DOWN',
] as const;

/** Last frame before the app closes an unwelcome connection; `reason` is for a person. */
export const Refused = message(
  'refused',
  z.object({ code: z.enum(REFUSAL_CODES), reason: FreeText }),
);
