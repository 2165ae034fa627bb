import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { useDeskParts } from '../../app/desk-context.ts';

interface RulesButtonProps {
  readonly account: AccountView;
  /** `show` opens the account's rules beside the list, `choose` the dialog that sets them. */
  readonly kind: 'show' | 'choose';
}

/** The way from an account to its rules. */
export function RulesButton({ account, kind }: RulesButtonProps) {
  const { ui } = useDeskParts();
  const open = (): void =>
    ui.setState(({ rulesAsked }) =>
      kind === 'show'
        ? { stage: 'rules', rulesAccount: account.name, rulesAsked: rulesAsked + 1 }
        : { dialog: { kind: 'rules', account: account.name } },
    );
  return (
    <button
      type="button"
      className="button"
      aria-label={`${kind === 'show' ? 'Rules of' : 'Choose rules for'} ${account.displayName}`}
      onClick={open}
    >
      {kind === 'show' ? 'Rules\u2026' : 'Choose rules\u2026'}
    </button>
  );
}
