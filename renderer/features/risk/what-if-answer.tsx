import type { WhatIfView } from '../../../shared/protocol/ipc/risk-calls.ts';
import { assertNever } from '../../../shared/kernel/assert-never.ts';
import { moneyText, UNKNOWN } from '../../format/money-text.ts';
import { clockText } from '../../format/time-text.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import type { StateWord } from '../../words/account-words.ts';

export type WhatIfReading =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'answered'; readonly at: number; readonly answer: WhatIfView };

interface WhatIfAnswerProps {
  readonly reading: WhatIfReading;
  readonly currency: string;
}

/** The engine's answer. It keeps its place on the screen while there is none. */
export function WhatIfAnswer({ reading, currency }: WhatIfAnswerProps) {
  return (
    <div className="what-if-answer" role="status">
      {reading.kind === 'idle' && <p>Nothing is sent: this only works out what would be left.</p>}
      {reading.kind === 'asking' && <p>Working it out…</p>}
      {reading.kind === 'failed' && <p className="problem">{reading.message}</p>}
      {reading.kind === 'answered' && (
        <Answered answer={reading.answer} at={reading.at} currency={currency} />
      )}
    </div>
  );
}

interface AnsweredProps {
  readonly answer: WhatIfView;
  readonly at: number;
  readonly currency: string;
}

function Answered({ answer, at, currency }: AnsweredProps) {
  const amount = (value: number | null): string =>
    value === null ? UNKNOWN : moneyText(value, currency);
  const { loss, room, left, ownLeft, bindingTitle, maxContracts } = answer;
  return (
    <>
      <p>
        <StateMark state={outcomeWord(answer.outcome)} /> {answer.message}
      </p>
      <dl className="facts">
        <dt>Loss of the move</dt>
        <dd>{amount(loss)}</dd>
        <dt>Room to the floor</dt>
        <dd>
          {amount(room)} → <b>{amount(left)}</b>
        </dd>
        <dt>Left to your limit</dt>
        <dd>{amount(ownLeft)}</dd>
        <dt>Binds</dt>
        <dd>{bindingTitle === '' ? UNKNOWN : bindingTitle}</dd>
        <dt>Contracts the rules allow with this stop</dt>
        <dd>{maxContracts ?? (answer.outcome === 'unknown' ? UNKNOWN : 'not limited')}</dd>
      </dl>
      <p className="panel-note">Worked out at {clockText(at)}.</p>
    </>
  );
}

function outcomeWord(outcome: WhatIfView['outcome']): StateWord {
  switch (outcome) {
    case 'within':
      return { text: 'Within the limits', shape: 'dot', tone: 'good' };
    case 'overOwnLimit':
      return { text: 'Over your limit', shape: 'triangle', tone: 'warning' };
    case 'breach':
      return { text: 'Breaks a rule', shape: 'cross', tone: 'danger' };
    case 'refused':
      return { text: 'Would be refused', shape: 'square', tone: 'danger' };
    case 'unknown':
      return { text: 'Not known', shape: 'ring', tone: 'warning' };
    default:
      return assertNever(outcome);
  }
}
