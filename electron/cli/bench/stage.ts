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

const BROKEN_OFF = 'The run was broken off.';

/** Where the measurements play: folders, processes and waits, all of them cleared away by `close`. */
export class Stage {
  readonly parts: StageParts;
  readonly #closers = new Set<() => Promise<void> | void>();
  readonly #waits = new Set<() => void>();
  #folders = 0;
  #isClosed = false;

  constructor(parts: StageParts) {
    this.parts = parts;
  }

  get world(): SystemClock {
    return this.parts.world;
  }

  /** A new empty folder. */
  folder(name: string): string {
    if (this.#isClosed) throw new Error(BROKEN_OFF);
    this.#folders += 1;
    const path = join(this.parts.folder, `${this.#folders}-${name}`);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Fails once the stage is closed, so that no measurement goes on behind a run that has ended. */
  wait(ms: number): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Error(BROKEN_OFF));
    return new Promise((resolve, reject) => {
      const breakOff = (): void => {
        cancel();
        reject(new Error(BROKEN_OFF));
      };
      const cancel = this.world.after(ms, () => {
        this.#waits.delete(breakOff);
        resolve();
      });
      this.#waits.add(breakOff);
    });
  }

  /** Waits for the promise, but no longer than that. */
  async within(promise: Promise<unknown>, ms: number): Promise<void> {
    const timeUp = Promise.withResolvers<undefined>();
    const cancel = this.world.after(ms, () => timeUp.resolve(undefined));
    await Promise.race([promise, timeUp.promise]);
    // A timer that nobody waits for any more would keep the process alive.
    cancel();
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
    this.#isClosed = true;
    for (const breakOff of this.#waits) breakOff();
    this.#waits.clear();
    for (const closer of [...this.#closers].reverse()) await closer();
    this.#closers.clear();
  }
}
