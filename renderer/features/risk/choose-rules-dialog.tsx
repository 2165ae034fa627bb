import { useState, type SyntheticEvent } from 'react';
import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import type { TemplatesView } from '../../../shared/protocol/ipc/risk-calls.ts';
import { parsedMoney } from '../../format/money-input.ts';
import { automationObjection } from '../../words/template-words.ts';
import { AccountDialog } from './account-dialog.tsx';
import { ProtectionFields, type ProtectionDraft } from './protection-fields.tsx';
import { isUsable, StartFields, type StartDraft } from './start-fields.tsx';
import { SizeDoubt } from './size-doubt.tsx';
import { TemplateFacts } from './template-facts.tsx';
import { TemplatePicker, type TemplatePick } from './template-picker.tsx';
import { useRiskWish } from './use-risk-wish.ts';
import { useTemplates } from './use-templates.ts';
import { WishAnswer } from './wish-answer.tsx';

interface ChooseRulesDialogProps {
  readonly name: string;
  readonly onClose: () => void;
}

/** Sets by which firm's rules an account is judged from now on. */
export function ChooseRulesDialog({ name, onClose }: ChooseRulesDialogProps) {
  const templates = useTemplates();
  return (
    <AccountDialog name={name} title="Rules" onClose={onClose}>
      {(account) => (
        <>
          {templates.kind === 'loading' && <p>Reading the rule packs…</p>}
          {templates.kind === 'failed' && <p className="problem">{templates.message}</p>}
          {templates.kind === 'read' && (
            <ChooseForm account={account} templates={templates.value} />
          )}
        </>
      )}
    </AccountDialog>
  );
}

interface ChooseFormProps {
  readonly account: AccountView;
  readonly templates: TemplatesView;
}

const NO_PICK: TemplatePick = { firm: undefined, template: undefined };

function ChooseForm({ account, templates }: ChooseFormProps) {
  const { rules } = account.risk;
  const [pick, setPick] = useState(NO_PICK);
  return (
    <div className="fields">
      {rules !== null && (
        <p>
          Now: <b>{rules.title}</b>. Other rules count from the next session on; what was judged
          before stays as it was.
        </p>
      )}
      {templates.problems.map((problem) => (
        <p key={problem} className="problem">
          {problem}
        </p>
      ))}
      <TemplatePicker templates={templates} pick={pick} onPick={setPick} />
      {pick.template !== undefined && (
        <TermsForm key={pick.template.id} account={account} pick={pick} />
      )}
    </div>
  );
}

interface TermsFormProps {
  readonly account: AccountView;
  readonly pick: TemplatePick;
}

/** The terms beside the template: protection, start, and what the trader chose with the firm. */
function TermsForm({ account, pick: { firm, template } }: TermsFormProps) {
  const [protection, setProtection] = useState<ProtectionDraft>({
    level: account.risk.protection?.chosen ?? 'observe',
    safety: account.risk.protection?.safety ?? 700,
    insists: false,
  });
  const [start, setStart] = useState<StartDraft>({ start: 'running', peak: '' });
  const [hasDailyLimit, setDailyLimit] = useState(account.risk.rules?.hasDailyLimit ?? false);
  const [state, ask] = useRiskWish('risk.assign');
  if (template === undefined || firm === undefined) return null;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void ask({
      ...protection,
      account: account.name,
      template: template.id,
      start: start.start,
      peak: start.start === 'fresh' ? null : parsedMoney(start.peak),
      hasDailyLimit,
    });
  };
  const canAsk = template.startBalance !== null && isUsable(start) && state.kind !== 'asking';
  return (
    <form className="fields" onSubmit={submit}>
      <TemplateFacts template={template} edition={firm.edition} />
      <SizeDoubt
        account={account}
        startBalance={template.startBalance}
        currency={template.currency}
      />
      {template.hasDailyOption && <DailyOption isChosen={hasDailyLimit} onChange={setDailyLimit} />}
      <StartFields draft={start} onChange={setStart} />
      <ProtectionFields
        draft={protection}
        objection={automationObjection(template.automation)}
        barrier={account.risk.protection?.barrier ?? ''}
        onChange={setProtection}
      />
      <div className="field-row">
        <button type="submit" className="button button-main" disabled={!canAsk}>
          Judge {account.displayName} by these rules
        </button>
      </div>
      <WishAnswer state={state} />
    </form>
  );
}

interface DailyOptionProps {
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
}

function DailyOption({ isChosen, onChange }: DailyOptionProps) {
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={isChosen}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>I bought it with the daily loss limit</span>
    </label>
  );
}
