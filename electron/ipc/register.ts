import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { CALL_KEYS } from '../../shared/protocol/ipc/channels.ts';
import { ipcContract, type PushKey, type PushPayload } from '../../shared/protocol/ipc/contract.ts';
import type { Log } from '../../shared/kernel/log.ts';
import { createGate, type Handlers, type Sender } from './gate.ts';

interface Parts {
  readonly handlers: Handlers;
  readonly log: Log;
  /** The contents of the one window, or null while there is none. */
  readonly ourContents: () => WebContents | null;
  readonly isOurPage: (url: string) => boolean;
}

/** The main process's end of the contract. */
export interface IpcEnd {
  /** Sends to the window once its page has asked for something; earlier pushes have no listener. */
  push<K extends PushKey>(key: K, payload: PushPayload<K>): void;
  close(): void;
}

/** Puts every call of the contract behind the gate. The only place that touches ipcMain. */
export function registerIpc({ handlers, log, ourContents, isOurPage }: Parts): IpcEnd {
  const gate = createGate(handlers, log);
  const listening = new WeakSet<WebContents>();

  const senderOf = ({ sender, senderFrame }: IpcMainInvokeEvent): Sender => ({
    // A frame that is gone by now, or that was never told, is nobody we know.
    isMainFrame: senderFrame !== null && senderFrame.parent === null,
    isOurPage: senderFrame !== null && isOurPage(senderFrame.url),
    isOurWindow: sender.id === ourContents()?.id,
  });

  const follow = (contents: WebContents): void => {
    if (listening.has(contents)) return;
    listening.add(contents);
    const forget = (): void => void listening.delete(contents);
    contents.once('did-start-loading', forget);
    contents.once('render-process-gone', forget);
  };

  for (const key of CALL_KEYS) {
    ipcMain.handle(key, async (event, raw: unknown) => {
      const reply = await gate(key, senderOf(event), raw);
      if (reply.ok && !event.sender.isDestroyed()) follow(event.sender);
      return reply;
    });
  }

  return {
    push: (key, payload) => {
      const contents = ourContents();
      if (contents === null || contents.isDestroyed() || !listening.has(contents)) return;
      const parsed = ipcContract[key].payload.safeParse(payload);
      if (parsed.success) contents.send(key, parsed.data);
      else log.error('ipc.badPush', { key, detail: parsed.error.issues[0]?.message ?? '' });
    },
    close: () => CALL_KEYS.forEach((key) => ipcMain.removeHandler(key)),
  };
}
