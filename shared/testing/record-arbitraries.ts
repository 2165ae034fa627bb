import fc from 'fast-check';

/** Arbitraries of the platform's records as they stand on the wire. */

export const text = (maxLength: number): fc.Arbitrary<string> => fc.string({ maxLength });
export const identifier = fc.string({ minLength: 1, maxLength: 40 });
export const name = fc.string({ minLength: 1, maxLength: 30 });
export const freeText = text(60);
export const timestamp = fc.integer({ min: 0, max: 4_102_444_800_000 });
export const quantity = fc.nat({ max: 1_000 });

/** Negative zero is left out: JSON writes it as 0, so it cannot come back as it went. */
export const decimal = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => (value === 0 ? 0 : value));

export const orNull = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(one, { nil: null });

const positive = fc.double({ min: 1e-8, max: 1e6, noNaN: true });

const connectionStatus = fc.constantFrom(
  'connected' as const,
  'connecting' as const,
  'disconnecting' as const,
  'disconnected' as const,
  'connectionLost' as const,
  'unknown' as const,
);

export const accountRecord = fc.record({
  name,
  displayName: name,
  kind: fc.constantFrom(
    'simulation' as const,
    'playback' as const,
    'live' as const,
    'unknown' as const,
  ),
  provider: text(80),
  connectionName: orNull(name),
  connectionStatus,
  currency: name,
  reportedItems: orNull(fc.array(text(60), { maxLength: 4 })),
  executionCount: quantity,
});

export const accountItemRecord = fc.record({
  account: name,
  item: fc.constantFrom('cashValue', 'netLiquidation', 'realizedProfitLoss', 'somethingNew'),
  value: orNull(decimal),
  time: timestamp,
});

export const orderRecord = fc.record({
  account: name,
  instrument: name,
  orderId: identifier,
  brokerOrderId: text(200),
  name: text(200),
  oco: text(200),
  action: fc.constantFrom(
    'buy' as const,
    'buyToCover' as const,
    'sell' as const,
    'sellShort' as const,
  ),
  orderType: fc.constantFrom(
    'market' as const,
    'limit' as const,
    'stopMarket' as const,
    'stopLimit' as const,
    'mit' as const,
    'unknown' as const,
  ),
  tif: fc.constantFrom('day' as const, 'gtc' as const, 'ioc' as const, 'opg' as const),
  entry: fc.constantFrom('automated' as const, 'manual' as const),
  quantity,
  filled: quantity,
  averageFillPrice: decimal,
  limitPrice: orNull(decimal),
  stopPrice: orNull(decimal),
  state: fc.constantFrom(
    'initialized' as const,
    'submitted' as const,
    'working' as const,
    'partFilled' as const,
    'cancelPending' as const,
    'filled' as const,
    'cancelled' as const,
    'rejected' as const,
    'unknown' as const,
  ),
  error: text(60),
  comment: freeText,
  time: timestamp,
});

export const executionRecord = fc.record({
  account: name,
  instrument: name,
  executionId: identifier,
  orderId: orNull(identifier),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  quantity: fc.integer({ min: 1, max: 1_000 }),
  price: decimal,
  commission: decimal,
  fee: decimal,
  positionAfter: orNull(fc.integer({ min: -1_000, max: 1_000 })),
  isStartOfDay: fc.boolean(),
  time: timestamp,
});

export const positionRecord = fc.record({
  account: name,
  instrument: name,
  quantity: fc.integer({ min: -1_000, max: 1_000 }),
  averagePrice: orNull(decimal),
  time: timestamp,
});

export const connectionRecord = fc.record({
  name,
  provider: text(80),
  mode: fc.constantFrom('live' as const, 'simulation' as const, 'unknown' as const),
  status: connectionStatus,
  priceStatus: connectionStatus,
  error: text(60),
  nativeError: freeText,
});

export const instrumentRecord = fc.record({
  fullName: name,
  root: fc.string({ minLength: 1, maxLength: 10 }),
  instrumentType: text(40),
  tickSize: positive,
  pointValue: positive,
  currency: name,
  expiry: orNull(timestamp),
});

export const quoteRecord = fc.record({
  instrument: name,
  bid: orNull(decimal),
  bidSize: orNull(quantity),
  ask: orNull(decimal),
  askSize: orNull(quantity),
  last: orNull(decimal),
  lastSize: orNull(quantity),
  time: timestamp,
});

export const barRecord = fc.record({
  instrument: name,
  minutes: fc.integer({ min: 1, max: 1_440 }),
  startsAt: timestamp,
  open: decimal,
  high: decimal,
  low: decimal,
  close: decimal,
  volume: quantity,
  closed: fc.boolean(),
});

export const commandRecord = fc.record({
  commandId: identifier,
  type: text(40),
  state: fc.constantFrom(
    'accepted' as const,
    'running' as const,
    'done' as const,
    'failed' as const,
    'refused' as const,
  ),
  code: text(60),
});
