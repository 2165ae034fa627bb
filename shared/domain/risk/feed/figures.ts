import type { AccountItemName } from '../../account/account.ts';
import { openProfit, type Position } from '../../account/position.ts';
import type { AccountDesk, DeskState } from '../../desk/state.ts';
import type { Quote } from '../../market/quote.ts';
import { money, ZERO_MONEY, type Money } from '../../money/money.ts';
import { lower } from '../exact.ts';
import type { ToldFigures } from './broker-word.ts';
import type { OpenResult } from './figure-course.ts';

/** Ticks between the two sides beyond which one of them alone says little. */
const WIDE_TICKS = 8;

/**
 * The broker's equity with its cash; null while either was not reported. The open result is what lies between
 * them, so that one item that comes a moment before the other never makes an equity that there never was.
 */
export function reportedFigures(account: AccountDesk): ToldFigures | null {
  const balance = itemOf(account, 'cashValue');
  if (balance === null) return null;
  const equity = itemOf(account, 'netLiquidation');
  if (equity !== null) return { equity, balance };
  const open = itemOf(account, 'unrealizedProfitLoss');
  return open === null ? null : { equity: money(balance + open), balance };
}

/** What a figure of the broker says; null when it was not reported. */
export function itemOf({ items }: AccountDesk, name: AccountItemName): Money | null {
  return items.get(name)?.value ?? null;
}

/** The open result by prices, with what one tick is worth on everything that is open. */
export function openResult(state: DeskState, account: AccountDesk): OpenResult {
  let tick = 0;
  for (const { position } of account.positions.values()) {
    if (position === null) continue;
    const { tickValue } = state.instruments.get(position.instrument) ?? { tickValue: 0 };
    tick += Math.abs(position.quantity) * tickValue;
  }
  return { open: openAtExit(state, account), tick };
}

/**
 * The lowest open result among several positions; null for one alone, of which the account's figures speak, and
 * where one of them is not known.
 */
export function worstOpen(state: DeskState, account: AccountDesk): Money | null {
  const held = [...account.positions.values()].flatMap(({ position }) => position ?? []);
  if (held.length < 2) return null;
  const opens = held.map((position) => openOf(state, account, position));
  return opens.reduce((worst, open) =>
    worst === null || open === null ? null : lower(worst, open),
  );
}

/**
 * Open result of all positions at the side at which they could be closed; null when a price, an average or a
 * contract's terms are missing, or the currencies differ.
 */
function openAtExit(state: DeskState, account: AccountDesk): Money | null {
  let total: number = ZERO_MONEY;
  for (const { position } of account.positions.values()) {
    if (position === null) continue;
    const open = openOf(state, account, position);
    if (open === null) return null;
    total += open;
  }
  return Number.isSafeInteger(total) ? money(total) : null;
}

function openOf(state: DeskState, account: AccountDesk, position: Position): Money | null {
  const instrument = state.instruments.get(position.instrument);
  const quote = state.quotes.get(position.instrument);
  if (instrument === undefined || quote === undefined) return null;
  if (instrument.currency !== account.identity.currency) return null;
  const mark = exitPrice(quote, position.quantity);
  return mark === null ? null : openProfit(position, mark, instrument);
}

/**
 * The bid for what is long, the ask for what is short; the last price where that side is missing. In a book that is
 * almost empty one side stands far away without a trade there: what was paid last between the two is nearer the truth.
 */
function exitPrice({ bid, ask, last }: Quote, quantity: number): Quote['last'] {
  const side = quantity > 0 ? bid : ask;
  if (bid === null || ask === null || last === null) return side ?? last;
  const isBetween = bid <= last && last <= ask;
  return ask - bid > WIDE_TICKS && isBetween ? last : side;
}
