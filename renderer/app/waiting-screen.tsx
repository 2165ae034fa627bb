import type { BridgeView } from '../../shared/protocol/ipc/views.ts';
import { useDesk } from './desk-context.ts';
import { StateMark } from '../ui/state-mark.tsx';
import { bridgeState } from '../words/health-words.ts';

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
  const isConnected = bridge.state === 'connected' || bridge.state === 'stale';
  return (
    <section className="panel waiting" aria-label="Accounts">
      <p>
        <StateMark state={bridgeState(bridge.state)} />
      </p>
      <h2>{headline(bridge.state)}</h2>
      {isConnected ? (
        <p>
          The AddOn is connected and is sending its accounts. NinjaTrader lists an account once its
          connection is up: check Connections in the Control Center.
        </p>
      ) : (
        <WaitingSteps port={bridge.port} pairingFile={info?.pairingFile ?? null} />
      )}
      {bridge.detail !== '' && <p className="waiting-detail">{bridge.detail}</p>}
    </section>
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
