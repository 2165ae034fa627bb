import type { Cancel, Timers } from '../../shared/kernel/clock.ts';
import type { Log } from '../../shared/kernel/log.ts';

const RESTART_AFTER_MS = 1_000;

/** The part of a child process that is used. */
export interface DemoProcess {
  readonly pid: number | undefined;
  onExit(listener: (code: number) => void): void;
  kill(): void;
}

export interface DemoParts {
  readonly fork: () => DemoProcess;
  readonly timers: Timers;
  readonly log: Log;
}

/** The simulated NinjaTrader of demo mode: a process of its own that comes back when it dies. */
export class DemoPlatform {
  readonly #parts: DemoParts;
  #process: DemoProcess | null = null;
  #stopped = false;
  #again: Cancel | null = null;

  constructor(parts: DemoParts) {
    this.#parts = parts;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  start(): void {
    const { fork, timers, log } = this.#parts;
    const child = fork();
    this.#process = child;
    child.onExit((code) => {
      this.#process = null;
      if (this.#stopped) return;
      log.warn('demo.ended', { code });
      this.#again = timers.after(RESTART_AFTER_MS, () => this.start());
    });
  }

  /** Ends the process; it is not started again. */
  stop(): void {
    this.#stopped = true;
    this.#again?.();
    this.#process?.kill();
  }
}
