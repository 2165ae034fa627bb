import { z } from 'zod';
import {
  Decimal,
  FreeText,
  Identifier,
  Name,
  Quantity,
  SignedQuantity,
  Timestamp,
} from '../primitives.ts';

/** Platform records as the AddOn reports them, alone in an event or together in a snapshot. */

export const ConnectionStatusName = z.enum([
  'connected',
  'connecting',
  'disconnecting',
  'disconnected',
  'connectionLost',
  'unknown',
]);

export const AccountRecord = z.object({
  name: Name,
  displayName: Name,
  kind: z.enum(['simulation', 'playback', 'live', 'unknown']),
  provider: z.string().max(80),
  connectionName: Name.nullable(),
  connectionStatus: ConnectionStatusName,
  currency: z.string().min(1).max(40),
  /** Items this connection reports; null when the platform does not tell. */
  reportedItems: z.array(z.string().max(60)).max(60).nullable(),
  /** Distinct executions the platform holds for the account; a mismatch makes the app ask for a full snapshot. */
  executionCount: Quantity,
});

/** `value` null: the platform lists the item and has not reported it. Zero is a reported zero. */
export const AccountItemRecord = z.object({
  account: Name,
  item: z.string().min(1).max(60),
  value: Decimal.nullable(),
  time: Timestamp,
});

export const OrderRecord = z.object({
  account: Name,
  instrument: Name,
  /** The AddOn's local key, stable for the order's life. */
  orderId: Identifier,
  brokerOrderId: z.string().max(200),
  name: z.string().max(200),
  oco: z.string().max(200),
  action: z.enum(['buy', 'buyToCover', 'sell', 'sellShort']),
  orderType: z.enum(['market', 'limit', 'stopMarket', 'stopLimit', 'mit', 'unknown']),
  tif: z.enum(['day', 'gtc', 'ioc', 'opg', 'gtd']),
  entry: z.enum(['automated', 'manual']),
  quantity: Quantity,
  filled: Quantity,
  averageFillPrice: Decimal,
  limitPrice: Decimal.nullable(),
  stopPrice: Decimal.nullable(),
  state: z.enum([
    'initialized',
    'submitted',
    'accepted',
    'acceptedByRisk',
    'triggerPending',
    'working',
    'changePending',
    'changeSubmitted',
    'cancelPending',
    'cancelSubmitted',
    'partFilled',
    'suspended',
    'filled',
    'cancelled',
    'rejected',
    'unknown',
  ]),
  error: z.string().max(60),
  comment: FreeText,
  time: Timestamp,
});

export const ExecutionRecord = z.object({
  account: Name,
  instrument: Name,
  executionId: Identifier,
  orderId: Identifier.nullable(),
  side: z.enum(['buy', 'sell']),
  quantity: Quantity.min(1),
  price: Decimal,
  commission: Decimal,
  fee: Decimal,
  /** Signed position after the fill as the platform says; null when unknown. */
  positionAfter: SignedQuantity.nullable(),
  isStartOfDay: z.boolean(),
  time: Timestamp,
});

/** `quantity` signed; 0 says that the platform removed the position. */
export const PositionRecord = z.object({
  account: Name,
  instrument: Name,
  quantity: SignedQuantity,
  averagePrice: Decimal.nullable(),
  time: Timestamp,
});

export const ConnectionRecord = z.object({
  name: Name,
  provider: z.string().max(80),
  mode: z.enum(['live', 'simulation', 'unknown']),
  status: ConnectionStatusName,
  priceStatus: ConnectionStatusName,
  error: z.string().max(60),
  nativeError: FreeText,
});

export const InstrumentRecord = z.object({
  fullName: Name,
  root: z.string().min(1).max(40),
  instrumentType: z.string().max(40),
  tickSize: z.number().positive(),
  pointValue: z.number().positive(),
  currency: z.string().min(1).max(40),
  expiry: Timestamp.nullable(),
});

/** Each side is null until it was seen. */
export const QuoteRecord = z.object({
  instrument: Name,
  bid: Decimal.nullable(),
  bidSize: Quantity.nullable(),
  ask: Decimal.nullable(),
  askSize: Quantity.nullable(),
  last: Decimal.nullable(),
  lastSize: Quantity.nullable(),
  time: Timestamp,
});

export const BarRecord = z.object({
  instrument: Name,
  minutes: z.int().min(1).max(1_440),
  startsAt: Timestamp,
  open: Decimal,
  high: Decimal,
  low: Decimal,
  close: Decimal,
  volume: z.int().min(0),
  closed: z.boolean(),
});

/** Life of one command as the AddOn remembers it for the session. */
export const CommandRecord = z.object({
  commandId: Identifier,
  type: z.string().max(40),
  state: z.enum(['accepted', 'running', 'done', 'failed', 'refused']),
  code: z.string().max(60),
});
