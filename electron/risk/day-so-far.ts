import type { EpochMs } from '../../shared/kernel/clock.ts';
import type { AccountName } from '../../shared/domain/account/account.ts';
import { inOrder } from '../../shared/domain/desk/fill-retention.ts';
import { hasAllFills } from '../../shared/domain/desk/standing.ts';
import type { DeskState, FillCell } from '../../shared/domain/desk/state.ts';
import type { InstrumentName } from '../../shared/domain/instrument/instrument.ts';
import { ZERO_MONEY } from '../../shared/domain/money/money.ts';
import type { RiskEvent } from '../../shared/domain/risk/event.ts';
import { bookTrip, NO_TRIP, type RoundTrip } from '../../shared/domain/risk/feed/round-trips.ts';
import { tradingDayOf } from '../../shared/domain/session/trading-day.ts';

/** What the desk knows of the running trading day of an account that it did not judge so far. */
export interface DaySoFar {
  /** Fills and closed trades in their order, after figures that nobody knows; empty without any. */
  readonly events: readonly RiskEvent[];
  /** Whether no fill of the day can be missing. */
  readonly isWhole: boolean;
}

/** Reads the running day from the fills of the desk; a result of a fill that lies in the future counts as of now. */
export function daySoFar(state: DeskState, name: AccountName, now: EpochMs): DaySoFar {
  const account = state.accounts.get(name);
  if (account === undefined) return { events: [], isWhole: false };
  const today = tradingDayOf(now);
  const cells: FillCell[] = [];
  let isWhole = state.link.isOpen && hasAllFills(state, account);
  for (const [instrument, { fills }] of account.books) {
    if (state.instruments.has(instrument)) cells.push(...fills.values());
    else if ([...fills.values()].some(({ day }) => day === today)) isWhole = false;
  }
  const booked = eventsOf(state, cells.sort(inOrder), (cell) => cell.day === today);
  return { events: inTurns(booked, now), isWhole };
}

/** Earlier fills only tell what was open when the day began. */
function eventsOf(
  { instruments }: DeskState,
  cells: readonly FillCell[],
  counts: (cell: FillCell) => boolean,
): readonly RiskEvent[] {
  const trips = new Map<InstrumentName, RoundTrip>();
  const found: RiskEvent[] = [];
  for (const cell of cells) {
    const { execution } = cell;
    const instrument = instruments.get(execution.instrument);
    if (instrument === undefined) continue;
    const booking = { at: execution.executedAt, instrument, balance: null };
    const before = trips.get(execution.instrument) ?? NO_TRIP;
    const { trip, events } = bookTrip(before, execution, booking);
    trips.set(execution.instrument, trip);
    if (counts(cell)) found.push(...events);
  }
  return found;
}

/** The balance at each of them is not known: no figure is made of what fills came to. */
function inTurns(events: readonly RiskEvent[], now: EpochMs): readonly RiskEvent[] {
  const [first] = events;
  if (first === undefined) return [];
  let at = Math.min(first.at, now) as EpochMs;
  let turn = 0;
  const placed = events.map((event): RiskEvent => {
    const next = Math.min(Math.max(event.at, at), now) as EpochMs;
    turn = next === at ? turn + 1 : 1;
    at = next;
    return { ...event, at, turn };
  });
  return [unknownFigures(Math.min(first.at, now) as EpochMs), ...placed];
}

function unknownFigures(at: EpochMs): RiskEvent {
  return {
    ...{ kind: 'mark', at, balance: null, open: null, fees: ZERO_MONEY },
    ...{ high: null, low: null, worstTrade: null, quality: 'fresh' },
  };
}
