import type { AccountView, ScopeView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useUi } from '../../app/desk-context.ts';
import { scopeKey } from '../../state/scope-key.ts';
import { exposureCount, flattenOf, widerRun } from '../../state/selectors.ts';
import { useNow } from '../../ui/clock.tsx';
import { flattenFace, type FlattenFace } from './flatten-face.ts';

/** The face of the flatten control of a scope, given the accounts that the scope touches. */
export function useFlattenFace(scope: ScopeView, accounts: readonly AccountView[]): FlattenFace {
  const run = useDesk(({ view }) => flattenOf(view, scope));
  const wider = useDesk(({ view }) => widerRun(view, scope));
  const link = useDesk(({ view }) => view?.bridge.state ?? null);
  const press = useUi(({ presses }) => presses[scopeKey(scope)]);
  return flattenFace({
    run,
    wider,
    press,
    link,
    open: exposureCount(accounts),
    unseen: accounts.filter((account) => account.freshness !== 'live').length,
    now: useNow(),
  });
}
