import type { FigureView } from '../../shared/protocol/ipc/views.ts';
import { moneyText, profitText, UNKNOWN } from '../format/money-text.ts';
import { figureSource } from '../words/account-words.ts';
import { useNow } from './clock.tsx';
import { Hint } from './hint.tsx';
import { toneOf } from './profit.tsx';

interface FigureProps {
  readonly label: string;
  readonly figure: FigureView;
  readonly currency: string;
  /** A profit has a sign and a colour; a balance does not. */
  readonly isProfit: boolean;
  /** The account is not live: the figure is the last known one. */
  readonly isOld: boolean;
}

/** A money figure that tells its source and its age on hover and on focus. */
export function Figure({ label, figure, currency, isProfit, isOld }: FigureProps) {
  const now = useNow();
  const { value } = figure;
  const tone = isProfit && value !== null ? toneOf(value) : '';
  const write = isProfit ? profitText : moneyText;
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd>
        <Hint text={`${isOld ? 'Last known. ' : ''}${figureSource(figure, now)}`}>
          {value === null ? (
            <span className="figure-unknown">
              {UNKNOWN} <small>not reported</small>
            </span>
          ) : (
            <span className={`figure-value ${tone} ${isOld ? 'is-old' : ''}`}>
              {write(value, currency)}
            </span>
          )}
        </Hint>
      </dd>
    </div>
  );
}
