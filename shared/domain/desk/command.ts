import type { EpochMs } from '../../kernel/clock.ts';
import type { AccountName } from '../account/account.ts';
import type { OrderId, OrderSide } from '../account/order.ts';
import type { FlattenScope } from '../flatten/scope.ts';
import { loosens, type GuardLimits } from '../guard/limits.ts';
import type { InstrumentName, Ticks } from '../instrument/instrument.ts';

/** What the desk asks of the platform. `commandId` makes a repeat harmless. */
export type Command =
  | {
      readonly kind: 'snapshot';
      readonly commandId: string;
      readonly scope: 'full' | 'state';
      readonly executionsSince: EpochMs | null;
    }
  | {
      readonly kind: 'flatten';
      readonly commandId: string;
      readonly scope: FlattenScope;
      readonly attempt: number;
      readonly method: 'market' | 'marketableLimit';
      readonly holdEntriesMs: number;
    }
  | { readonly kind: 'cancelAll'; readonly commandId: string; readonly scope: FlattenScope }
  | {
      readonly kind: 'cancelOrder';
      readonly commandId: string;
      readonly account: AccountName;
      readonly orderId: OrderId;
    }
  | SubmitOrder
  | ModifyOrder
  | {
      readonly kind: 'subscribe';
      readonly commandId: string;
      readonly instruments: readonly InstrumentName[];
      readonly bars: boolean;
    }
  | {
      readonly kind: 'unsubscribe';
      readonly commandId: string;
      readonly instruments: readonly InstrumentName[];
    }
  | {
      readonly kind: 'setGuard';
      readonly commandId: string;
      readonly revision: number;
      readonly note: string;
      readonly accounts: readonly GuardLimits[];
    };

export interface SubmitOrder {
  readonly kind: 'submitOrder';
  readonly commandId: string;
  readonly account: AccountName;
  readonly instrument: InstrumentName;
  readonly side: OrderSide;
  readonly type: 'market' | 'limit' | 'stopMarket' | 'stopLimit';
  readonly quantity: number;
  readonly limit: Ticks | null;
  readonly stop: Ticks | null;
  readonly oco: string;
  readonly label: string;
  readonly reduceOnly: boolean;
}

export interface ModifyOrder {
  readonly kind: 'modifyOrder';
  readonly commandId: string;
  readonly account: AccountName;
  /** Needed to turn ticks into a price. */
  readonly instrument: InstrumentName;
  readonly orderId: OrderId;
  /** New total quantity, the filled part included; null keeps the present one. */
  readonly quantity: number | null;
  readonly limit: Ticks | null;
  readonly stop: Ticks | null;
}

/**
 * Whether executing the command can raise risk; such a command waits for its intent to be durable.
 * `guard` is the guard in force by what was written: one that permits more than it does raises risk.
 */
export function raisesRisk(command: Command, guard: readonly GuardLimits[]): boolean {
  if (command.kind === 'submitOrder') return !command.reduceOnly;
  if (command.kind === 'setGuard') return loosens(guard, command.accounts);
  // A modified order may be a larger one.
  return command.kind === 'modifyOrder';
}
