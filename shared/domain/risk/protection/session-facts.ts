import type { EpochMs } from '../../../kernel/clock.ts';
import { lastClose, marketDayOf, nextOpen } from '../../session/market-clock.ts';
import { sessionOf } from '../../session/session.ts';
import type { TradingDay } from '../../session/trading-day.ts';

/** Where an instant lies in the exchange's calendar. */
export interface SessionFacts {
  /** The trading day of the newest session that has opened; null when the calendar does not tell. */
  readonly day: TradingDay | null;
  /** When the session after it opens; null when the calendar does not tell, or its sources disagree. */
  readonly opensNext: EpochMs | null;
}

export const NO_SESSION: SessionFacts = { day: null, opensNext: null };

/**
 * The facts for a product's root. A weekend still belongs to the session before it. For `protect` at the time of
 * `calendarTime`, not at the PC's clock, which anybody can set.
 */
export function sessionFacts(root: string, at: EpochMs): SessionFacts {
  const found = marketDayOf(root, at);
  if (!found.ok) return NO_SESSION;
  const { day } = found.value;
  const session = sessionOf(root, day);
  const span = session.ok && session.value.doubt === null ? session.value.span : null;
  if (span === null) return { day, opensNext: null };
  if (at < span.opensAt) {
    const last = lastClose(root, at);
    return last.ok ? { day: last.value.day, opensNext: span.opensAt } : NO_SESSION;
  }
  const next = nextOpen(root, span.closesAt);
  return { day, opensNext: next.ok && next.value.isConfirmed ? next.value.at : null };
}
