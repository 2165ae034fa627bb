import type { MonoMs } from '../../shared/kernel/clock.ts';

export interface HeartbeatPolicy {
  readonly everyMs: number;
  readonly staleMs: number;
  readonly deadMs: number;
}

export const HEARTBEAT_POLICY: HeartbeatPolicy = { everyMs: 1_000, staleMs: 3_000, deadMs: 10_000 };

export type Pulse = 'alive' | 'stale' | 'dead';

const MAX_PINGS = 16;

/** Judges the peer by its silence and measures the round trip; driven by ticks of the monotonic clock. */
export class Heartbeat {
  readonly #policy: HeartbeatPolicy;
  readonly #pings = new Map<string, MonoMs>();
  #heardAt: MonoMs;
  #tickedAt: MonoMs;
  #beatAt: MonoMs;
  #latencyMs: number | null = null;

  constructor(opened: MonoMs, policy: HeartbeatPolicy = HEARTBEAT_POLICY) {
    this.#policy = policy;
    this.#heardAt = opened;
    this.#tickedAt = opened;
    this.#beatAt = opened;
  }

  get latencyMs(): number | null {
    return this.#latencyMs;
  }

  heard(now: MonoMs): void {
    this.#heardAt = now;
  }

  /**
   * Judges the silence. A pause of this process (sleep of the PC, a stalled event loop) is not the peer's:
   * after one the peer counts as stale at most, because what it sent meanwhile has not been read yet.
   */
  tick(now: MonoMs): Pulse {
    const paused = now - this.#tickedAt > this.#policy.staleMs;
    this.#tickedAt = now;
    if (paused) this.#heardAt = Math.max(this.#heardAt, now - this.#policy.staleMs) as MonoMs;
    const silence = now - this.#heardAt;
    if (silence >= this.#policy.deadMs) return 'dead';
    return silence >= this.#policy.staleMs ? 'stale' : 'alive';
  }

  /** Whether a beat of ours is due; counts as sent when true. */
  takeBeat(now: MonoMs): boolean {
    if (now - this.#beatAt < this.#policy.everyMs) return false;
    this.#beatAt = now;
    return true;
  }

  pinged(echo: string, now: MonoMs): void {
    if (this.#pings.size >= MAX_PINGS) this.#pings.clear();
    this.#pings.set(echo, now);
  }

  ponged(echo: string, now: MonoMs): void {
    const sentAt = this.#pings.get(echo);
    if (sentAt === undefined) return;
    this.#pings.delete(echo);
    this.#latencyMs = now - sentAt;
  }
}
