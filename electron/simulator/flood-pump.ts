import type { Cancel, Clock, Timers } from '../../shared/kernel/clock.ts';
import type { SimulatedPlatform } from '../../shared/simulation/simulated-platform.ts';
import type { WireSession } from './wire-session.ts';

const STEP_MS = 2;
/** After a stall the missed messages are made up for, but not in one burst longer than this. */
const LONGEST_DEBT_MS = 100;
/** Unsent bytes at which `max` pauses for the socket: before quotes begin to wait, so that none is left out. */
const FULL_BYTES = 229_376;
/** Longest slice of work before the socket gets its turn. */
const SLICE_MS = 10;

export interface FloodTerms {
  readonly platform: SimulatedPlatform;
  readonly world: Clock & Timers;
  /** Messages per second, or as many as go. */
  readonly rate: number | 'max';
  readonly session: () => WireSession | null;
  /** Bytes that wait for the socket. */
  readonly backlog: () => number;
}

/**
 * Runs the simulation as fast as a steady number of messages needs, so that the flood has the mix of real
 * trading and every position still is the sum of its fills. Stamps stay on the wall clock.
 */
export class FloodPump {
  readonly #terms: FloodTerms;
  #session: WireSession | null = null;
  #startedAt = 0;
  #startSent = 0;
  #cancel: Cancel = () => undefined;

  constructor(terms: FloodTerms) {
    this.#terms = terms;
    terms.platform.clock.stampWith(() => terms.world.wall());
  }

  start(): void {
    const { world, session, rate } = this.#terms;
    const present = session();
    if (present !== this.#session) this.#rebase(present);
    if (present !== null) {
      if (rate === 'max') this.#fill();
      else this.#keepUp(present, rate);
    }
    this.#cancel = world.after(rate === 'max' ? 0 : STEP_MS, () => this.start());
  }

  /** Virtual time does not follow the clock here. */
  catchUp(): void {
    this.#terms.platform.advanceTo(this.#terms.platform.queue.now);
  }

  stop(): void {
    this.#cancel();
  }

  #keepUp(session: WireSession, rate: number): void {
    const now = this.#terms.world.mono();
    const owed = (rate * (now - this.#startedAt)) / 1_000;
    const longest = (rate * LONGEST_DEBT_MS) / 1_000;
    const sent = session.sent - this.#startSent;
    if (owed - sent > longest) this.#startSent -= Math.floor(owed - sent - longest);
    const due = session.sent + owed - (session.sent - this.#startSent);
    while (session.sent < due && this.#step());
  }

  #fill(): void {
    const { world, backlog } = this.#terms;
    const end = world.mono() + SLICE_MS;
    while (backlog() < FULL_BYTES && world.mono() < end) {
      for (let step = 0; step < 50; step += 1) if (!this.#step()) return;
    }
  }

  #step(): boolean {
    const { queue } = this.#terms.platform;
    const next = queue.nextAt;
    if (next === null) return false;
    queue.advanceTo(next);
    return true;
  }

  #rebase(session: WireSession | null): void {
    this.#session = session;
    this.#startedAt = this.#terms.world.mono();
    this.#startSent = session?.sent ?? 0;
  }
}
