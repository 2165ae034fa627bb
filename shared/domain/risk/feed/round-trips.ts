import type { EpochMs } from '../../../kernel/clock.ts';
import type { Execution } from '../../account/execution.ts';
import {
  bookFill,
  EMPTY_LEDGER,
  lifeTotals,
  moneyFromTicks,
  netQuantity,
  type ProfitLedger,
} from '../../account/profit-ledger.ts';
import type { FillCell } from '../../desk/state.ts';
import type { Instrument } from '../../instrument/instrument.ts';
import { ZERO_MONEY, type Money } from '../../money/money.ts';
import { tradingDayOf } from '../../session/trading-day.ts';
import type { RiskEvent } from '../event.ts';

/** The fills of one account in one instrument since it was last flat. */
export interface RoundTrip {
  readonly ledger: ProfitLedger;
  /** Realized in ticks times contracts, and costs, when the trip began. */
  readonly begun: { readonly ticks: number; readonly costs: Money };
}

export const NO_TRIP: RoundTrip = { ledger: EMPTY_LEDGER, begun: { ticks: 0, costs: ZERO_MONEY } };

/** A fill as the rules see it, and the trade that it ended. */
export interface BookedFill {
  readonly trip: RoundTrip;
  readonly events: readonly RiskEvent[];
}

/** Where and when a fill is booked. `balance` is the broker's, which has the trade in it or soon will. */
export interface Booking {
  readonly at: EpochMs;
  readonly instrument: Instrument;
  readonly balance: Money | null;
}

/** Books a fill. A position that turns ends one trade and begins the next; carried contracts are no trade. */
export function bookTrip(
  before: RoundTrip,
  execution: Execution,
  { at, instrument, balance }: Booking,
): BookedFill {
  const held = netQuantity(before.ledger);
  const ledger = bookFill(before.ledger, execution, tradingDayOf(execution.executedAt));
  if (execution.isStartOfDay) return { trip: { ...before, ledger }, events: [] };
  const left = netQuantity(ledger);
  const isTurned = held * left < 0;
  const opens = held === 0 || isTurned;
  const fill: RiskEvent = { kind: 'fill', at, root: instrument.root, opens };
  if (held === 0 || (left !== 0 && !isTurned))
    return { trip: { ...before, ledger }, events: [fill] };
  const { realizedTicks, costs } = lifeTotals(ledger);
  const trip: RoundTrip = { ledger, begun: { ticks: realizedTicks, costs } };
  const gross = moneyFromTicks(realizedTicks - before.begun.ticks, instrument);
  if (gross === null) return { trip, events: [fill] };
  const fees = (costs - before.begun.costs) as Money;
  return { trip, events: [fill, { kind: 'trade', at, gross, fees, balance }] };
}

/** The trip that runs after fills in the order in which they were executed. */
export function tripAfter(fills: readonly FillCell[], booking: Booking): RoundTrip {
  return fills.reduce((trip, { execution }) => bookTrip(trip, execution, booking).trip, NO_TRIP);
}
