import { useState, type SyntheticEvent } from 'react';
import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { bothClocks } from '../../format/zone-text.ts';
import { useNow } from '../../ui/clock.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { ReasonField } from './reason-field.tsx';
import { useRiskWish } from './use-risk-wish.ts';
import { WishAnswer } from './wish-answer.tsx';

interface UnlockDialogProps {
  readonly name: string;
  readonly onClose: () => void;
}

/** Asks for the end of a lock, with a reason that is kept. The engine decides, and most locks stay. */
export function UnlockDialog({ name, onClose }: UnlockDialogProps) {
  return (
    <AccountDialog name={name} title="Ask to unlock" onClose={onClose}>
      {(account) => <UnlockForm account={account} />}
    </AccountDialog>
  );
}

function UnlockForm({ account }: { readonly account: AccountView }) {
  const now = useNow();
  const [reason, setReason] = useState('');
  const [state, ask] = useRiskWish('risk.unlock');
  const { lock } = account.risk;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void ask({ account: account.name, reason: reason.trim() });
  };
  return (
    <form className="fields" onSubmit={submit}>
      {lock === null ? (
        <p>No lock is known for this account now.</p>
      ) : (
        <p>
          <b>{lock.reason}</b>{' '}
          {lock.until === null ? 'No end is set.' : `It ends ${bothClocks(lock.until, now)}.`}
        </p>
      )}
      <p>
        A lock keeps entries out. Exits, stops and targets pass while it stands, so nothing has to
        be unlocked to get out of a position. The request and its reason are kept in the journal.
      </p>
      <ReasonField label="Why should it be lifted?" reason={reason} isNeeded onChange={setReason} />
      <div className="field-row">
        <button
          type="submit"
          className="button"
          disabled={reason.trim() === '' || state.kind === 'asking'}
        >
          Ask to unlock
        </button>
      </div>
      <WishAnswer state={state} />
    </form>
  );
}
