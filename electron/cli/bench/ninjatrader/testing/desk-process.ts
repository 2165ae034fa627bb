import { join } from 'node:path';
import type { DeskPatch } from '../../../../../shared/protocol/ipc/views.ts';
import { LineProcess } from '../line-process.ts';

const PROGRAM = join(import.meta.dirname, '../../../apex.ts');
const RAW_TEXT = join(import.meta.dirname, '../../../../store/testing/raw-text.ts');

/** `apex bridge` as a process of its own, so that it can be killed. */
export class DeskProcess {
  /** What it would show in its window, newest first. */
  readonly patches: DeskPatch[] = [];
  readonly ended: Promise<string>;
  readonly #process: LineProcess;
  #end: string | null = null;

  constructor(folder: string) {
    this.#process = new LineProcess({
      program: process.execPath,
      args: ['--import', RAW_TEXT, PROGRAM, 'bridge', '--folder', folder, '--port', '0', '--json'],
      env: process.env,
      onLine: (line) => this.patches.unshift(JSON.parse(line) as DeskPatch),
    });
    this.ended = this.#process.ended;
    void this.ended.then((errors) => (this.#end = errors));
  }

  /** The newest view of an account that it gave; throws when it has died by itself. */
  account(name: string): NonNullable<DeskPatch['accounts']>[number] | undefined {
    if (this.#end !== null) throw new Error(`The desk has ended: ${this.#end}`);
    return this.patches
      .flatMap(({ accounts }) => accounts ?? [])
      .find((account) => account.name === name);
  }

  /** As on a machine that sleeps: its connections are open, and nobody reads them. */
  hang(): void {
    this.#process.hang();
  }

  wake(): void {
    this.#process.wake();
  }

  /** `kill -9`: nothing in it gets to say or to write anything any more. */
  async kill(): Promise<void> {
    this.#process.kill();
    await this.#process.ended;
  }
}
