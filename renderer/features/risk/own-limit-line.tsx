import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import type { OwnLimitView } from '../../../shared/protocol/ipc/risk-view.ts';
import { assertNever } from '../../../shared/kernel/assert-never.ts';
import { moneyText } from '../../format/money-text.ts';
import { Hint } from '../../ui/hint.tsx';
import { Shape } from '../../ui/shape.tsx';
import type { StateWord } from '../../words/account-words.ts';
import { shareText } from '../../words/rule-words.ts';
import { isCertain } from './room-trust.ts';

/** What is left until the trader's own limit, which lies inside the firm's. */
export function OwnLimitLine({ account }: { readonly account: AccountView }) {
  const { risk, currency } = account;
  const { own, protection } = risk;
  if (own === null) return <p className="own-line">Your own limit is not known.</p>;
  const step = trusted(stepWord(own.step), isCertain(account));
  const safety =
    protection === null ? '' : ` ${shareText(protection.safety)} of the firm\u2019s room`;
  const basis = own.isReserveAssumed
    ? ' (assumed; how far the market moves is not measured yet)'
    : '';
  const hint =
    `Your limit:${safety} less ${moneyText(own.reserve, currency)} kept for slippage${basis}. ` +
    `The desk ${protection?.level === 'observe' ? 'warns' : 'acts'} at an equity of ${moneyText(own.level, currency)}.`;
  return (
    <p className={`own-line tone-${step.tone}`}>
      <Hint text={hint}>
        <Shape name={step.shape} />
        <span className="own-left">
          {`Your limit: ${moneyText(Math.abs(own.left), currency)} ${own.left < 0 ? 'over' : 'left'}`}
        </span>
        <span className="own-used">
          <span className="only-read">used </span>
          {shareText(own.shareUsed)} · {step.text}
        </span>
      </Hint>
    </p>
  );
}

/** Nothing is calm while the figures are old or the floor uncertain. */
function trusted(step: StateWord, isSure: boolean): StateWord {
  return isSure || step.tone !== 'good'
    ? step
    : { text: 'uncertain', shape: 'ring', tone: 'warning' };
}

function stepWord(step: OwnLimitView['step']): StateWord {
  switch (step) {
    case 'calm':
      return { text: 'calm', shape: 'dot', tone: 'good' };
    case 'notice':
      return { text: 'notice', shape: 'diamond', tone: 'notice' };
    case 'warning':
      return { text: 'warning', shape: 'triangle', tone: 'warning' };
    case 'critical':
      return { text: 'exits only', shape: 'square', tone: 'danger' };
    case 'act':
      return { text: 'reached', shape: 'cross', tone: 'danger' };
    default:
      return assertNever(step);
  }
}
