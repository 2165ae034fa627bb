import { useState, type SyntheticEvent } from 'react';
import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { AccountDialog } from './account-dialog.tsx';
import { ProtectionFields, type ProtectionDraft } from './protection-fields.tsx';
import { ReasonField } from './reason-field.tsx';
import { useRiskWish } from './use-risk-wish.ts';
import { WishAnswer } from './wish-answer.tsx';

interface ProtectionDialogProps {
  readonly name: string;
  readonly onClose: () => void;
}

/** Changes how far the desk may act for an account. What protects more counts at once. */
export function ProtectionDialog({ name, onClose }: ProtectionDialogProps) {
  return (
    <AccountDialog name={name} title="Protection" onClose={onClose}>
      {(account) => <ProtectionForm account={account} />}
    </AccountDialog>
  );
}

function ProtectionForm({ account }: { readonly account: AccountView }) {
  const { protection } = account.risk;
  const [draft, setDraft] = useState<ProtectionDraft>({
    level: protection?.chosen ?? 'observe',
    safety: protection?.safety ?? 700,
    insists: protection?.insists ?? false,
  });
  const [reason, setReason] = useState('');
  const [state, ask] = useRiskWish('risk.settings');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void ask({ ...draft, account: account.name, reason: reason.trim() });
  };
  return (
    <form className="fields" onSubmit={submit}>
      <ProtectionFields
        draft={draft}
        objection={protection?.objection ?? ''}
        barrier={protection?.barrier ?? ''}
        onChange={setDraft}
      />
      <ReasonField
        label="Reason (needed for less protection, which counts from the next session)"
        reason={reason}
        isNeeded={false}
        onChange={setReason}
      />
      <div className="field-row">
        <button type="submit" className="button" disabled={state.kind === 'asking'}>
          Change the protection
        </button>
      </div>
      <WishAnswer state={state} />
    </form>
  );
}
