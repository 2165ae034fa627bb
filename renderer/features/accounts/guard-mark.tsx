import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { Hint } from '../../ui/hint.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { guardSentences, guardState } from '../../words/guard-words.ts';

/** Whether the account's limits are in force at the AddOn, with the limits behind it; nothing without any. */
export function GuardMark({ account }: { readonly account: AccountView }) {
  const state = guardState(account.guard);
  if (state === null) return null;
  return (
    <p className="guard-line">
      <Hint text={guardSentences(account.guard, account.currency)}>
        <StateMark state={state} />
      </Hint>
    </p>
  );
}
