import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WindowBounds } from './window-bounds.ts';

/** Remembers where the window was. A small file of its own, because it must work without a healthy store. */
export class WindowMemory {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = join(folder, 'window.json');
  }

  recall(): WindowBounds | null {
    try {
      const parsed = WindowBounds.safeParse(JSON.parse(readFileSync(this.#file, 'utf8')));
      return parsed.success ? parsed.data : null;
    } catch {
      // No file on a first start, or a torn one: the window opens in the middle of the screen.
      return null;
    }
  }

  /** Answers whether it could be written; nothing depends on it. */
  keep(bounds: WindowBounds): boolean {
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(bounds), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
      return true;
    } catch {
      // A full or read-only disk costs the window its place and nothing else.
      return false;
    }
  }
}
