import type { ReactNode } from 'react';
import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk } from '../../app/desk-context.ts';
import { accountNamed } from '../../state/selectors.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FlattenControl } from '../flatten/flatten-control.tsx';

interface AccountDialogProps {
  readonly name: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: (account: AccountView) => ReactNode;
}

/** A dialog about one account; it says so when the account goes away meanwhile. */
export function AccountDialog({ name, title, onClose, children }: AccountDialogProps) {
  const isDemo = useDesk(({ view }) => view?.mode === 'demo');
  const account = useDesk(({ view }) => accountNamed(view, name));
  return (
    <Dialog
      title={`${title}: ${account?.displayName ?? name}`}
      onClose={onClose}
      isDemo={isDemo}
      emergency={<FlattenControl />}
    >
      {account === undefined ? <p>This account is no longer reported.</p> : children(account)}
    </Dialog>
  );
}
