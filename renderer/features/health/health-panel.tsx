import type { ReactNode } from 'react';
import type { BridgeView, StoreView } from '../../../shared/protocol/ipc/views.ts';
import { useDesk } from '../../app/desk-context.ts';
import { UNKNOWN } from '../../format/money-text.ts';
import { clockText, spanText } from '../../format/time-text.ts';
import { useNow } from '../../ui/clock.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { counted } from '../../words/flatten-words.ts';
import { bridgeState, storeState } from '../../words/health-words.ts';

/** The link to NinjaTrader and the journal's store. */
export function HealthPanel() {
  const bridge = useDesk(({ view }) => view?.bridge ?? null);
  const store = useDesk(({ view }) => view?.store ?? null);
  return (
    <section className="panel health" aria-label="Health">
      <header className="panel-head">
        <h2>Bridge</h2>
        {bridge !== null && <StateMark state={bridgeState(bridge.state)} />}
      </header>
      {bridge !== null && <BridgeHealth bridge={bridge} />}
      {store !== null && <StoreHealth store={store} />}
    </section>
  );
}

function BridgeHealth({ bridge }: { readonly bridge: BridgeView }) {
  const { peer } = bridge;
  return (
    <>
      {peer === null && bridge.detail !== '' && <p className="health-detail">{bridge.detail}</p>}
      <dl className="health-grid">
        <Fact label="Messages">{bridge.messagesPerSecond.toFixed(0)} /s</Fact>
        <Fact label="Latency">{latencyText(bridge.latencyMs)}</Fact>
        <Fact label="Gaps">{bridge.gaps}</Fact>
        <Fact label="Refused">{bridge.refused}</Fact>
        <Fact label="Reconnects">{bridge.reconnects}</Fact>
        <Fact label="Since">
          <Since at={bridge.connectedAt} />
        </Fact>
        <Fact label="Port">{bridge.port ?? UNKNOWN}</Fact>
        <Fact label="Heard">
          <HeardAgo at={bridge.heardAt} />
        </Fact>
      </dl>
      {peer !== null && (
        <p className="health-peer">
          {peer.platform} {peer.platformVersion}, AddOn {peer.addonVersion}
        </p>
      )}
    </>
  );
}

function latencyText(latencyMs: number | null): string {
  if (latencyMs === null) return UNKNOWN;
  return `${latencyMs.toFixed(latencyMs < 10 ? 1 : 0)} ms`;
}

function Since({ at }: { readonly at: number | null }) {
  return (
    <span title={at === null ? 'Not connected' : undefined}>
      {at === null ? UNKNOWN : clockText(at)}
    </span>
  );
}

function HeardAgo({ at }: { readonly at: number | null }) {
  const now = useNow();
  return <span>{at === null ? UNKNOWN : spanText(now - at)}</span>;
}

function StoreHealth({ store }: { readonly store: StoreView }) {
  return (
    <>
      <header className="panel-head panel-head-second">
        <h2>Journal</h2>
        <StateMark state={storeState(store.state)} />
      </header>
      {(store.detail !== '' || store.pending > 0) && (
        <p className="health-detail">
          {store.detail}{' '}
          {store.pending > 0 && `${counted(store.pending, 'record')} waiting in memory.`}
        </p>
      )}
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="health-fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
