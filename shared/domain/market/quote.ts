import type { EpochMs } from '../../kernel/clock.ts';
import type { InstrumentName, Ticks } from '../instrument/instrument.ts';

/** Best bid, ask and last trade; null where nothing was seen yet. */
export interface Quote {
  readonly instrument: InstrumentName;
  readonly bid: Ticks | null;
  readonly ask: Ticks | null;
  readonly last: Ticks | null;
  readonly bidSize: number | null;
  readonly askSize: number | null;
  readonly lastSize: number | null;
  readonly quotedAt: EpochMs;
}

/** A one-minute trade bar. */
export interface Bar {
  readonly instrument: InstrumentName;
  /** Start of the minute. */
  readonly startsAt: EpochMs;
  readonly open: Ticks;
  readonly high: Ticks;
  readonly low: Ticks;
  readonly close: Ticks;
  readonly volume: number;
  /** False while the minute is still running. */
  readonly closed: boolean;
}
