import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { isCallKey, isPushKey } from '../shared/protocol/ipc/channels.ts';
import type { IpcReply } from '../shared/protocol/ipc/contract.ts';

// All that a page of ours can reach. Types are the contract's (`DeskApi`); what crosses is unknown until the
// other side has parsed it, and Electron's own objects stay on this side.

function unknownKey(key: unknown): IpcReply<never> {
  return { ok: false, error: { code: 'BAD_INPUT', message: `Unknown call ${String(key)}.` } };
}

async function call(key: unknown, input: unknown): Promise<unknown> {
  return isCallKey(key) ? ipcRenderer.invoke(key, input) : unknownKey(key);
}

function listen(key: unknown, listener: (payload: unknown) => void): () => void {
  if (!isPushKey(key)) throw new TypeError(`Unknown push ${String(key)}.`);
  const heard = (_event: IpcRendererEvent, payload: unknown): void => listener(payload);
  ipcRenderer.on(key, heard);
  return () => void ipcRenderer.off(key, heard);
}

contextBridge.exposeInMainWorld('desk', { call, listen });
