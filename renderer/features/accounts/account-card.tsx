import { memo } from 'react';
import type { ScopeView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk } from '../../app/desk-context.ts';
import { accountNamed } from '../../state/selectors.ts';
import { ScopeFlatten, ScopeState } from '../flatten/scope-flatten.tsx';
import { AccountDoubts, AccountFigures, AccountHoldings } from './account-details.tsx';
import { AccountNameButton, AccountPulse, KindBadge } from './account-head.tsx';
import { LockBanner } from '../risk/lock-banner.tsx';
import { RoomHead } from '../risk/room-head.tsx';
import { GuardMark } from './guard-mark.tsx';

/** An account with room to breathe: used while there are few. */
export const AccountCard = memo(function Card({ name }: { readonly name: string }) {
  const account = useDesk(({ view }) => accountNamed(view, name));
  if (account === undefined) return null;
  const scope: ScopeView = { kind: 'account', account: name };
  return (
    <article
      className={`card is-${account.freshness}`}
      aria-label={`Account ${account.displayName}`}
    >
      <header className="card-head">
        <AccountNameButton account={account} />
        <KindBadge account={account} />
        <ScopeFlatten scope={scope} account={account} name={account.displayName} />
      </header>
      <p className="card-line">
        <AccountPulse account={account} />
        <span className="card-connection" title={account.connection}>
          {account.connection}
        </span>
      </p>
      <RoomHead account={account} />
      <LockBanner account={account} />
      <GuardMark account={account} />
      <ScopeState scope={scope} account={account} />
      <AccountDoubts account={account} />
      <AccountFigures account={account} />
      <AccountHoldings account={account} />
    </article>
  );
});
