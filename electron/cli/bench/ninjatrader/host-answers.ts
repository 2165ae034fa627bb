import { z } from 'zod';

const BookedOrder = z.object({
  id: z.number(),
  name: z.string(),
  instrument: z.string(),
  action: z.string(),
  type: z.string(),
  quantity: z.number(),
  filled: z.number(),
  limit: z.number(),
  stop: z.number(),
  oco: z.string(),
  atExchange: z.boolean(),
  cancelRequested: z.boolean(),
});

/** A fill in the broker's books. */
export const BookedFill = z.object({
  id: z.string(),
  orderId: z.number(),
  orderName: z.string(),
  instrument: z.string(),
  /** Signed contracts. */
  quantity: z.number(),
  price: z.number(),
  positionAfter: z.number(),
  utcMs: z.number(),
});

const Held = z.object({
  instrument: z.string(),
  /** Signed contracts. */
  quantity: z.number(),
  averagePrice: z.number(),
});

/** The broker's truth about one account, whatever NinjaTrader shows of it. Amounts in the account's currency. */
export const Books = z.object({
  account: z.string(),
  isUp: z.boolean(),
  cash: z.number(),
  gross: z.number(),
  commission: z.number(),
  unrealized: z.number(),
  positions: z.array(Held),
  liveOrders: z.array(BookedOrder),
  fillCount: z.number(),
  /** The last thousand. */
  fills: z.array(BookedFill),
});
export type Books = z.infer<typeof Books>;

/** What NinjaTrader shows of one account. */
export const Shown = z.object({
  account: z.string(),
  connection: z.string().nullable(),
  status: z.string(),
  positions: z.array(Held),
  orders: z.array(
    z.object({
      id: z.number(),
      brokerId: z.string(),
      name: z.string(),
      instrument: z.string(),
      action: z.string(),
      type: z.string(),
      entry: z.string(),
      quantity: z.number(),
      filled: z.number(),
      limit: z.number(),
      stop: z.number(),
      oco: z.string(),
      state: z.string(),
    }),
  ),
  executionCount: z.number(),
  items: z.array(z.object({ item: z.string(), value: z.number() })),
});
export type Shown = z.infer<typeof Shown>;

/** How one event handler of the AddOn behaved. A slow call took more than 50 ms, an excused one in a machine that stood still. */
const HandlerTiming = z.object({
  handler: z.string(),
  count: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
  slow: z.number(),
  excused: z.number(),
});

export const Handlers = z.object({
  handlers: z.array(HandlerTiming),
  /** Every call of every handler together. */
  all: HandlerTiming,
});

export const Submitted = z.object({ order: z.number() });

export const Settled = z.object({ settled: z.boolean() });

/** How an instance of the AddOn left: the time it took, and the events that it still listens to. */
export const Terminated = z.object({
  terminateMs: z.number(),
  handlersLeft: z.array(z.string()),
});

export const Flooded = z.object({
  produced: z.number(),
  handled: z.number(),
  seconds: z.number(),
  handledPerSecond: z.number(),
});

export const Memory = z.object({ managedMb: z.number(), rssMb: z.number(), threads: z.number() });

export const Executions = z.object({
  executions: z.array(
    z.object({
      executionId: z.string(),
      instrument: z.string(),
      side: z.string(),
      quantity: z.number(),
      price: z.number(),
      commission: z.number(),
      positionAfter: z.number(),
      time: z.string(),
    }),
  ),
});

/** A line that the host writes unasked. */
export const HostEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready') }),
  z.object({
    event: z.literal('violation'),
    kind: z.string(),
    detail: z.string(),
    thread: z.string(),
  }),
  z.object({ event: z.literal('output'), where: z.string(), text: z.string() }),
  z.object({ event: z.literal('crash'), detail: z.string() }),
]);
export type HostEvent = z.infer<typeof HostEvent>;

export type Violation = Extract<HostEvent, { event: 'violation' }>;

/** Whether it says how long something took: on a busy machine that can be the machine's doing. */
export function isOfTime({ kind }: Violation): boolean {
  return kind === 'slowHandler' || kind === 'slowTerminate';
}

export const Answer = z.looseObject({
  id: z.number(),
  ok: z.boolean(),
  error: z.string().optional(),
});
