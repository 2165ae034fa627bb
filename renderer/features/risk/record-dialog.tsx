import { useState, type SyntheticEvent } from 'react';
import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { AccountDialog } from './account-dialog.tsx';
import { EarlierDays } from './earlier-days.tsx';
import { RecordAmount } from './record-amount.tsx';
import { RecordConfirm } from './record-confirm.tsx';
import {
  RECORD_KINDS,
  recordSentence,
  recordWish,
  recordWords,
  type RecordKind,
} from './record-kinds.ts';
import { useRiskWish } from './use-risk-wish.ts';
import { WishAnswer } from './wish-answer.tsx';

interface RecordDialogProps {
  readonly name: string;
  readonly onClose: () => void;
}

/** Tells the rules what only the trader knows. What was recorded cannot be taken back, so it is asked for twice. */
export function RecordDialog({ name, onClose }: RecordDialogProps) {
  return (
    <AccountDialog name={name} title="Tell the rules" onClose={onClose}>
      {(account) => (
        <>
          <RecordForm account={account} />
          <EarlierDays account={account} />
        </>
      )}
    </AccountDialog>
  );
}

function RecordForm({ account }: { readonly account: AccountView }) {
  const [kind, setKind] = useState<RecordKind>('payout');
  const [text, setText] = useState('');
  const [isSure, setSure] = useState(false);
  const [state, ask] = useRiskWish('risk.record');
  const wish = recordWish(account.name, kind, text);
  const words = recordWords(kind);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setSure(true);
  };
  const record = async (): Promise<void> => {
    if (wish === null) return;
    const after = await ask(wish);
    setSure(false);
    // What was refused or did not get through stays to be corrected.
    if (after.kind === 'answered' && after.answer.outcome !== 'refused') setText('');
  };
  return (
    <form className="fields" onSubmit={submit}>
      <KindField kind={kind} isFixed={isSure} onChange={setKind} />
      <p className="field-note">{words.note}</p>
      {words.amount !== null && (
        <RecordAmount
          kind={kind}
          label={words.amount}
          text={text}
          isFixed={isSure}
          onChange={setText}
        />
      )}
      {isSure && wish !== null ? (
        <RecordConfirm
          sentence={recordSentence(wish, account.currency)}
          account={account.displayName}
          isAsking={state.kind === 'asking'}
          onYes={() => void record()}
          onNo={() => setSure(false)}
        />
      ) : (
        <div className="field-row">
          <button type="submit" className="button" disabled={wish === null}>
            Record it…
          </button>
        </div>
      )}
      <WishAnswer state={state} />
    </form>
  );
}

interface KindFieldProps {
  readonly kind: RecordKind;
  readonly isFixed: boolean;
  readonly onChange: (kind: RecordKind) => void;
}

function KindField({ kind, isFixed, onChange }: KindFieldProps) {
  return (
    <label className="field">
      <span className="field-label">What happened</span>
      <select
        className="pick"
        value={kind}
        disabled={isFixed}
        onChange={({ target }) => onChange(target.value as RecordKind)}
      >
        {RECORD_KINDS.map((one) => (
          <option key={one} value={one}>
            {recordWords(one).title}
          </option>
        ))}
      </select>
    </label>
  );
}
