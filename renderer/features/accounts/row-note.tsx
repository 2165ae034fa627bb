import type { AccountView, ScopeView } from '../../../shared/protocol/ipc/views.ts';
import { contractsText } from '../../format/price-text.ts';
import { Shape } from '../../ui/shape.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { accountState } from '../../words/account-words.ts';
import { counted } from '../../words/flatten-words.ts';
import { riskState } from '../../words/risk-words.ts';
import { ScopeState } from '../flatten/scope-flatten.tsx';

interface RowNoteProps {
  readonly account: AccountView;
  readonly scope: ScopeView;
}

/** Kind, connection, rules, locks and what is open, in one line; another one only when no badge could be read otherwise. */
export function RowNote({ account, scope }: RowNoteProps) {
  const { badge, guard, doubts, risk } = account;
  return (
    <div className="row-note">
      <span className={`badge badge-${badge.toLowerCase()}`}>{badge}</span>
      <Connection account={account} />
      {risk.lock !== null && (
        <span className="tag tag-lock">
          <Shape name="lock" /> locked
        </span>
      )}
      <StateMark state={riskState(risk)} />
      {guard.state === 'armed' && <span className="tag">guard</span>}
      {guard.state === 'notSynced' && <span className="tag tag-notice">guard not synced</span>}
      {doubts.length > 0 && <span className="tag tag-notice">in doubt</span>}
      <ScopeState scope={scope} account={account} />
      <Holdings account={account} />
    </div>
  );
}

/** While the account is connected the word is only read aloud: the line has no room for what is as it should be. */
function Connection({ account }: { readonly account: AccountView }) {
  const state = accountState(account);
  if (account.freshness !== 'live') return <StateMark state={state} />;
  return <span className="only-read">{state.text}</span>;
}

/** What is open, in the fewest words. */
function Holdings({ account }: { readonly account: AccountView }) {
  const parts = [
    ...account.positions.map(
      (position) => `${contractsText(position.quantity)} ${position.instrument}`,
    ),
    ...(account.orders.length > 0 ? [counted(account.orders.length, 'working order')] : []),
  ];
  const text = parts.join(' \u00b7 ');
  return parts.length === 0 ? null : (
    <span className="row-holdings" title={text}>
      {text}
    </span>
  );
}
