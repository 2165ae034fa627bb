import { z } from 'zod';
import { RiskView } from './risk-view.ts';

/**
 * What the window mirrors. Money is in integer ten-thousandths of the currency, prices in integer ticks,
 * times in UTC epoch milliseconds. Null means unknown and is shown as unknown, never as zero.
 */

const money = z.int();
const ticks = z.int();
const time = z.int();
const text = z.string();

/** A money figure with its source and its time. */
export const FigureView = z.strictObject({
  value: money.nullable(),
  source: z.enum(['broker', 'fills', 'none']),
  asOf: time.nullable(),
});

export const InstrumentView = z.strictObject({
  name: text,
  tickSizeE8: z.int(),
  tickValue: money,
  currency: text,
  bid: ticks.nullable(),
  ask: ticks.nullable(),
  last: ticks.nullable(),
  quotedAt: time.nullable(),
});

export const PositionView = z.strictObject({
  instrument: text,
  /** Signed contracts, never 0. */
  quantity: z.int(),
  averageTicksE4: z.int().nullable(),
  /** At the last price; null without a price or an average. */
  openProfit: money.nullable(),
  /** Per contract, in ten-thousandths of a tick. */
  openTicksE4: z.int().nullable(),
  markedAt: time.nullable(),
});

export const OrderView = z.strictObject({
  id: text,
  instrument: text,
  side: z.enum(['buy', 'sell']),
  type: text,
  state: text,
  quantity: z.int(),
  filled: z.int(),
  limit: ticks.nullable(),
  stop: ticks.nullable(),
  label: text,
  /** Whether a full fill would only shrink the present position. */
  reducing: z.boolean(),
});

/** The limits and the lock that the AddOn enforces alone, as wanted, and whether it is known to hold them. */
export const GuardView = z.strictObject({
  /** `armed`: the last thing that the AddOn said equals what is wanted, and it enforces it. */
  state: z.enum(['off', 'armed', 'notSynced']),
  entriesLocked: z.boolean(),
  /** Null with a lock: open-ended. */
  lockedUntil: time.nullable(),
  reason: text,
  maxContracts: z.int().nullable(),
  hardFloor: money.nullable(),
  flattenAtFloor: z.boolean(),
  /** Why it is not synced, as a code and in plain words; null and empty otherwise. */
  code: z
    .enum(['LINK_DOWN', 'NOT_REPORTED', 'REFUSED', 'NO_ANSWER', 'NOT_ENFORCING', 'PENDING'])
    .nullable(),
  problem: text,
  since: time.nullable(),
});

export const FreshnessView = z.enum(['live', 'stale', 'disconnected', 'offline', 'unconfirmed']);

export const AccountView = z.strictObject({
  name: text,
  displayName: text,
  badge: z.enum(['DEMO', 'SIM', 'PLAYBACK', 'LIVE', 'UNKNOWN']),
  connection: text,
  connectionStatus: z.enum([
    'connected',
    'connecting',
    'disconnecting',
    'disconnected',
    'connectionLost',
    'unknown',
  ]),
  currency: text,
  freshness: FreshnessView,
  /** Last message about this account; the age of its data counts from here. */
  heardAt: time.nullable(),
  netLiquidation: FigureView,
  cashValue: FigureView,
  realizedToday: FigureView,
  openProfit: FigureView,
  positions: z.array(PositionView),
  orders: z.array(OrderView),
  fillsToday: z.int(),
  guard: GuardView,
  risk: RiskView,
  /** Differences between the broker's word and the fills, in plain words; empty when they agree. */
  doubts: z.array(text),
});

export const BridgeView = z.strictObject({
  state: z.enum(['starting', 'waiting', 'connected', 'stale', 'lost', 'failed']),
  detail: text,
  port: z.int().nullable(),
  peer: z.strictObject({ platform: text, platformVersion: text, addonVersion: text }).nullable(),
  connectedAt: time.nullable(),
  heardAt: time.nullable(),
  messagesPerSecond: z.number(),
  /** Round trip of a ping, in milliseconds. */
  latencyMs: z.number().nullable(),
  gaps: z.int(),
  refused: z.int(),
  reconnects: z.int(),
});

export const StoreView = z.strictObject({
  state: z.enum(['ok', 'failing', 'readOnly', 'full']),
  detail: text,
  /** Records waiting in memory for the store. */
  pending: z.int(),
});

export const ScopeView = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('instrument'),
    account: text.min(1).max(200),
    instrument: text.min(1).max(200),
  }),
  z.strictObject({ kind: z.literal('account'), account: text.min(1).max(200) }),
  z.strictObject({ kind: z.literal('all') }),
]);

export const ExposureView = z.strictObject({
  account: text,
  instrument: text,
  quantity: z.int(),
  liveOrders: z.int(),
});

export const FlattenView = z.strictObject({
  id: text,
  scope: ScopeView,
  door: text,
  state: z.enum([
    'requested',
    'sent',
    'accepted',
    'verifying',
    'confirmed',
    'unresolved',
    'refused',
    'disarmed',
  ]),
  requestedAt: time,
  changedAt: time,
  /** When the watch ends if it stays quiet; null outside `verifying`. */
  verifiesAt: time.nullable(),
  presses: z.int(),
  attempt: z.int(),
  remaining: z.array(ExposureView),
  /** Set in `unresolved` and `refused`. */
  code: text.nullable(),
  /** What happened and what to do by hand, in plain words. */
  message: text,
  /** Unresolved and still willing to act when the link returns. */
  armed: z.boolean(),
});

export const FeedEntryView = z.strictObject({
  id: z.int(),
  at: time,
  severity: z.enum(['info', 'notice', 'warning', 'critical']),
  account: text.nullable(),
  text,
});

export const DeskStatusView = z.enum(['ok', 'exposed', 'warning', 'locked', 'offline']);

export const DeskView = z.strictObject({
  rev: z.int().min(0),
  /** Wall time of the engine when the view was made; ages count from here. */
  at: time,
  mode: z.enum(['demo', 'test', 'live']),
  status: DeskStatusView,
  bridge: BridgeView,
  store: StoreView,
  accounts: z.array(AccountView),
  instruments: z.array(InstrumentView),
  /** Running flattens and the last ended one of each scope, newest first. */
  flattens: z.array(FlattenView),
  /** Newest last, at most 200. */
  feed: z.array(FeedEntryView),
});

/** Changes since `rev - 1`: given parts replace theirs, lists upsert by name or id, `feed` appends. */
export const DeskPatch = z.strictObject({
  rev: z.int().min(1),
  at: time,
  status: DeskStatusView.optional(),
  bridge: BridgeView.optional(),
  store: StoreView.optional(),
  accounts: z.array(AccountView).optional(),
  removedAccounts: z.array(text).optional(),
  instruments: z.array(InstrumentView).optional(),
  flattens: z.array(FlattenView).optional(),
  removedFlattens: z.array(text).optional(),
  feed: z.array(FeedEntryView).optional(),
});

export const BarView = z.strictObject({
  startsAt: time,
  open: ticks,
  high: ticks,
  low: ticks,
  close: ticks,
  volume: z.int(),
});

export const FillView = z.strictObject({
  id: text,
  account: text,
  at: time,
  side: z.enum(['buy', 'sell']),
  quantity: z.int(),
  price: ticks,
});

export const ChartView = z.strictObject({
  instrument: text,
  bars: z.array(BarView),
  fills: z.array(FillView),
});

export const ProofView = z.strictObject({
  flattenId: text,
  scope: ScopeView,
  door: text,
  requestedAt: time,
  firstFlatAt: time,
  confirmedAt: time,
  watchMs: z.int(),
  accounts: z.array(text),
  /** Disconnected accounts that the proof does not speak for. */
  notCovered: z.array(text),
  presses: z.int(),
  steps: z.array(z.strictObject({ at: time, code: text, detail: text })),
});

export const SettingsView = z.strictObject({
  theme: z.enum(['system', 'dark', 'light']),
  /** Electron accelerator of the global flatten shortcut; null turns it off. */
  flattenShortcut: text.max(60).nullable(),
  bridgePort: z.int().min(1024).max(65_535),
  closeToTrayExplained: z.boolean(),
});

export const ShortcutView = z.strictObject({
  accelerator: text.nullable(),
  state: z.enum(['registered', 'taken', 'invalid', 'off']),
});

export const AppInfoView = z.strictObject({
  version: text,
  electron: text,
  platform: text,
  demo: z.boolean(),
  dataFolder: text,
  pairingFile: text,
  shortcut: ShortcutView,
});

export type FigureView = z.infer<typeof FigureView>;
export type InstrumentView = z.infer<typeof InstrumentView>;
export type PositionView = z.infer<typeof PositionView>;
export type OrderView = z.infer<typeof OrderView>;
export type { RiskView };
export type GuardView = z.infer<typeof GuardView>;
export type AccountView = z.infer<typeof AccountView>;
export type BridgeView = z.infer<typeof BridgeView>;
export type StoreView = z.infer<typeof StoreView>;
export type ScopeView = z.infer<typeof ScopeView>;
export type ExposureView = z.infer<typeof ExposureView>;
export type FlattenView = z.infer<typeof FlattenView>;
export type FeedEntryView = z.infer<typeof FeedEntryView>;
export type DeskView = z.infer<typeof DeskView>;
export type DeskPatch = z.infer<typeof DeskPatch>;
export type BarView = z.infer<typeof BarView>;
export type FillView = z.infer<typeof FillView>;
export type ChartView = z.infer<typeof ChartView>;
export type ProofView = z.infer<typeof ProofView>;
export type SettingsView = z.infer<typeof SettingsView>;
export type ShortcutView = z.infer<typeof ShortcutView>;
export type AppInfoView = z.infer<typeof AppInfoView>;
