import { BrowserWindow, dialog } from 'electron';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { PickedFile, TextFilePort } from '../ipc/desk-port.ts';

/** Far more than any calendar or list of days. */
const MOST_BYTES = 4_000_000;

/** Lets the trader choose a text file. The window never learns a path. */
export function textFiles(): TextFilePort {
  return {
    pick: async (title) => {
      const wish = {
        title,
        properties: ['openFile' as const],
        filters: [
          { name: 'CSV', extensions: ['csv', 'txt'] },
          { name: 'All files', extensions: ['*'] },
        ],
      };
      const window = BrowserWindow.getFocusedWindow();
      const { canceled, filePaths } = await (window === null
        ? dialog.showOpenDialog(wish)
        : dialog.showOpenDialog(window, wish));
      const [path] = filePaths;
      return canceled || path === undefined ? ok(null) : textOf(path);
    },
  };
}

function textOf(path: string): Result<PickedFile, string> {
  const name = basename(path);
  try {
    if (statSync(path).size > MOST_BYTES) return err(`${name} is larger than 4 MB.`);
    return ok({ name, text: readFileSync(path, 'utf8') });
  } catch (error) {
    return err(`${name} cannot be read: ${(error as Error).message}`);
  }
}
