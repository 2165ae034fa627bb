import { useEffect, useId, useRef, type ReactNode } from 'react';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly isDemo: boolean;
  /** Stays in reach on top of the dialog, which makes everything behind it inert. */
  readonly emergency: ReactNode;
}

/** A modal dialog; the platform keeps the focus inside, closes it on Escape and gives the focus back. */
export function Dialog({ title, onClose, children, isDemo, emergency }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const opener = document.activeElement;
    box.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog ref={box} className="dialog" aria-labelledby={titleId} onClose={onClose}>
      <div className="dialog-emergency">{emergency}</div>
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        {isDemo && <span className="badge badge-demo">DEMO</span>}
        <button type="button" className="button button-quiet" onClick={onClose}>
          Close
        </button>
      </header>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
