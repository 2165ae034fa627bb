import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { useDeskParts, useUi } from '../../app/desk-context.ts';
import { Age } from '../../ui/age.tsx';
import { Hint } from '../../ui/hint.tsx';
import { MiddleCut } from '../../ui/middle-cut.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { accountState } from '../../words/account-words.ts';

interface AccountPart {
  readonly account: AccountView;
}

const BADGES = {
  DEMO: 'Simulated by this app. Nothing here is real.',
  SIM: 'A simulation account of NinjaTrader.',
  PLAYBACK: 'A playback account of NinjaTrader.',
  LIVE: 'A live account: real orders, real money.',
  UNKNOWN: 'NinjaTrader did not say what kind of account this is. Treat it as live.',
} as const;

/** What kind of account it is. */
export function KindBadge({ account }: AccountPart) {
  return (
    <Hint text={BADGES[account.badge]} className={`badge badge-${account.badge.toLowerCase()}`}>
      {account.badge}
    </Hint>
  );
}

/** The account's name; pressing it narrows the chart to this account and back. */
export function AccountNameButton({ account }: AccountPart) {
  const { ui } = useDeskParts();
  const isPicked = useUi(({ pickedAccount }) => pickedAccount === account.name);
  return (
    <button
      type="button"
      className="account-name"
      aria-pressed={isPicked}
      title={`${account.displayName} (${account.name}): show only this account on the chart`}
      onClick={() => ui.setState({ pickedAccount: isPicked ? null : account.name })}
    >
      <MiddleCut text={account.displayName} />
    </button>
  );
}

/** Connection as shape and word, and the age of the newest word about the account. */
export function AccountPulse({ account }: AccountPart) {
  return (
    <span className="pulse">
      <StateMark state={accountState(account)} />
      <Age since={account.heardAt} />
    </span>
  );
}
