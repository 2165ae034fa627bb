import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { UNKNOWN } from '../../format/money-text.ts';
import { Hint } from '../../ui/hint.tsx';
import { healthScore } from './health-score.ts';

/** The account's health with its whole formula behind it. */
export function HealthMark({ account }: { readonly account: AccountView }) {
  const { score, formula } = healthScore(account);
  return (
    <Hint text={formula} className="health-mark">
      <b>{score ?? UNKNOWN}</b>
      <small>{score === null ? ' not known' : ' of 100'}</small>
    </Hint>
  );
}
