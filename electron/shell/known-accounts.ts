import type { Money } from '../../shared/domain/money/money.ts';
import type { DeskState } from '../../shared/domain/desk/state.ts';

/** An account as far as the desk's journal tells: what its platform must agree with. */
export interface KnownAccount {
  readonly name: string;
  /** Null: never reported. */
  readonly cash: Money | null;
  /** Open lots by the fills, oldest first; signed contracts, prices in ticks. */
  readonly holdings: readonly {
    readonly instrument: string;
    readonly lots: readonly { readonly quantity: number; readonly price: number }[];
  }[];
}

/** What the desk knows of its accounts, for a simulated platform that lost its own books. */
export function knownAccounts({ accounts }: Pick<DeskState, 'accounts'>): readonly KnownAccount[] {
  return [...accounts].map(([name, { items, books }]) => ({
    name,
    cash: items.get('cashValue')?.value ?? null,
    holdings: [...books]
      .map(([instrument, { ledger }]) => ({ instrument, lots: ledger.lots }))
      .filter(({ lots }) => lots.length > 0),
  }));
}
