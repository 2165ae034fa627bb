import type { z } from 'zod';
import {
  ipcContract,
  type CallKey,
  type CallOutput,
  type IpcError,
  type IpcReply,
} from '../../shared/protocol/ipc/contract.ts';
import type { Log } from '../../shared/kernel/log.ts';
import { exceedsBytes, MAX_REQUEST_BYTES } from './payload-size.ts';

/** Main's side of the contract: one function for every call, none left out. */
export type Handlers = {
  readonly [K in CallKey]: (
    input: z.output<(typeof ipcContract)[K]['input']>,
  ) => Promise<IpcReply<CallOutput<K>>> | IpcReply<CallOutput<K>>;
};

/** What is known of who asks; read off the event before anything else is looked at. */
export interface Sender {
  readonly isMainFrame: boolean;
  readonly isOurPage: boolean;
  readonly isOurWindow: boolean;
}

/** Answers one request of the window. Total: whatever arrives, the answer is a reply and never a throw. */
export type Gate = (key: CallKey, sender: Sender, raw: unknown) => Promise<IpcReply<unknown>>;

export function createGate(handlers: Handlers, log: Log): Gate {
  return async (key, sender, raw) => {
    if (!sender.isMainFrame || !sender.isOurPage || !sender.isOurWindow) {
      log.warn('ipc.senderRefused', { key, ...sender });
      return refused('FORBIDDEN_SENDER', 'Only the desk window may ask for this.');
    }
    try {
      return await answer({ handlers, log, key, raw });
    } catch (error) {
      log.error('ipc.failed', { key, detail: error instanceof Error ? error.message : 'unknown' });
      return refused('INTERNAL', 'The app failed to answer; its log says why.');
    }
  };
}

interface Request {
  readonly handlers: Handlers;
  readonly log: Log;
  readonly key: CallKey;
  readonly raw: unknown;
}

async function answer({ handlers, log, key, raw }: Request): Promise<IpcReply<unknown>> {
  if (exceedsBytes(raw, MAX_REQUEST_BYTES))
    return refused('TOO_LARGE', 'The request is too large.');
  const row = ipcContract[key];
  const input = row.input.safeParse(raw);
  if (!input.success) return refused('BAD_INPUT', brief(input.error));
  // The row and the handler belong to one key; the compiler cannot follow that through the table.
  const handler = handlers[key] as (
    input: unknown,
  ) => Promise<IpcReply<unknown>> | IpcReply<unknown>;
  const reply = await handler(input.data);
  if (!reply.ok) return reply;
  const output = row.output.safeParse(reply.value);
  if (output.success) return { ok: true, value: output.data };
  log.error('ipc.badAnswer', { key, detail: brief(output.error) });
  return refused('INTERNAL', 'The app made an answer it must not send; its log says why.');
}

export function refused(code: IpcError['code'], message: string): IpcReply<never> {
  return { ok: false, error: { code, message } };
}

function brief(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.').slice(0, 80)}: ${issue.message.slice(0, 120)}`)
    .join('; ');
}
