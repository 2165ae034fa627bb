import { useId, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

interface Place {
  readonly left: number;
  readonly top: number;
}

interface HintProps {
  readonly text: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Words that appear on hover and on keyboard focus, drawn above everything so that no panel cuts them off. */
export function Hint({ text, className, children }: HintProps) {
  const id = useId();
  const [place, setPlace] = useState<Place | null>(null);
  const show = (event: { readonly currentTarget: Element }): void => {
    const box = event.currentTarget.getBoundingClientRect();
    setPlace({ left: Math.max(8, Math.min(box.left, innerWidth - 268)), top: box.bottom + 6 });
  };
  const hide = (): void => setPlace(null);
  return (
    <span
      className={`hint-anchor ${className ?? ''}`}
      tabIndex={0}
      aria-describedby={place === null ? undefined : id}
      onMouseEnter={show}
      onMouseLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={(event) => {
        if (event.key === 'Escape') hide();
      }}
    >
      {children}
      {place !== null &&
        createPortal(
          <span
            id={id}
            role="tooltip"
            className="hint"
            style={{ left: place.left, top: place.top }}
          >
            {text}
          </span>,
          document.body,
        )}
    </span>
  );
}
