import type { OrderRequest } from './exchange/sim-order.ts';
import type { GuardEntry } from './platform-event.ts';

export type PlatformScope =
  | { readonly kind: 'instrument'; readonly account: string; readonly instrument: string }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'all' };

/** What the AddOn may be asked, prices in ticks; every one is executed at most once per AddOn start. */
export type PlatformCommand =
  | FlattenCommand
  | { readonly kind: 'cancelAll'; readonly commandId: string; readonly scope: PlatformScope }
  | {
      readonly kind: 'cancelOrder';
      readonly commandId: string;
      readonly account: string;
      readonly orderId: string;
    }
  | SubmitCommand
  | ModifyCommand
  | {
      readonly kind: 'subscribe';
      readonly commandId: string;
      readonly instruments: readonly string[];
      readonly bars: boolean;
    }
  | {
      readonly kind: 'unsubscribe';
      readonly commandId: string;
      readonly instruments: readonly string[];
    }
  | {
      readonly kind: 'setGuard';
      readonly commandId: string;
      readonly revision: number;
      readonly accounts: readonly GuardEntry[];
    };

export interface FlattenCommand {
  readonly kind: 'flatten';
  readonly commandId: string;
  readonly scope: PlatformScope;
  readonly attempt: number;
  readonly method: 'market' | 'marketableLimit';
  /** Non-reducing orders in the scope are cancelled for this long, in milliseconds. */
  readonly holdEntriesMs: number;
}

export interface SubmitCommand {
  readonly kind: 'submitOrder';
  readonly commandId: string;
  readonly order: Omit<OrderRequest, 'bracket' | 'entry'>;
  readonly reduceOnly: boolean;
}

export interface ModifyCommand {
  readonly kind: 'modifyOrder';
  readonly commandId: string;
  readonly account: string;
  readonly orderId: string;
  readonly quantity: number | null;
  readonly limit: number | null;
  readonly stop: number | null;
}

export function scopeHas(scope: PlatformScope, account: string, instrument: string): boolean {
  if (scope.kind === 'all') return true;
  if (scope.account !== account) return false;
  return scope.kind === 'account' || scope.instrument === instrument;
}
