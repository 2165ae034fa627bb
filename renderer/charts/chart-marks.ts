import type { AccountView, ChartView, FillView } from '../../shared/protocol/ipc/views.ts';
import { contractsText } from '../format/price-text.ts';
import { counted } from '../words/flatten-words.ts';
import { orderTitle } from '../words/order-words.ts';

/** A horizontal line on the chart. Prices are in ticks; an average may lie between two. */
export interface PriceMark {
  readonly kind: 'position' | 'buy' | 'sell';
  readonly ticks: number;
  readonly label: string;
}

/** Fills of one side within one minute, drawn as one arrow. */
export interface FillMark {
  readonly startsAt: number;
  readonly side: FillView['side'];
  readonly quantity: number;
}

const MINUTE_MS = 60_000;

/** Average lines of open positions; accounts with the same average share one line. */
export function positionMarks(accounts: readonly AccountView[], instrument: string): PriceMark[] {
  const groups = new Map<number, { quantity: number; accounts: string[] }>();
  for (const account of accounts) {
    for (const position of account.positions) {
      if (position.instrument !== instrument || position.averageTicksE4 === null) continue;
      const group = groups.get(position.averageTicksE4) ?? { quantity: 0, accounts: [] };
      group.quantity += position.quantity;
      group.accounts.push(account.displayName);
      groups.set(position.averageTicksE4, group);
    }
  }
  return [...groups].map(([ticksE4, group]) => ({
    kind: 'position',
    ticks: ticksE4 / 10_000,
    label: `${nameOf(group.accounts)} ${contractsText(group.quantity)}`,
  }));
}

/** Lines of working orders; orders of one side, type and price share one line. */
export function orderMarks(accounts: readonly AccountView[], instrument: string): PriceMark[] {
  const groups = new Map<string, { mark: PriceMark; count: number; left: number }>();
  for (const order of accounts.flatMap((account) => account.orders)) {
    const ticks = order.stop ?? order.limit;
    if (order.instrument !== instrument || ticks === null) continue;
    const key = `${order.side}/${order.type}/${String(ticks)}`;
    const group = groups.get(key);
    const left = (group?.left ?? 0) + order.quantity - order.filled;
    const label = orderTitle({ ...order, quantity: left, filled: 0 });
    const count = (group?.count ?? 0) + 1;
    const words = count > 1 ? `${label} (${counted(count, 'order')})` : label;
    groups.set(key, { mark: { kind: order.side, ticks, label: words }, count, left });
  }
  return [...groups.values()].map(({ mark }) => mark);
}

/** Fills grouped by minute and side, in order of time. */
export function fillMarks(fills: readonly FillView[], account: string | null): FillMark[] {
  const groups = new Map<string, FillMark>();
  for (const fill of fills) {
    if (account !== null && fill.account !== account) continue;
    const startsAt = Math.floor(fill.at / MINUTE_MS) * MINUTE_MS;
    const key = `${String(startsAt)}/${fill.side}`;
    const quantity = (groups.get(key)?.quantity ?? 0) + fill.quantity;
    groups.set(key, { startsAt, side: fill.side, quantity });
  }
  return [...groups.values()].sort((a, b) => a.startsAt - b.startsAt || (a.side < b.side ? -1 : 1));
}

type BarView = ChartView['bars'][number];

/** The bar that a last price belongs to: the running one grown by it, or the first of a new minute. */
export function barWithLast(
  bar: BarView | undefined,
  last: number,
  quotedAt: number,
): BarView | null {
  const startsAt = Math.floor(quotedAt / MINUTE_MS) * MINUTE_MS;
  if (bar === undefined || startsAt > bar.startsAt) {
    return { startsAt, open: last, high: last, low: last, close: last, volume: 0 };
  }
  // A quote of a minute that is over changes nothing.
  if (startsAt < bar.startsAt) return null;
  return { ...bar, high: Math.max(bar.high, last), low: Math.min(bar.low, last), close: last };
}

function nameOf(accounts: readonly string[]): string {
  return accounts.length === 1 ? shortName(accounts[0] ?? '') : counted(accounts.length, 'account');
}

/** A label must not cover the candles; names differ at their end. */
const NAME_LIMIT = 16;

function shortName(name: string): string {
  return name.length <= NAME_LIMIT
    ? name
    : `${name.slice(0, 5)}\u2026${name.slice(6 - NAME_LIMIT)}`;
}
