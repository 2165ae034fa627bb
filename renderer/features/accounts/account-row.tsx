import { memo } from 'react';
import type { AccountView, ScopeView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk, useDeskParts, useUi } from '../../app/desk-context.ts';
import { moneyText, UNKNOWN } from '../../format/money-text.ts';
import { contractsText } from '../../format/price-text.ts';
import { accountNamed } from '../../state/selectors.ts';
import { Profit } from '../../ui/profit.tsx';
import { Shape } from '../../ui/shape.tsx';
import { accountState } from '../../words/account-words.ts';
import { counted } from '../../words/flatten-words.ts';
import { ScopeFlatten, ScopeState } from '../flatten/scope-flatten.tsx';
import { AccountDoubts, AccountFigures, AccountHoldings } from './account-details.tsx';
import { AccountNameButton, AccountPulse } from './account-head.tsx';
import { GuardMark } from './guard-mark.tsx';

/** An account in one line, which opens to everything the card shows: used while there are many. */
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
        <RowName account={account} />
        <RowFigures account={account} />
        <ScopeFlatten scope={scope} account={account} name={account.displayName} isSmall />
      </div>
      {isOpened ? (
        <div className="row-more">
          <p className="card-line">
            <AccountPulse account={account} />
            <span className="card-connection">{account.connection}</span>
          </p>
          <GuardMark account={account} />
          <AccountDoubts account={account} />
          <AccountFigures account={account} />
          <AccountHoldings account={account} />
        </div>
      ) : (
        <RowHoldings account={account} />
      )}
      <ScopeState scope={scope} account={account} />
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

function RowName({ account }: { readonly account: AccountView }) {
  const state = accountState(account);
  return (
    <span className="row-name">
      <AccountNameButton account={account} />
      <span className="row-state">
        <span className={`badge badge-${account.badge.toLowerCase()}`}>{account.badge}</span>
        <span className={`state-mark tone-${state.tone}`}>
          <Shape name={state.shape} />
          {state.text}
        </span>
        {account.doubts.length > 0 && <span className="tag tag-notice">in doubt</span>}
        {account.guard.state === 'armed' && <span className="tag">guard</span>}
        {account.guard.state === 'notSynced' && (
          <span className="tag tag-notice">guard not synced</span>
        )}
      </span>
    </span>
  );
}

function RowFigures({ account }: { readonly account: AccountView }) {
  const isOld = account.freshness !== 'live';
  const { value } = account.netLiquidation;
  return (
    <span className="row-figures">
      <span className="row-figure">
        <span className="only-read">Open P&L </span>
        <Profit value={account.openProfit.value} currency={account.currency} isOld={isOld} />
      </span>
      <span className="row-figure">
        <span className="only-read">Realized today </span>
        <Profit value={account.realizedToday.value} currency={account.currency} isOld={isOld} />
      </span>
      <span className={`row-figure row-worth ${isOld ? 'is-old' : ''}`}>
        <span className="only-read">Net liquidation </span>
        {value === null ? UNKNOWN : moneyText(value, account.currency)}
      </span>
    </span>
  );
}

/** What is open, in the fewest words. */
function RowHoldings({ account }: { readonly account: AccountView }) {
  const parts = [
    ...account.positions.map(
      (position) => `${contractsText(position.quantity)} ${position.instrument}`,
    ),
    ...(account.orders.length > 0 ? [counted(account.orders.length, 'working order')] : []),
  ];
  return parts.length === 0 ? null : <p className="row-holdings">{parts.join(' \u00b7 ')}</p>;
}
