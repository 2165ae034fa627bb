import { AccountList } from '../features/accounts/account-list.tsx';
import { AlarmList } from '../features/flatten/alarm-list.tsx';
import { ChartPanel } from '../features/chart/chart-panel.tsx';
import { FeedPanel } from '../features/feed/feed-panel.tsx';
import { HealthPanel } from '../features/health/health-panel.tsx';
import { PartBoundary } from './part-boundary.tsx';
import { Dialogs } from './dialogs.tsx';
import { DemoBand, DemoMark } from './demo-mark.tsx';
import { Notices } from './notices.tsx';
import { TopBar } from './top-bar.tsx';
import { WaitingScreen } from './waiting-screen.tsx';
import { useDesk } from './desk-context.ts';

/** The desk: flatten and state on top, accounts left, chart in the middle, events and health right. */
export function DeskScreen() {
  const isEmpty = useDesk(({ view }) => (view?.accounts.length ?? 0) === 0);
  const isMany = useDesk(({ view }) => (view?.accounts.length ?? 0) > 4);
  return (
    <div className={`desk ${isMany ? 'has-many' : ''}`}>
      <DemoBand />
      <TopBar />
      <AlarmList />
      <Notices />
      <main className={`desk-grid ${isEmpty ? 'is-empty' : ''}`}>
        {isEmpty ? (
          <WaitingScreen />
        ) : (
          <>
            <AccountList />
            <PartBoundary name="chart">
              <ChartPanel />
            </PartBoundary>
          </>
        )}
        <aside className="desk-side" aria-label="Events and health">
          <FeedPanel />
          <HealthPanel />
        </aside>
      </main>
      <DemoMark />
      <Dialogs />
    </div>
  );
}
