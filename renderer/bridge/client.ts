import { z } from 'zod';
import type { Timers } from '../../shared/kernel/clock.ts';
import {
  ipcContract,
  type CallInput,
  type CallKey,
  type CallOutput,
  type DeskApi,
  type IpcReply,
} from '../../shared/protocol/ipc/contract.ts';
import { DeskPatch, type SettingsView } from '../../shared/protocol/ipc/views.ts';
import { applyPatch } from '../state/apply-patch.ts';
import type { DeskStore } from '../state/desk-store.ts';

// The window's content policy forbids the code generation that zod would otherwise try.
z.config({ jitless: true });

/** A snapshot that failed is asked for again after this long. */
const RETRY_MS = 1_000;

/** Patches kept while a snapshot is under way; more than this and the next snapshot brings them anyway. */
const HELD_LIMIT = 500;

/** What the window can ask of the main process, and the mirror's feed. */
export interface DeskClient {
  /** Subscribes, then asks for the whole view. Returns the function that ends it. */
  start(): () => void;
  call<K extends CallKey>(key: K, input: CallInput<K>): Promise<IpcReply<CallOutput<K>>>;
  changeSettings(change: Partial<SettingsView>): Promise<IpcReply<null>>;
}

interface Parts {
  readonly api: DeskApi;
  readonly store: DeskStore;
  readonly timers: Timers;
}

/** The only writer of the mirror. */
export function createDeskClient(parts: Parts): DeskClient {
  const call: DeskClient['call'] = (key, input) => parsedCall(parts.api, key, input);
  return {
    start: () => startMirror(parts, call),
    call,
    changeSettings: async (change) => {
      const reply = await call('settings.change', change);
      if (!reply.ok) return reply;
      parts.store.setState(reply.value);
      return { ok: true, value: null };
    },
  };
}

function startMirror({ api, store, timers }: Parts, call: DeskClient['call']): () => void {
  let held: DeskPatch[] = [];
  let asking = false;
  let stopped = false;

  const take = (raw: unknown): void => {
    const parsed = DeskPatch.safeParse(raw);
    if (!parsed.success) {
      void resync();
      return;
    }
    if (asking) {
      held = [...held, parsed.data].slice(-HELD_LIMIT);
      return;
    }
    if (!advance(store, parsed.data)) {
      held = [parsed.data];
      void resync();
    }
  };

  const resync = async (): Promise<void> => {
    if (asking || stopped) return;
    asking = true;
    store.setState(({ view }) => ({ mirror: view === null ? 'loading' : 'catchingUp' }));
    const reply = await call('desk.snapshot', undefined);
    asking = false;
    if (isStopped()) return;
    if (!reply.ok) {
      store.setState({ mirror: 'broken', trouble: reply.error.message });
      timers.after(RETRY_MS, () => void resync());
      return;
    }
    const waiting = held;
    held = [];
    store.setState({ mirror: 'live', trouble: '', view: reply.value });
    for (const patch of waiting) take(patch);
  };

  // Read through a function: the flag changes while the snapshot is awaited.
  const isStopped = (): boolean => stopped;

  const unlisten = api.listen('desk.patch', take);
  void resync();
  void readOnce(store, call);
  return () => {
    stopped = true;
    unlisten();
  };
}

/** Applies the next patch; an older one is ignored. False means that one is missing. */
function advance(store: DeskStore, patch: DeskPatch): boolean {
  const { view } = store.getState();
  if (view === null) return false;
  if (patch.rev <= view.rev) return true;
  if (patch.rev !== view.rev + 1) return false;
  store.setState({ view: applyPatch(view, patch) });
  return true;
}

async function readOnce(store: DeskStore, call: DeskClient['call']): Promise<void> {
  const [settings, info] = await Promise.all([
    call('settings.read', undefined),
    call('app.info', undefined),
  ]);
  if (settings.ok) store.setState({ settings: settings.value });
  if (info.ok) store.setState({ info: info.value, shortcut: info.value.shortcut });
}

/** One request; a rejected promise and an unreadable answer become errors with words. */
async function parsedCall<K extends CallKey>(
  api: DeskApi,
  key: K,
  input: CallInput<K>,
): Promise<IpcReply<CallOutput<K>>> {
  let reply: IpcReply<unknown>;
  try {
    reply = await api.call(key, input);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return failed(`The window could not reach the engine: ${detail}`);
  }
  if (!reply.ok) return reply;
  const parsed = ipcContract[key].output.safeParse(reply.value);
  if (!parsed.success) return failed('The window could not read the answer of the engine.');
  return { ok: true, value: parsed.data as CallOutput<K> };
}

function failed(message: string): IpcReply<never> {
  return { ok: false, error: { code: 'INTERNAL', message } };
}
