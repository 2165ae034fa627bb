import { createStore, type StoreApi } from 'zustand/vanilla';
import type { IpcError } from '../../shared/protocol/ipc/contract.ts';

export type OpenDialog =
  | { readonly kind: 'settings' }
  | { readonly kind: 'about' }
  | { readonly kind: 'news' }
  | { readonly kind: 'proof'; readonly flattenId: string }
  | {
      readonly kind: 'rules' | 'protection' | 'ownRules' | 'unlock' | 'record';
      readonly account: string;
    };

/** A press on a flatten button of this window and what the engine answered to it. */
export interface Press {
  readonly at: number;
  readonly count: number;
  /** Null while no answer came. */
  readonly answer:
    | { readonly ok: true; readonly flattenId: string }
    | { readonly ok: false; readonly error: IpcError }
    | null;
}

/** What only this window cares about; losing it loses nothing. */
export interface UiState {
  readonly dialog: OpenDialog | null;
  /** What the middle of the desk shows. */
  readonly stage: 'price' | 'rules';
  /** Account whose rules the middle shows; null until one was picked. */
  readonly rulesAccount: string | null;
  /** How often the rules of an account were asked for from its card. */
  readonly rulesAsked: number;
  /** Instrument the trader picked for the chart; null follows the exposure. */
  readonly pickedInstrument: string | null;
  /** Instrument that the chart shows now; the one it follows depends on it. */
  readonly shownInstrument: string | null;
  /** Account whose fills, orders and positions the chart shows; null shows all. */
  readonly pickedAccount: string | null;
  /** Accounts whose row was opened by hand in the compact list. */
  readonly opened: readonly string[];
  readonly importantOnly: boolean;
  /** Refused flattens whose alarm the trader put away; a refusal is final, so the engine keeps it. */
  readonly dismissed: readonly string[];
  /** Last press per scope key. */
  readonly presses: Readonly<Record<string, Press>>;
}

export type UiStore = StoreApi<UiState>;

/** The window as it opens. */
export function createUiStore(): UiStore {
  return createStore<UiState>(() => ({
    dialog: null,
    stage: 'price',
    rulesAccount: null,
    rulesAsked: 0,
    pickedInstrument: null,
    shownInstrument: null,
    pickedAccount: null,
    opened: [],
    importantOnly: false,
    dismissed: [],
    presses: {},
  }));
}
