import { useId } from 'react';

/** As many characters as the engine takes. */
const LONGEST = 400;

interface ReasonFieldProps {
  readonly label: string;
  readonly reason: string;
  readonly isNeeded: boolean;
  readonly onChange: (reason: string) => void;
}

/** A reason in the trader's own words. */
export function ReasonField({ label, reason, isNeeded, onChange }: ReasonFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="input reason"
        rows={3}
        maxLength={LONGEST}
        required={isNeeded}
        value={reason}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
