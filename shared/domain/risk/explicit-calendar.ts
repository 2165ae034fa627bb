import { err, ok } from '../../kernel/result.ts';
import type { TradingCalendar } from './calendar.ts';

/** Knows no boundaries: whoever uses it names them all by `clock` events. */
export const explicitCalendar: TradingCalendar = {
  strikes: () => ok([]),
  next: () => null,
  dayOf: () => null,
  flatBy: () => err({ code: 'CALENDAR_UNKNOWN', detail: 'there is no calendar' }),
};
