import { AboutDialog } from '../features/settings/about-dialog.tsx';
import { ProofDialog } from '../features/proof/proof-dialog.tsx';
import { ChooseRulesDialog } from '../features/risk/choose-rules-dialog.tsx';
import { NewsDialog } from '../features/risk/news-dialog.tsx';
import { OwnRulesDialog } from '../features/risk/own-rules-dialog.tsx';
import { ProtectionDialog } from '../features/risk/protection-dialog.tsx';
import { RecordDialog } from '../features/risk/record-dialog.tsx';
import { UnlockDialog } from '../features/risk/unlock-dialog.tsx';
import { SettingsDialog } from '../features/settings/settings-dialog.tsx';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import { useDeskParts, useUi } from './desk-context.ts';

/** The dialog that is open, if any. */
export function Dialogs() {
  const { ui } = useDeskParts();
  const dialog = useUi((state) => state.dialog);
  const close = (): void => ui.setState({ dialog: null });
  if (dialog === null) return null;
  switch (dialog.kind) {
    case 'settings':
      return <SettingsDialog onClose={close} />;
    case 'about':
      return <AboutDialog onClose={close} />;
    case 'proof':
      return <ProofDialog flattenId={dialog.flattenId} onClose={close} />;
    case 'rules':
      return <ChooseRulesDialog name={dialog.account} onClose={close} />;
    case 'protection':
      return <ProtectionDialog name={dialog.account} onClose={close} />;
    case 'ownRules':
      return <OwnRulesDialog name={dialog.account} onClose={close} />;
    case 'record':
      return <RecordDialog name={dialog.account} onClose={close} />;
    case 'news':
      return <NewsDialog onClose={close} />;
    case 'unlock':
      return <UnlockDialog name={dialog.account} onClose={close} />;
    default:
      return assertNever(dialog);
  }
}
