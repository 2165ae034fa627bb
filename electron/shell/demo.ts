import type { UtilityProcess } from 'electron';
import type { Cancel, Timers } from '../../shared/kernel/clock.ts';
import type { Log } from '../../shared/kernel/log.ts';

const RESTART_AFTER_MS = 1_000;

export interface DemoParts {
  readonly fork: () => UtilityProcess;
  readonly timers: Timers;
  readonly log: Log;
}

/** The simulated NinjaTrader of demo mode: a process of its own that comes back when it dies. */
export class DemoPlatform {
  readonly #parts: DemoParts;
  #process: UtilityProcess | null = null;
  #stopped = false;
  #again: Cancel | null = null;

  constructor(parts: DemoParts) {
    this.#parts = parts;
  }

  start(): void {
    const { fork, timers, log } = this.#parts;
    const child = fork();
    this.#process = child;
    child.on('exit', (code) => {
      this.#process = null;
      if (this.#stopped) return;
      log.warn('demo.ended', { code });
      this.#again = timers.after(RESTART_AFTER_MS, () => this.start());
    });
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  stop(): void {
    this.#stopped = true;
    this.#again?.();
    this.#process?.kill();
  }
}
