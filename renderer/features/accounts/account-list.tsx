import { useShallow } from 'zustand/react/shallow';
import { useDesk } from '../../app/desk-context.ts';
import { accountOrder } from '../../state/selectors.ts';
import { counted } from '../../words/flatten-words.ts';
import { AccountCard } from './account-card.tsx';
import { AccountRow } from './account-row.tsx';

/** Up to this many accounts are drawn as cards; beyond, as rows that open. */
const CARD_LIMIT = 4;

/** All accounts, the ones that need eyes first. */
export function AccountList() {
  const names = useDesk(useShallow(({ view }) => accountOrder(view)));
  const isMany = names.length > CARD_LIMIT;
  return (
    <section className={`panel accounts ${isMany ? 'is-many' : ''}`} aria-label="Accounts">
      <header className="panel-head">
        <h2>Accounts</h2>
        <span className="panel-note">{counted(names.length, 'account')}</span>
      </header>
      {isMany && (
        <div className="row-heads" aria-hidden="true">
          <span>Account</span>
          <span className="row-figures">
            <span className="row-figure">Open P&L</span>
            <span className="row-figure">Realized</span>
            <span className="row-figure row-worth">Net liq.</span>
          </span>
        </div>
      )}
      <div className="accounts-scroll">
        {names.map((name) =>
          isMany ? <AccountRow key={name} name={name} /> : <AccountCard key={name} name={name} />,
        )}
      </div>
    </section>
  );
}
