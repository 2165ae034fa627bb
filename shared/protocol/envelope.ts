import { z } from 'zod';
import { Identifier, Timestamp } from './primitives.ts';
import { PROTOCOL_VERSION } from './versions.ts';

/**
 * Builds the schema of one message: the envelope around a typed payload.
 *
 * `seq` counts from 1 per direction and session; handshake messages carry 0. `correlationId` names the
 * command or message that this one answers.
 */
export function message<T extends string, P extends z.ZodType>(type: T, payload: P) {
  return z.object({
    v: z.literal(PROTOCOL_VERSION),
    id: Identifier,
    seq: z.int().min(0),
    ts: Timestamp,
    type: z.literal(type),
    correlationId: Identifier.optional(),
    payload,
  });
}
