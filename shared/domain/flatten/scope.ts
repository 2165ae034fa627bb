import type { AccountName } from '../account/account.ts';
import type { InstrumentName } from '../instrument/instrument.ts';

/** What a flatten closes. */
export type FlattenScope =
  | {
      readonly kind: 'instrument';
      readonly account: AccountName;
      readonly instrument: InstrumentName;
    }
  | { readonly kind: 'account'; readonly account: AccountName }
  | { readonly kind: 'all' };

/** Whether an account and instrument lie within the scope. */
export function inScope(
  scope: FlattenScope,
  account: AccountName,
  instrument: InstrumentName,
): boolean {
  if (scope.kind === 'all') return true;
  if (scope.account !== account) return false;
  return scope.kind === 'account' || scope.instrument === instrument;
}

/** Whether everything in `inner` is also in `outer`. */
export function scopeCovers(outer: FlattenScope, inner: FlattenScope): boolean {
  if (outer.kind === 'all') return true;
  if (inner.kind === 'all' || outer.account !== inner.account) return false;
  if (outer.kind === 'account') return true;
  return inner.kind === 'instrument' && inner.instrument === outer.instrument;
}
