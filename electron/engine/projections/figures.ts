import type { EpochMs } from '../../../shared/kernel/clock.ts';
import type { AccountItemName } from '../../../shared/domain/account/account.ts';
import { openProfit, type Position } from '../../../shared/domain/account/position.ts';
import {
  dayTotals,
  lifeTotals,
  moneyFromTicks,
  type DayTotals,
  type ProfitLedger,
} from '../../../shared/domain/account/profit-ledger.ts';
import type { AccountDesk, DeskState } from '../../../shared/domain/desk/state.ts';
import type { TradingDay } from '../../../shared/domain/session/trading-day.ts';
import type { FigureView } from '../../../shared/protocol/ipc/views.ts';

export const NO_FIGURE: FigureView = { value: null, source: 'none', asOf: null };

/** A figure as the broker reported it. */
export function brokerFigure(account: AccountDesk, item: AccountItemName): FigureView {
  const cell = account.items.get(item);
  if (cell === undefined || cell.value === null) return NO_FIGURE;
  return { value: cell.value, source: 'broker', asOf: cell.reportedAt };
}

export interface FillsProfit {
  /** After costs. */
  readonly net: number;
  readonly gross: number;
  readonly fills: number;
}

/** What the fills of a trading day came to; null when a contract's value per tick is unknown. */
export function fillsProfit(
  state: DeskState,
  account: AccountDesk,
  day: TradingDay | 'ever',
): FillsProfit | null {
  let gross = 0;
  let costs = 0;
  let fills = 0;
  for (const [name, { ledger }] of account.books) {
    const totals = totalsOf(ledger, day);
    if (totals.fills === 0 && totals.realizedTicks === 0) continue;
    const instrument = state.instruments.get(name);
    if (instrument === undefined || !sameCurrency(instrument.currency, account)) return null;
    const realized = moneyFromTicks(totals.realizedTicks, instrument);
    if (realized === null) return null;
    gross += realized;
    costs += totals.costs;
    fills += totals.fills;
  }
  const net = gross - costs;
  return Number.isSafeInteger(net) && Number.isSafeInteger(gross) ? { net, gross, fills } : null;
}

function totalsOf(ledger: ProfitLedger, day: TradingDay | 'ever'): Omit<DayTotals, 'day'> {
  return day === 'ever' ? lifeTotals(ledger) : dayTotals(ledger, day);
}

export interface OpenFigures {
  readonly openProfit: number | null;
  readonly openTicksE4: number | null;
  readonly markedAt: EpochMs | null;
}

/** Open profit of a position at the last traded price; null without a price, an average or known terms. */
export function openFigures(state: DeskState, position: Position): OpenFigures {
  const quote = state.quotes.get(position.instrument);
  const mark = quote?.last ?? null;
  const markedAt = mark === null ? null : (quote?.quotedAt ?? null);
  const instrument = state.instruments.get(position.instrument);
  const { averageTicksE4, quantity } = position;
  if (mark === null || averageTicksE4 === null || instrument === undefined) {
    return { openProfit: null, openTicksE4: null, markedAt };
  }
  const distance = (mark * 10_000 - averageTicksE4) * Math.sign(quantity);
  const isExact = Number.isSafeInteger(distance * quantity * instrument.tickValue);
  return {
    openProfit: isExact ? openProfit(position, mark, instrument) : null,
    openTicksE4: Math.round(distance) + 0,
    markedAt,
  };
}

/** Open profit of all positions: ours from average and price, the broker's own where that is not possible. */
export function openFigure(state: DeskState, account: AccountDesk): FigureView {
  let value = 0;
  let asOf: number | null = account.heardAt;
  let isKnown = account.positions.size > 0 || account.confirmedIn > 0;
  for (const { position } of account.positions.values()) {
    if (position === null) continue;
    const open = openFigures(state, position);
    const currency = state.instruments.get(position.instrument)?.currency ?? '';
    if (open.openProfit === null || !sameCurrency(currency, account)) {
      isKnown = false;
      continue;
    }
    value += open.openProfit;
    if (open.markedAt !== null) asOf = Math.min(asOf ?? open.markedAt, open.markedAt);
  }
  if (isKnown) return { value, source: 'fills', asOf };
  return brokerFigure(account, 'unrealizedProfitLoss');
}

/** The broker's net liquidation, else cash and open profit together, else nothing. */
export function netLiquidationFigure(account: AccountDesk, open: FigureView): FigureView {
  const reported = brokerFigure(account, 'netLiquidation');
  if (reported.value !== null) return reported;
  const cash = brokerFigure(account, 'cashValue');
  if (cash.value === null || open.value === null) return NO_FIGURE;
  return { value: cash.value + open.value, source: 'fills', asOf: cash.asOf };
}

/** Amounts of two currencies are never added; an account that did not tell its currency is not guessed. */
function sameCurrency(currency: string, account: AccountDesk): boolean {
  return currency === account.identity.currency;
}
