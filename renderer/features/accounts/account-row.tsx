import { memo } from 'react';
import type { ScopeView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useDeskParts, useUi } from '../../app/desk-context.ts';
import { accountNamed } from '../../state/selectors.ts';
import { Shape } from '../../ui/shape.tsx';
import { ScopeFlatten, ScopeState } from '../flatten/scope-flatten.tsx';
import { LockBanner } from '../risk/lock-banner.tsx';
import { RoomHead } from '../risk/room-head.tsx';
import { AccountDoubts, AccountFigures, AccountHoldings } from './account-details.tsx';
import { AccountNameButton, AccountPulse } from './account-head.tsx';
import { GuardMark } from './guard-mark.tsx';
import { RowFigures } from './row-figures.tsx';
import { RowNote } from './row-note.tsx';

/** An account in two lines, which open to everything the card shows: used while there are many. */
export const AccountRow = memo(function Row({ name }: { readonly name: string }) {
  const account = useDesk(({ view }) => accountNamed(view, name));
  const isOpened = useUi(({ opened }) => opened.includes(name));
  if (account === undefined) return null;
  const scope: ScopeView = { kind: 'account', account: name };
  return (
    <article
      className={`row is-${account.freshness}`}
      aria-label={`Account ${account.displayName}`}
    >
      <div className="row-line">
        <OpenButton name={name} label={account.displayName} isOpened={isOpened} />
        <AccountNameButton account={account} />
        <RowFigures account={account} />
        <ScopeFlatten scope={scope} account={account} name={account.displayName} isSmall />
      </div>
      <RowNote account={account} scope={scope} />
      {isOpened && (
        <div className="row-more">
          <p className="card-line">
            <AccountPulse account={account} />
            <span className="card-connection">{account.connection}</span>
          </p>
          <RoomHead account={account} />
          <LockBanner account={account} />
          <GuardMark account={account} />
          <ScopeState scope={scope} account={account} />
          <AccountDoubts account={account} />
          <AccountFigures account={account} />
          <AccountHoldings account={account} />
        </div>
      )}
    </article>
  );
});

interface OpenButtonProps {
  readonly name: string;
  readonly label: string;
  readonly isOpened: boolean;
}

function OpenButton({ name, label, isOpened }: OpenButtonProps) {
  const { ui } = useDeskParts();
  const toggle = (): void =>
    ui.setState(({ opened }) => ({
      opened: isOpened ? opened.filter((other) => other !== name) : [...opened, name],
    }));
  return (
    <button
      type="button"
      className="row-open"
      aria-expanded={isOpened}
      aria-label={`Details of ${label}`}
      onClick={toggle}
    >
      <Shape name={isOpened ? 'down' : 'right'} />
    </button>
  );
}
