import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemClock } from '../../platform/system-clock.ts';
import { openHeadlessDesk, type HeadlessDesk, type HeadlessTerms } from '../headless-desk.ts';
import { Sender } from './sender.ts';

/** The Electron that the launch is measured with. */
export interface ElectronAtHand {
  readonly executable: string;
  /** Folder of the app. */
  readonly app: string;
}

export interface StageParts {
  readonly world: SystemClock;
  /** Of this run alone; whoever made it removes it. */
  readonly folder: string;
  /** Script of the simulated NinjaTrader. */
  readonly simulator: string;
  readonly electron: ElectronAtHand | null;
  /** Fewer repeats and shorter times. */
  readonly short: boolean;
  readonly note: (line: string) => void;
}

/** Where the measurements play: folders, processes and waits, all of them cleared away by `close`. */
export class Stage {
  readonly parts: StageParts;
  readonly #closers = new Set<() => Promise<void> | void>();
  #folders = 0;

  constructor(parts: StageParts) {
    this.parts = parts;
  }

  get world(): SystemClock {
    return this.parts.world;
  }

  /** A new empty folder. */
  folder(name: string): string {
    this.#folders += 1;
    const path = join(this.parts.folder, `${this.#folders}-${name}`);
    mkdirSync(path, { recursive: true });
    return path;
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.world.after(ms, resolve));
  }

  /** True as soon as the condition holds, false when it does not within the time. */
  async until(condition: () => boolean, withinMs: number): Promise<boolean> {
    const deadline = this.world.mono() + withinMs;
    while (!condition()) {
      if (this.world.mono() > deadline) return false;
      await this.wait(5);
    }
    return true;
  }

  /** Remembers what has to be ended if the run breaks off; gives the function that forgets it again. */
  onClose(closer: () => Promise<void> | void): () => void {
    this.#closers.add(closer);
    return () => this.#closers.delete(closer);
  }

  async openDesk(terms: Omit<HeadlessTerms, 'port'>): Promise<HeadlessDesk> {
    const opened = await openHeadlessDesk({ ...terms, port: 0 });
    if (!opened.ok) throw new Error(opened.error);
    const desk = opened.value;
    const forget = this.onClose(() => desk.stop());
    const stop = (): Promise<void> => {
      forget();
      return desk.stop();
    };
    return { ...desk, stop };
  }

  /** Starts the simulated NinjaTrader; the same words give the same market and the same orders. */
  startSender(pairingFile: string, words: readonly string[]): Sender {
    const { simulator } = this.parts;
    const sender = new Sender(simulator, ['--pairing', pairingFile, '--seed', 'bench', ...words]);
    const forget = this.onClose(() => sender.stop());
    void sender.ended.then(forget);
    return sender;
  }

  async close(): Promise<void> {
    for (const closer of [...this.#closers].reverse()) await closer();
    this.#closers.clear();
  }
}
