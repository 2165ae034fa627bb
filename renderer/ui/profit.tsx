import { profitText, UNKNOWN } from '../format/money-text.ts';

/** Class of a signed amount; the sign in the text says the same. */
export function toneOf(value: number): 'gain' | 'loss' | '' {
  if (value > 0) return 'gain';
  return value < 0 ? 'loss' : '';
}

interface ProfitProps {
  readonly value: number | null;
  readonly currency: string;
  readonly isOld?: boolean;
}

/** A signed amount without label, for rows. */
export function Profit({ value, currency, isOld = false }: ProfitProps) {
  if (value === null) {
    return (
      <span className="profit figure-unknown">
        <span aria-hidden="true">{UNKNOWN}</span>
        <span className="only-read">not reported</span>
      </span>
    );
  }
  return (
    <span className={`profit ${toneOf(value)} ${isOld ? 'is-old' : ''}`}>
      {profitText(value, currency)}
    </span>
  );
}
