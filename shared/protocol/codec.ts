import type { z } from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';
import { AddonEvent } from './addon/events.ts';
import { AppCommand, ClientHandshake, ServerHandshake } from './addon/commands.ts';

/** Why a frame was refused. `UNKNOWN_TYPE` keeps the type so that it can be answered and journaled. */
export type BadMessage =
  | { readonly code: 'NOT_TEXT' | 'NOT_JSON' | 'NOT_AN_ENVELOPE' }
  | { readonly code: 'UNSUPPORTED_VERSION'; readonly version: unknown }
  | { readonly code: 'UNKNOWN_TYPE'; readonly type: string }
  | { readonly code: 'SCHEMA'; readonly type: string; readonly issues: readonly string[] };

type Decoder<T> = (frame: string | Uint8Array) => Result<T, BadMessage>;

/** Decodes a frame of the AddOn; total over any input. */
export const decodeAddonEvent: Decoder<AddonEvent> = decoder(AddonEvent);

/** Decodes a frame of the app; total over any input. */
export const decodeAppCommand: Decoder<AppCommand> = decoder(AppCommand);

/** Decodes what a client says before it has a session; total over any input. */
export const decodeClientHandshake: Decoder<ClientHandshake> = decoder(ClientHandshake);

/** Decodes what the server says before there is a session; total over any input. */
export const decodeServerHandshake: Decoder<ServerHandshake> = decoder(ServerHandshake);

/** Writes a message as one text frame. */
export function encode(
  message: AddonEvent | AppCommand | ClientHandshake | ServerHandshake,
): string {
  return JSON.stringify(message);
}

function decoder<S extends z.ZodDiscriminatedUnion>(schema: S): Decoder<z.infer<S>> {
  const known = knownTypes(schema);
  return (frame) => {
    if (typeof frame !== 'string') return err({ code: 'NOT_TEXT' });
    const parsed = parseJson(frame);
    if (!parsed.ok) return parsed;
    const result = schema.safeParse(parsed.value);
    if (result.success) return ok(result.data);
    return err(explain(parsed.value, known, result.error));
  };
}

function parseJson(text: string): Result<unknown, BadMessage> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    // JSON.parse has no other way to say that the text is not JSON.
    return err({ code: 'NOT_JSON' });
  }
}

function explain(value: unknown, known: ReadonlySet<string>, error: z.ZodError): BadMessage {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { code: 'NOT_AN_ENVELOPE' };
  const { v, type } = value as { v?: unknown; type?: unknown };
  if (typeof type !== 'string') return { code: 'NOT_AN_ENVELOPE' };
  if (v !== 1) return { code: 'UNSUPPORTED_VERSION', version: v };
  if (!known.has(type)) return { code: 'UNKNOWN_TYPE', type: type.slice(0, 60) };
  return { code: 'SCHEMA', type, issues: error.issues.slice(0, 5).map(brief) };
}

function brief(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.').slice(0, 120)}: ${issue.message.slice(0, 160)}`;
}

function knownTypes(schema: z.ZodDiscriminatedUnion): ReadonlySet<string> {
  const types = new Set<string>();
  for (const option of schema.options) {
    const shape = (option as unknown as { shape: { type: { value: string } } }).shape;
    types.add(shape.type.value);
  }
  return types;
}
