import type { Cancel, Clock, Timers } from '../../shared/kernel/clock.ts';
import type { SimulatedPlatform } from '../../shared/simulation/simulated-platform.ts';

/** Timers finer than this only cost; everything due in between runs together, in its order. */
const SHORTEST_PAUSE_MS = 1;

/** Longest wait, so that a pause of the PC is noticed and time goes on from there. */
const LONGEST_PAUSE_MS = 50;

/** Moves a platform's virtual time along with the monotonic clock. */
export class Pump {
  readonly #platform: SimulatedPlatform;
  readonly #clock: Pick<Clock, 'mono'>;
  readonly #timers: Timers;
  readonly #startedAt: number;
  #cancel: Cancel = () => undefined;

  constructor(platform: SimulatedPlatform, world: Pick<Clock, 'mono'> & Timers) {
    this.#platform = platform;
    this.#clock = world;
    this.#timers = world;
    this.#startedAt = world.mono();
  }

  start(): void {
    this.catchUp();
    const next = this.#platform.queue.nextAt ?? Infinity;
    const pause = next - (this.#clock.mono() - this.#startedAt);
    const bounded = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, pause));
    this.#cancel = this.#timers.after(bounded, () => this.start());
  }

  /** Runs what is due by now; call before a command is handled. */
  catchUp(): void {
    this.#platform.advanceTo(this.#clock.mono() - this.#startedAt);
  }

  stop(): void {
    this.#cancel();
  }
}
