import type { ScopeView } from '../../shared/protocol/ipc/views.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';

/** A text that is the same for equal scopes and for no others. */
export function scopeKey(scope: ScopeView): string {
  switch (scope.kind) {
    case 'all':
      return 'all';
    case 'account':
      return JSON.stringify([scope.account]);
    case 'instrument':
      return JSON.stringify([scope.account, scope.instrument]);
    default:
      return assertNever(scope);
  }
}

/** Whether everything in `inner` is also in `outer`. */
export function covers(outer: ScopeView, inner: ScopeView): boolean {
  if (outer.kind === 'all') return true;
  if (inner.kind === 'all' || outer.account !== inner.account) return false;
  if (outer.kind === 'account') return true;
  return inner.kind === 'instrument' && inner.instrument === outer.instrument;
}
