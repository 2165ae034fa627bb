import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountKind } from '../../shared/domain/account/account.ts';
import type { Stamp } from '../../shared/domain/desk/fact.ts';
import type { DeskMode } from '../../shared/domain/risk/protection/permission.ts';
import type { ProtectionEvent } from '../../shared/domain/risk/protection/protection-event.ts';
import { timeAt, type TimeTrust } from '../../shared/domain/risk/protection/time-trust.ts';

/** The wall clock ran ahead of the monotonic one by so much, in milliseconds: the PC slept, or was set. */
const SLEPT_MS = 5_000;

/** What the market's prices and the two clocks say of the time, from one second to the next. */
export class MarketTime {
  readonly #mode: DeskMode;
  #newest: EpochMs | null = null;
  #told: EpochMs | null = null;
  #last: Stamp | null = null;

  constructor(mode: DeskMode) {
    this.#mode = mode;
  }

  hear(quotedAt: EpochMs): void {
    if (this.#newest === null || quotedAt > this.#newest) this.#newest = quotedAt;
  }

  /** News since the last call. Times of replayed and of simulated prices are not now. */
  news(stamp: Stamp): (kind: AccountKind) => readonly ProtectionEvent[] {
    const last = this.#last;
    this.#last = stamp;
    const events: ProtectionEvent[] = [];
    const drift = last === null ? 0 : stamp.wall - last.wall - (stamp.mono - last.mono);
    if (drift > SLEPT_MS) events.push({ kind: 'resumed' });
    const isLive = this.#mode !== 'demo';
    const isNew = this.#newest !== null && this.#newest !== this.#told;
    const at = isLive && isNew ? this.#newest : null;
    this.#told = this.#newest;
    return (kind) =>
      at === null || kind === 'playback' ? events : [...events, { kind: 'market', at }];
  }
}

interface Watched {
  readonly mode: DeskMode;
  readonly kind: AccountKind;
  /** Null while nobody guards the account. */
  readonly trust: TimeTrust | null;
}

/**
 * The time that what loosens has to wait for: one that has certainly been reached, so that setting the PC's clock
 * ahead brings nothing nearer. Where no price tells of now, as in a demo, there is nothing better than the PC's clock.
 */
export function reachedTime({ mode, kind, trust }: Watched, stamp: Stamp): EpochMs {
  const isTold = mode !== 'demo' && kind !== 'playback';
  return trust === null || !isTold ? stamp.wall : timeAt(trust, stamp).at;
}
