import { useEffect, useState, type SyntheticEvent } from 'react';
import type { OwnRulesView } from '../../../shared/protocol/ipc/own-rules.ts';
import { useDeskParts } from '../../app/desk-context.ts';
import { AccountDialog } from './account-dialog.tsx';
import {
  otherRules,
  OWN_RULE_FORMS,
  rulesOfTexts,
  textsOfRules,
  type OwnRuleTexts,
} from './own-rule-forms.ts';
import { ReasonField } from './reason-field.tsx';
import { useRiskWish } from './use-risk-wish.ts';
import { WishAnswer } from './wish-answer.tsx';

interface OwnRulesDialogProps {
  readonly name: string;
  readonly onClose: () => void;
}

/** The trader's own rules of an account, the common ones as a form. */
export function OwnRulesDialog({ name, onClose }: OwnRulesDialogProps) {
  const { client } = useDeskParts();
  const [known, setKnown] = useState<OwnRulesView | string | null>(null);
  useEffect(() => {
    let isWanted = true;
    void client.call('risk.readOwnRules', { account: name }).then((reply) => {
      if (isWanted) setKnown(reply.ok ? reply.value : reply.error.message);
    });
    return () => {
      isWanted = false;
    };
  }, [client, name]);
  return (
    <AccountDialog name={name} title="Your own rules" onClose={onClose}>
      {() => {
        if (known === null) return <p>Reading your rules…</p>;
        if (typeof known === 'string') return <p className="problem">{known}</p>;
        return <OwnRulesForm known={known} />;
      }}
    </AccountDialog>
  );
}

function OwnRulesForm({ known }: { readonly known: OwnRulesView }) {
  const rules = known.waiting?.rules ?? known.rules;
  const [texts, setTexts] = useState<OwnRuleTexts>(() => textsOfRules(rules));
  const [reason, setReason] = useState('');
  const [state, ask] = useRiskWish('risk.ownRules');
  const others = otherRules(rules);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const chosen = rulesOfTexts(texts, rules).map((rule) => ({
      ...rule,
      effect: rule.effect as 'warn' | 'refuse' | 'lock' | 'soft',
    }));
    void ask({ account: known.account, rules: chosen, reason: reason.trim() });
  };
  return (
    <form className="fields" onSubmit={submit}>
      <p className="field-note">
        They stand beside the firm’s rules and lock entries when broken; an empty field is no rule.
      </p>
      {known.waiting !== null && (
        <p className="field-note">
          These are the ones that you chose for the next session. Until then what is stricter
          counts.
        </p>
      )}
      {OWN_RULE_FORMS.map(({ id, labels }) => (
        <TextFields
          key={id}
          labels={labels}
          texts={texts[id] ?? []}
          onChange={(next) => setTexts({ ...texts, [id]: next })}
        />
      ))}
      {others.length > 0 && (
        <p className="field-note">
          Kept as they are: {others.map(({ title }) => title).join(', ')}.
        </p>
      )}
      <ReasonField
        label="Reason (needed for looser rules, which count from the next session)"
        reason={reason}
        isNeeded={false}
        onChange={setReason}
      />
      <div className="field-row">
        <button type="submit" className="button" disabled={state.kind === 'asking'}>
          Set your rules
        </button>
      </div>
      <WishAnswer state={state} />
    </form>
  );
}

interface TextFieldsProps {
  readonly labels: readonly string[];
  readonly texts: readonly string[];
  readonly onChange: (texts: readonly string[]) => void;
}

function TextFields({ labels, texts, onChange }: TextFieldsProps) {
  return (
    <div className="field-row">
      {labels.map((label, index) => (
        <label key={label} className="what-if-field">
          {label}
          <input
            className="input"
            autoComplete="off"
            value={texts[index] ?? ''}
            onChange={({ target }) =>
              onChange(labels.map((_, at) => (at === index ? target.value : (texts[at] ?? ''))))
            }
          />
        </label>
      ))}
    </div>
  );
}
