import type { Brand } from '../../kernel/brand.ts';

/** NinjaTrader's account name, the key of an account (the display name may repeat and be edited). */
export type AccountName = Brand<string, 'AccountName'>;

/** Decided from provider and connection mode, never from the name. */
export type AccountKind = 'simulation' | 'playback' | 'live' | 'unknown';

export type ConnectionStatus =
  'connected' | 'connecting' | 'disconnecting' | 'disconnected' | 'connectionLost' | 'unknown';

export interface AccountIdentity {
  readonly name: AccountName;
  readonly displayName: string;
  readonly kind: AccountKind;
  readonly provider: string;
  /** Null when the platform lists the account without a connection. */
  readonly connectionName: string | null;
  readonly connectionStatus: ConnectionStatus;
  readonly currency: string;
}

/** The account items the desk uses; others are dropped at the translator. */
export const ACCOUNT_ITEM_NAMES = [
  'cashValue',
  'netLiquidation',
  'realizedProfitLoss',
  'unrealizedProfitLoss',
  'grossRealizedProfitLoss',
  'commission',
  'fee',
  'initialMargin',
  'intradayMargin',
  'excessIntradayMargin',
  'buyingPower',
  'trailingMaxDrawdown',
  'dailyLossLimit',
] as const;
export type AccountItemName = (typeof ACCOUNT_ITEM_NAMES)[number];
