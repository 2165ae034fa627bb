import type { EpochMs, MonoMs } from '../../shared/kernel/clock.ts';

/** Why the app's picture is in doubt. */
export type DoubtCause =
  'gap' | 'torn' | 'refused' | 'executionCount' | 'platform' | 'noAnswer' | 'command';

/** A snapshot to ask the AddOn for now. */
export interface SnapshotAsk {
  readonly scope: 'full' | 'state';
  readonly executionsSince: EpochMs | null;
  readonly cause: DoubtCause | 'periodic';
}

export interface ResyncPolicy {
  readonly stateEveryMs: number;
  /** Full snapshots can be large: doubts within this time share one. */
  readonly fullSpacingMs: number;
  readonly answerWithinMs: number;
  /** How far before the newest execution a full snapshot reaches back. */
  readonly executionsOverlapMs: number;
  /** Least pause before a snapshot with unreadable entries is followed by another full one. */
  readonly unreadRetryMs: number;
}

export const RESYNC_POLICY: ResyncPolicy = {
  stateEveryMs: 1_000,
  fullSpacingMs: 1_000,
  answerWithinMs: 5_000,
  executionsOverlapMs: 120_000,
  unreadRetryMs: 10_000,
};

export interface SnapshotAnswer {
  readonly scope: 'full' | 'state';
  readonly commandId: string | null;
  readonly asOfSeq: number;
}

interface Flight {
  /** Null is the snapshot the AddOn sends of itself at the start. */
  readonly commandId: string | null;
  readonly scope: 'full' | 'state';
  /** Asked for every execution the platform holds. */
  readonly complete: boolean;
  readonly since: MonoMs;
}

interface Doubt {
  readonly cause: DoubtCause;
  /** A full snapshot read at or after this number settles it; null needs a new one in any case. */
  readonly settledAt: number | null;
  /** Executions are missing that may be older than the usual overlap. */
  readonly deep: boolean;
}

/**
 * Decides when to ask for which snapshot. Whatever puts the picture in doubt ends in a full snapshot, at
 * most one in flight; a state snapshot goes out every second and compares.
 */
export class Resync {
  readonly #policy: ResyncPolicy;
  #flight: Flight | null;
  #doubt: Doubt | null = null;
  #lastFullAt: number = Number.NEGATIVE_INFINITY;
  #lastStateAt: MonoMs;
  #newestExecution: EpochMs | null = null;
  #hasHistory = false;
  #hasUnread = false;

  constructor(opened: MonoMs, policy: ResyncPolicy = RESYNC_POLICY) {
    this.#policy = policy;
    this.#flight = { commandId: null, scope: 'full', complete: true, since: opened };
    this.#lastStateAt = opened;
  }

  doubt(cause: DoubtCause, { settledAt = null, deep = false }: Partial<Doubt> = {}): void {
    const before = this.#doubt;
    const settles =
      before === null
        ? settledAt
        : before.settledAt === null || settledAt === null
          ? null
          : Math.max(before.settledAt, settledAt);
    this.#doubt = { cause, settledAt: settles, deep: deep || (before?.deep ?? false) };
  }

  executed(at: EpochMs): void {
    if (this.#newestExecution === null || at > this.#newestExecution) this.#newestExecution = at;
  }

  /** Takes note of a whole snapshot; tells whether it held every execution of the platform. */
  received({ scope, commandId, asOfSeq }: SnapshotAnswer): { readonly complete: boolean } {
    const complete = this.#land(scope, commandId);
    if (scope === 'state') return { complete: false };
    this.#hasHistory = true;
    const settledAt = this.#doubt?.settledAt ?? null;
    if (settledAt !== null && settledAt <= asOfSeq && this.#doubt?.deep === false) {
      this.#doubt = null;
    }
    return { complete };
  }

  /**
   * Takes note of whether entries of a snapshot could not be read. Until a full one could be read to the end
   * another is asked for now and then: what was missing, such as a contract's terms, may have come since.
   */
  read(scope: 'full' | 'state', hasUnread: boolean): void {
    this.#hasUnread = hasUnread || (scope === 'state' && this.#hasUnread);
  }

  /** A snapshot that was dropped answers nothing: a full one is asked for again, a state one comes anyway. */
  torn(scope: 'full' | 'state', commandId: string | null): void {
    this.#land(scope, commandId);
    if (scope === 'full') this.doubt('torn');
  }

  /** What to ask for now, if anything; the caller reports each ask with `asked`. */
  next(now: MonoMs): SnapshotAsk | null {
    this.#expire(now);
    const isRetryDue = now - this.#lastFullAt >= this.#policy.unreadRetryMs;
    if (this.#hasUnread && isRetryDue && this.#doubt === null)
      this.doubt('refused', { deep: true });
    if (this.#flight?.scope === 'full') return null;
    if (this.#doubt !== null && now - this.#lastFullAt >= this.#policy.fullSpacingMs) {
      const { cause, deep } = this.#doubt;
      return { scope: 'full', executionsSince: this.#since(deep), cause };
    }
    if (this.#flight !== null || now - this.#lastStateAt < this.#policy.stateEveryMs) return null;
    return { scope: 'state', executionsSince: null, cause: 'periodic' };
  }

  asked(ask: SnapshotAsk, commandId: string, now: MonoMs): void {
    const complete = ask.scope === 'full' && ask.executionsSince === null;
    this.#flight = { commandId, scope: ask.scope, complete, since: now };
    this.#lastStateAt = now;
    if (ask.scope === 'state') return;
    this.#lastFullAt = now;
    this.#doubt = null;
  }

  /** Ends the flight that this snapshot answers; the first full one answers the wait at the start. */
  #land(scope: 'full' | 'state', commandId: string | null): boolean {
    const flight = this.#flight;
    if (flight?.scope !== scope) return false;
    if (flight.commandId !== null && flight.commandId !== commandId) return false;
    this.#flight = null;
    return flight.complete && flight.commandId === commandId;
  }

  #since(deep: boolean): EpochMs | null {
    if (deep || !this.#hasHistory || this.#newestExecution === null) return null;
    return Math.max(0, this.#newestExecution - this.#policy.executionsOverlapMs) as EpochMs;
  }

  #expire(now: MonoMs): void {
    const flight = this.#flight;
    if (flight === null || now - flight.since < this.#policy.answerWithinMs) return;
    this.#flight = null;
    if (flight.scope === 'full') this.doubt('noAnswer');
  }
}
