import { counted } from '../../words/flatten-words.ts';
import { AccountCard } from './account-card.tsx';
import { AccountRow } from './account-row.tsx';
import { usePinnedButton } from './use-pinned-button.ts';
import { useSteadyOrder } from './use-steady-order.ts';

/** Up to this many accounts are drawn as cards; beyond, as rows that open. */
const CARD_LIMIT = 4;

/** All accounts, the worst first. */
export function AccountList() {
  const { names, isHeld, handlers } = useSteadyOrder();
  const pinned = usePinnedButton();
  const isMany = names.length > CARD_LIMIT;
  return (
    <section className={`panel accounts ${isMany ? 'is-many' : ''}`} aria-label="Accounts">
      <header className="panel-head">
        <h2>Accounts</h2>
        <span className="panel-note">
          {isHeld ? 'order held \u00b7 ' : ''}
          {counted(names.length, 'account')}
        </span>
      </header>
      {isMany && (
        <div className="row-heads" aria-hidden="true">
          <span>Account</span>
          <span className="row-figures">
            <span className="row-figure">To the floor</span>
            <span className="row-figure">Open P&L</span>
            <span className="row-figure row-realized">Realized</span>
          </span>
        </div>
      )}
      <div ref={pinned} className="accounts-scroll" {...handlers}>
        {names.map((name) =>
          isMany ? <AccountRow key={name} name={name} /> : <AccountCard key={name} name={name} />,
        )}
      </div>
    </section>
  );
}
