import type { BridgeView } from '../../shared/protocol/ipc/views.ts';
import { useDesk, useDeskParts } from './desk-context.ts';

/** What to do while no account was ever reported. */
export function WaitingScreen() {
  const bridge = useDesk(({ view }) => view?.bridge ?? null);
  const info = useDesk((state) => state.info);
  if (bridge === null) {
    return (
      <section className="panel waiting" aria-label="Accounts">
        <h2>Opening the desk…</h2>
        <p>The window is asking the engine for the accounts.</p>
      </section>
    );
  }
  return (
    <section className="panel waiting" aria-label="Accounts">
      <h2>{headline(bridge.state)}</h2>
      {bridge.detail !== '' && <p className="waiting-detail">{bridge.detail}</p>}
      <WhatToDo bridge={bridge} pairingFile={info?.pairingFile ?? null} />
    </section>
  );
}

interface WhatToDoProps {
  readonly bridge: BridgeView;
  readonly pairingFile: string | null;
}

function WhatToDo({ bridge, pairingFile }: WhatToDoProps) {
  const { ui } = useDeskParts();
  if (bridge.state === 'failed') {
    return (
      <button
        type="button"
        className="button"
        onClick={() => ui.setState({ dialog: { kind: 'settings' } })}
      >
        Choose another port
      </button>
    );
  }
  if (bridge.state !== 'connected' && bridge.state !== 'stale') {
    return <WaitingSteps port={bridge.port} pairingFile={pairingFile} />;
  }
  return (
    <p>
      The AddOn is connected and is sending its accounts. NinjaTrader lists an account once its
      connection is up: check Connections in the Control Center.
    </p>
  );
}

function headline(state: BridgeView['state']): string {
  if (state === 'connected' || state === 'stale') return 'Reading the accounts\u2026';
  return state === 'failed' ? 'The bridge cannot run' : 'Waiting for NinjaTrader';
}

interface WaitingStepsProps {
  readonly port: number | null;
  readonly pairingFile: string | null;
}

function WaitingSteps({ port, pairingFile }: WaitingStepsProps) {
  return (
    <ol className="waiting-steps">
      <li>Start NinjaTrader 8 on this computer.</li>
      <li>
        In NinjaTrader, check that the Enigma Apex AddOn is installed (New menu, NinjaScript Editor,
        AddOns).
      </li>
      <li>
        The AddOn pairs by itself through this file
        {pairingFile !== null && (
          <>
            : <span className="path">{pairingFile}</span>
          </>
        )}
        {port !== null && <> and connects to port {port} on this computer</>}.
      </li>
      <li>Accounts appear here as soon as NinjaTrader reports them.</li>
    </ol>
  );
}
