import { useId } from 'react';
import { recordAmount, type RecordKind } from './record-kinds.ts';

interface RecordAmountProps {
  readonly kind: RecordKind;
  readonly label: string;
  /** As typed. */
  readonly text: string;
  readonly isFixed: boolean;
  readonly onChange: (text: string) => void;
}

/** The amount of what is told, or the balance. */
export function RecordAmount({ kind, label, text, isFixed, onChange }: RecordAmountProps) {
  const id = useId();
  const isWrong = text !== '' && recordAmount(kind, text) === null;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        disabled={isFixed}
        aria-invalid={isWrong}
        onChange={({ target }) => onChange(target.value)}
      />
      {isWrong && <p className="field-note">An amount such as 1,250.50.</p>}
    </div>
  );
}
