import { useEffect, useRef } from 'react';

interface RecordConfirmProps {
  /** What is about to be recorded. */
  readonly sentence: string;
  readonly account: string;
  readonly isAsking: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks once more before something is recorded that cannot be taken back. */
export function RecordConfirm({ sentence, account, isAsking, onYes, onNo }: RecordConfirmProps) {
  const no = useRef<HTMLButtonElement>(null);
  // The careful answer has the focus, so that a second press of Enter records nothing.
  useEffect(() => no.current?.focus(), []);
  return (
    <div className="problem" role="group" aria-label="Record it?">
      <p>
        <b>{sentence}</b> It is kept in the journal of {account} and cannot be taken back.
      </p>
      <div className="field-row">
        <button ref={no} type="button" className="button" onClick={onNo}>
          Change it
        </button>
        <button type="button" className="button button-main" disabled={isAsking} onClick={onYes}>
          Record it
        </button>
      </div>
    </div>
  );
}
