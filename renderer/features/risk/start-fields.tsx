import { useId } from 'react';
import { parsedMoney } from '../../format/money-input.ts';

/** Where the account stands when the rules begin to count. */
export interface StartDraft {
  readonly start: 'fresh' | 'running';
  /** As typed; empty is not known. */
  readonly peak: string;
}

/** Whether the typed peak can be used: empty, or an amount. */
export function isUsable({ start, peak }: StartDraft): boolean {
  return start === 'fresh' || peak.trim() === '' || parsedMoney(peak) !== null;
}

interface StartFieldsProps {
  readonly draft: StartDraft;
  readonly onChange: (draft: StartDraft) => void;
}

/** A floor that trails depends on the past, which only the trader knows. */
export function StartFields({ draft, onChange }: StartFieldsProps) {
  const id = useId();
  return (
    <fieldset className="field choices">
      <legend className="field-label">Has this account traded under these rules already?</legend>
      <label className="choice">
        <input
          type="radio"
          name="start"
          checked={draft.start === 'fresh'}
          onChange={() => onChange({ ...draft, start: 'fresh' })}
        />
        <span>No, it is new: the floor begins under the start balance</span>
      </label>
      <label className="choice">
        <input
          type="radio"
          name="start"
          checked={draft.start === 'running'}
          onChange={() => onChange({ ...draft, start: 'running' })}
        />
        <span>Yes: the floor may have moved up already</span>
      </label>
      {draft.start === 'running' && (
        <div className="field choice-more">
          <label htmlFor={id}>Highest equity or balance so far, from the firm’s own page</label>
          <input
            id={id}
            className="input"
            inputMode="decimal"
            autoComplete="off"
            value={draft.peak}
            aria-invalid={!isUsable(draft)}
            aria-describedby={`${id}-note`}
            onChange={({ target }) => onChange({ ...draft, peak: target.value })}
          />
          <p id={`${id}-note`} className="field-note">
            {isUsable(draft)
              ? 'Leave it empty if you do not know it: the floor is then shown as uncertain.'
              : 'An amount such as 52,140.50.'}
          </p>
        </div>
      )}
    </fieldset>
  );
}
