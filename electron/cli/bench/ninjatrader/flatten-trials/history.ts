import { z } from 'zod';
import { BookedFill } from '../host-answers.ts';

const OrderLife = z.object({
  id: z.number(),
  brokerId: z.string(),
  name: z.string(),
  instrument: z.string(),
  action: z.enum(['Buy', 'BuyToCover', 'Sell', 'SellShort']),
  type: z.string(),
  entry: z.string(),
  tif: z.string(),
  quantity: z.number(),
  filled: z.number(),
  filledValue: z.number(),
  limit: z.number(),
  stop: z.number(),
  oco: z.string(),
  /** Empty while it lives. */
  end: z.string(),
  /** Its place in what happened on the account, and the time. */
  arrived: z.number(),
  arrivedUtcMs: z.number(),
  /** 0 while it lives. */
  ended: z.number(),
  endedUtcMs: z.number(),
});
export type OrderLife = z.infer<typeof OrderLife>;

/** `moment` is its place in what happened on the account. */
const TrueFill = BookedFill.extend({ moment: z.number() });
export type TrueFill = z.infer<typeof TrueFill>;

/** Every order that the broker of an account saw and every fill, in their true order. */
export const History = z.object({
  account: z.string(),
  orders: z.array(OrderLife),
  fills: z.array(TrueFill),
  positions: z.array(z.object({ instrument: z.string(), quantity: z.number() })),
});
export type History = z.infer<typeof History>;

export const Frozen = z.object({ accounts: z.array(History) });

/** NinjaTrader's own closing orders bear the name "Close"; in a trial only the AddOn asks for them. */
const OURS: ReadonlySet<string> = new Set(['EnigmaApexClose', 'EnigmaApexTrim', 'Close']);

export function isOurs({ name }: Pick<OrderLife, 'name'>): boolean {
  return OURS.has(name);
}

export function signOf({ action }: Pick<OrderLife, 'action'>): 1 | -1 {
  return action === 'Buy' || action === 'BuyToCover' ? 1 : -1;
}

/** Signed contracts held after everything that happened until then. */
export function positionAt(history: History, instrument: string, utcMs: number): number {
  return history.fills
    .filter((fill) => fill.instrument === instrument && fill.utcMs <= utcMs)
    .reduce((_, { positionAfter }) => positionAfter, 0);
}

/** Orders that lived at some moment of the span, its ends included. */
export function aliveWithin(
  history: History,
  {
    instrument,
    from,
    to,
  }: { readonly instrument: string; readonly from: number; readonly to: number },
): readonly OrderLife[] {
  return history.orders.filter(
    (order) =>
      order.instrument === instrument &&
      order.arrivedUtcMs <= to &&
      (order.ended === 0 || order.endedUtcMs > from),
  );
}
