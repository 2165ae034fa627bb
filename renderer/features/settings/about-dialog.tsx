import { useDesk } from '../../app/desk-context.ts';
import { FlattenControl } from '../flatten/flatten-control.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Versions, where the data lies, and the notices that the parts we use ask for. */
export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const info = useDesk((state) => state.info);
  const isDemo = useDesk(({ view }) => view?.mode === 'demo');
  return (
    <Dialog
      title="About Enigma Apex"
      onClose={onClose}
      isDemo={isDemo}
      emergency={<FlattenControl />}
    >
      {info === null ? (
        <p>The versions have not been read yet.</p>
      ) : (
        <dl className="facts">
          <dt>Version</dt>
          <dd>{info.version}</dd>
          <dt>Electron</dt>
          <dd>{info.electron}</dd>
          <dt>System</dt>
          <dd>{info.platform}</dd>
          <dt>Data folder</dt>
          <dd className="path">{info.dataFolder}</dd>
          <dt>Pairing file</dt>
          <dd className="path">{info.pairingFile}</dd>
        </dl>
      )}
      <p>Everything stays on this computer: no account, no cloud, no telemetry.</p>
      <h3>Notices</h3>
      <p>
        TradingView Lightweight Charts™, Copyright (c) 2026 TradingView, Inc.{' '}
        <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
          https://www.tradingview.com/
        </a>
        , Apache License 2.0.
      </p>
      <p>
        Inter, Copyright 2016 The Inter Project Authors (https://github.com/rsms/inter), SIL Open
        Font License 1.1.
      </p>
    </Dialog>
  );
}
